// How an input is to be read.
#pragma once

#include <cstddef>
#include <string>

#include "base/io/byte_source.h"
#include "datasets/format.h"
#include "datasets/records/fields.h"

namespace vernier {

struct ReadOptions {
  Format format = Format::kAuto;

  std::size_t max_text_bytes = 64 << 10;    ///< of one caption or reference, else refused
  std::size_t max_record_bytes = 64 << 20;  ///< bounds the memory of a block
  std::size_t block_bytes = 256 << 10;      ///< aimed at: small enough for the second-level cache

  bool replace_invalid = false;  ///< bad UTF-8 and lone surrogates become U+FFFD and are counted
  bool allow_truncated = false;  ///< a last record that is cut off is counted, not refused

  /// False: references come from elsewhere; those inside are neither checked nor returned.
  bool read_references = true;
  bool keep_meta = true;  ///< false: Record::meta stays empty

  FieldChoice fields;

  /// Karpathy files: the wanted splits, separated by commas; "all" for every image. The published
  /// scores are those of "test".
  std::string split = "test";

  ExpansionLimits expansion;
};

}  // namespace vernier
