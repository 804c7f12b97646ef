#include "datasets/ratings/formats/record_filter.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "datasets/ratings/rating_fields.h"

namespace vernier {
namespace {

constexpr std::size_t kShown = 10;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

void note(std::vector<std::string>& seen, std::string_view text) {
  if (seen.size() < kShown && std::ranges::find(seen, text) == seen.end()) seen.emplace_back(text);
}

}  // namespace

RecordFilter::RecordFilter(std::span<const std::string> conditions) {
  for (const std::string& text : conditions) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(ExitCode::kUsage,
                  fmt::format("--exclude {}: expected FIELD=VALUE, as in sys=Human", text));
    }
    conditions_.push_back(
        {text, lower(text.substr(0, equals)), text.substr(equals + 1), 0, {}, {}});
  }
}

bool RecordFilter::leaves_out(const ObjectRecord& record) {
  bool out = false;
  for (Condition& condition : conditions_) {
    for (std::size_t i = 0; i < record.value().keys.size(); ++i) {
      note(condition.fields, record.value().keys[i]);
      const Value& value = record.value().items[i];
      if (lower(record.value().keys[i]) != condition.field) continue;
      if (!value.is_string() && !value.is_number()) continue;
      note(condition.values, value.text);
      if (value.text != condition.value) continue;
      ++condition.met;
      out = true;
    }
  }
  return out;
}

void RecordFilter::check() const {
  for (const Condition& condition : conditions_) {
    if (condition.met > 0) continue;
    const bool field = condition.values.empty();
    throw Error(ExitCode::kUsage,
                fmt::format("--exclude {}: no record has this {}{}", condition.text,
                            field ? "field" : "value",
                            field ? known_names(condition.field, condition.fields)
                                  : known_names(condition.value, condition.values)));
  }
}

}  // namespace vernier
