// Records to leave out: FIELD=VALUE.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "datasets/objects/object_file.h"

namespace vernier {

class RecordFilter {
 public:
  /// Throws Error(kUsage) for a text without '='.
  explicit RecordFilter(std::span<const std::string> conditions);

  bool empty() const { return conditions_.empty(); }
  /// Whether a record meets one of the conditions. Names of fields in any case.
  bool leaves_out(const ObjectRecord& record);
  /// Throws Error(kUsage) where a condition met no record: it would silently do nothing.
  void check() const;

 private:
  struct Condition {
    std::string text, field, value;
    std::size_t met = 0;
    std::vector<std::string> fields, values;  // a few that there are, for the message
  };
  std::vector<Condition> conditions_;
};

}  // namespace vernier
