// A slice in JSON.
#pragma once

#include <string>

#include "base/json_text.h"
#include "results/slice/slices.h"

namespace vernier {

/// Appends "value" (null where the key is missing) and "samples" to an open object.
inline void append_slice_value(std::string& out, const Slice& slice) {
  if (slice.missing) {
    append_json_key(out, "value");
    out.append("null");
  } else {
    append_json_member(out, "value", slice.value);
  }
  append_json_count(out, "samples", slice.samples.size());
}

}  // namespace vernier
