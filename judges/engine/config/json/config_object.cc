#include "judges/engine/config/json/config_object.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::engine {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

std::string expected_whole(Range range) {
  return fmt::format("a whole number from {} to {}", range.least, range.most);
}

}  // namespace

ConfigObject::ConfigObject(const ConfigFile& file) : ConfigObject(file, "", file.object()) {}

ConfigObject::ConfigObject(ConfigFile file, std::string path,
                           std::shared_ptr<const simdjson::dom::object> contents)
    : file_(std::move(file)), path_(std::move(path)), object_(std::move(contents)) {
  if (object_ == nullptr) return;
  // Readers differ on which one they take.
  std::vector<std::string_view> keys;
  keys.reserve(object_->size());
  for (const auto field : *object_) keys.push_back(field.key);
  std::ranges::sort(keys);
  const auto twice = std::ranges::adjacent_find(keys);
  if (twice != keys.end()) refuse(*twice, "the key once");
}

std::optional<element> ConfigObject::find(std::string_view key) const {
  element value;
  if (object_ == nullptr || (*object_)[key].get(value) != simdjson::SUCCESS || value.is_null()) {
    return std::nullopt;
  }
  return value;
}

bool ConfigObject::has(std::string_view key) const { return find(key).has_value(); }

void ConfigObject::refuse(std::string_view key, std::string_view expected) const {
  constexpr std::size_t kMost = 60;
  const auto value = find(key);
  // A big value is not written out only to be cut.
  const bool nested = value && (value->is_object() || value->is_array());
  const std::string found = !value   ? "absent"
                            : nested ? (value->is_object() ? "an object" : "a list")
                                     : printable(simdjson::to_string(*value), kMost);
  throw Error(ExitCode::kResource, fmt::format("{}: {}{} is {}, expected {}", file_.name(), path_,
                                               printable(key, kMost), found, expected));
}

std::int64_t ConfigObject::whole_value(std::string_view key, const element& value,
                                       Range range) const {
  std::int64_t number = 0;
  if (value.type() != simdjson::dom::element_type::INT64 ||
      value.get(number) != simdjson::SUCCESS || number < range.least || number > range.most) {
    refuse(key, expected_whole(range));
  }
  return number;
}

std::optional<std::int64_t> ConfigObject::whole(std::string_view key, Range range) const {
  const auto value = find(key);
  if (!value) return std::nullopt;
  return whole_value(key, *value, range);
}

std::uint32_t ConfigObject::whole(std::string_view key, std::uint32_t absent, Range range) const {
  return static_cast<std::uint32_t>(whole(key, range).value_or(absent));
}

std::optional<std::vector<std::int64_t>> ConfigObject::wholes(std::string_view key, Range range,
                                                              std::size_t most) const {
  const auto value = find(key);
  if (!value) return std::nullopt;
  array list;
  if (value->get(list) != simdjson::SUCCESS) return std::vector{whole_value(key, *value, range)};
  std::vector<std::int64_t> numbers;
  for (const element item : list) {
    if (numbers.size() == most) refuse(key, fmt::format("at most {} numbers", most));
    numbers.push_back(whole_value(key, item, range));
  }
  return numbers;
}

std::optional<double> ConfigObject::positive(std::string_view key) const {
  const auto value = find(key);
  if (!value) return std::nullopt;
  double number = 0;
  if (value->get(number) != simdjson::SUCCESS || !std::isfinite(number) || number <= 0) {
    refuse(key, "a number above 0");
  }
  return number;
}

double ConfigObject::positive(std::string_view key, double absent) const {
  return positive(key).value_or(absent);
}

bool ConfigObject::flag(std::string_view key, bool absent) const {
  const auto value = find(key);
  if (!value) return absent;
  bool set = false;
  if (value->get(set) != simdjson::SUCCESS) refuse(key, "true or false");
  return set;
}

std::optional<std::string> ConfigObject::text(std::string_view key) const {
  const auto value = find(key);
  if (!value) return std::nullopt;
  std::string_view text;
  if (value->get(text) != simdjson::SUCCESS) refuse(key, "a string");
  return std::string(text);
}

std::array<double, 3> ConfigObject::triple(std::string_view key,
                                           const std::array<double, 3>& absent) const {
  const auto value = find(key);
  if (!value) return absent;
  constexpr std::string_view kExpected = "a list of three numbers";
  array list;
  std::array<double, 3> numbers{};
  if (value->get(list) != simdjson::SUCCESS || list.size() != numbers.size()) {
    refuse(key, kExpected);
  }
  std::size_t n = 0;
  for (const element item : list) {
    double& number = numbers.at(n++);
    if (item.get(number) != simdjson::SUCCESS || !std::isfinite(number)) refuse(key, kExpected);
  }
  return numbers;
}

std::optional<std::vector<std::array<std::int64_t, 2>>> ConfigObject::pairs(
    std::string_view key, Range range, std::size_t most) const {
  const auto value = find(key);
  if (!value) return std::nullopt;
  const std::string expected = fmt::format("a list of at most {} pairs of numbers", most);
  array list;
  if (value->get(list) != simdjson::SUCCESS) refuse(key, expected);
  std::vector<std::array<std::int64_t, 2>> out;
  for (const element item : list) {
    array pair;
    if (out.size() == most || item.get(pair) != simdjson::SUCCESS || pair.size() != 2) {
      refuse(key, expected);
    }
    out.push_back({whole_value(key, pair.at(0).value_unsafe(), range),
                   whole_value(key, pair.at(1).value_unsafe(), range)});
  }
  return out;
}

bool ConfigObject::is_object(std::string_view key) const {
  const auto value = find(key);
  return value && value->is_object();
}

bool ConfigObject::is_text(std::string_view key) const {
  const auto value = find(key);
  return value && value->is_string();
}

bool ConfigObject::is_null(std::string_view key) const {
  element value;
  return object_ != nullptr && (*object_)[key].get(value) == simdjson::SUCCESS && value.is_null();
}

ConfigObject ConfigObject::object(std::string_view key) const {
  const auto value = find(key);
  std::shared_ptr<const simdjson::dom::object> inner;
  if (value) {
    simdjson::dom::object found;
    if (value->get(found) != simdjson::SUCCESS) refuse(key, "an object");
    inner = std::make_shared<simdjson::dom::object>(found);
  }
  return {file_, fmt::format("{}{}.", path_, key), std::move(inner)};
}

}  // namespace vernier::engine
