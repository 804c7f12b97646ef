#include "datasets/objects/value.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "datasets/json/strings.h"

namespace vernier {

std::uint64_t ValueParser::line_of(std::size_t offset) {
  for (; counted_ < offset; ++counted_) {
    const bool cr_lf = text_[counted_] == '\n' && counted_ > 0 && text_[counted_ - 1] == '\r';
    line_ += (text_[counted_] == '\n' || text_[counted_] == '\r') && !cr_lf;
  }
  return line_;
}

std::string ValueParser::decoded(const json::RawString& raw) {
  std::string out;
  json::DecodeCounts counts;
  try {
    json::decode(raw, replace_, out, counts);
  } catch (json::Fault& fault) {
    fault.offset += static_cast<std::size_t>(raw.bytes().data() - text_.data());
    throw;
  }
  replaced_ += counts.replaced;
  return out;
}

void ValueParser::refuse_twice(const Value& object, std::size_t offset) const {
  std::vector<std::string_view> keys(object.keys.begin(), object.keys.end());
  std::ranges::sort(keys);
  const auto twice = std::ranges::adjacent_find(keys);
  if (twice == keys.end()) return;
  throw json::Fault{offset,
                    fmt::format("expected the key \"{}\" once in this object, found it twice",
                                printable(*twice, 60))};
}

Value ValueParser::value() {
  Value value;
  value.type = cursor_.type();
  if (!value.is_array() && !value.is_object()) {
    if (value.is_string()) {
      value.text = decoded(cursor_.string());
    } else {
      value.text = cursor_.value();
    }
    return value;
  }
  const std::size_t offset = cursor_.offset();
  value.line = line_of(offset);
  if (++depth_ > json::kMaxDepth) {
    throw json::Fault{offset, fmt::format("expected at most {} levels", json::kMaxDepth)};
  }
  bool first = true;
  if (value.is_array()) {
    cursor_.take('[');
    while (cursor_.next_element(first)) value.items.push_back(this->value());
  } else {
    cursor_.take('{');
    for (json::RawString key; cursor_.next_member(first, key);) {
      value.keys.push_back(decoded(key));
      value.items.push_back(this->value());
    }
    refuse_twice(value, offset);
  }
  --depth_;
  return value;
}

}  // namespace vernier
