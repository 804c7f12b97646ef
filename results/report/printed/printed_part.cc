#include "results/report/printed/printed_part.h"

#include <fmt/format.h>

#include <limits>

#include "base/printable.h"

namespace vernier::report {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kLongestKey = 60;  // bytes, in messages

}  // namespace

PrintedPart::PrintedPart(const PrintedJson& printed, std::string_view command)
    : PrintedPart(printed.document, {printed.name, command}, "") {}

PrintedPart::PrintedPart(const Json& value, Origin origin, std::string way)
    : value_(&value), origin_(origin), way_(std::move(way)) {
  if (!value_->is_object()) refuse(*value_, way_, "an object");
}

bool PrintedPart::has(std::string_view key) const { return value_->contains(key); }

std::string PrintedPart::text(std::string_view key) const {
  if (!at(key).is_string()) refuse(key, "a text");
  return at(key).get<std::string>();
}

std::string PrintedPart::text_or_none(std::string_view key) const {
  return has(key) ? text(key) : "";
}

double PrintedPart::number(std::string_view key) const {
  const Json& value = at(key);
  if (value.is_null()) return kNothing;
  if (!value.is_number()) refuse(key, "a number or null");
  return value.get<double>();
}

double PrintedPart::number_or_none(std::string_view key) const {
  return has(key) ? number(key) : kNothing;
}

std::optional<double> PrintedPart::limit(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  if (!at(key).is_number()) refuse(key, "a number");
  return number(key);
}

std::uint64_t PrintedPart::count(std::string_view key) const {
  if (!at(key).is_number_unsigned()) refuse(key, "a count");
  return at(key).get<std::uint64_t>();
}

bool PrintedPart::flag(std::string_view key) const {
  if (!at(key).is_boolean()) refuse(key, "true or false");
  return at(key).get<bool>();
}

PrintedPart PrintedPart::object(std::string_view key) const {
  return {at(key), origin_, below(key)};
}

std::vector<PrintedPart> PrintedPart::list(std::string_view key, std::size_t most) const {
  const Json& value = at(key);
  if (!value.is_array() || value.size() > most) {
    refuse(key, fmt::format("a list of at most {} objects", most));
  }
  std::vector<PrintedPart> out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    out.push_back(PrintedPart(value[i], origin_, fmt::format("{}[{}]", below(key), i)));
  }
  return out;
}

std::vector<std::string> PrintedPart::texts(std::string_view key, std::size_t most) const {
  const Json& value = at(key);
  if (!value.is_array() || value.size() > most) {
    refuse(key, fmt::format("a list of at most {} texts", most));
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!value[i].is_string()) refuse(value[i], fmt::format("{}[{}]", below(key), i), "a text");
    out.push_back(value[i].get<std::string>());
  }
  return out;
}

std::vector<std::pair<std::string, PrintedPart>> PrintedPart::objects(std::string_view key,
                                                                      std::size_t most) const {
  const PrintedPart whole = object(key);
  if (whole.value_->size() > most) {
    refuse(key, fmt::format("an object of at most {} members", most));
  }
  std::vector<std::pair<std::string, PrintedPart>> out;
  for (const auto& [name, value] : whole.value_->items()) {
    out.emplace_back(name, PrintedPart(value, origin_, whole.below(name)));
  }
  return out;
}

std::vector<std::pair<std::string, double>> PrintedPart::numbers(std::string_view key,
                                                                 std::size_t most) const {
  const PrintedPart whole = object(key);
  if (whole.value_->size() > most) {
    refuse(key, fmt::format("an object of at most {} members", most));
  }
  std::vector<std::pair<std::string, double>> out;
  for (const auto& [name, value] : whole.value_->items())
    out.emplace_back(name, whole.number(name));
  return out;
}

void PrintedPart::refuse(std::string_view key, std::string_view expected) const {
  refuse(at(key), below(key), expected);
}

std::string PrintedPart::below(std::string_view key) const {
  const std::string name = printable(key, kLongestKey);
  return way_.empty() ? name : way_ + "." + name;
}

const Json& PrintedPart::at(std::string_view key) const {
  const auto found = value_->find(key);
  if (found == value_->end()) {
    refuse_printed(std::string(origin_.file), 1,
                   fmt::format("expected a member {}, as {} prints it, found none", below(key),
                               origin_.command));
  }
  return *found;
}

void PrintedPart::refuse(const Json& found, const std::string& way,
                         std::string_view expected) const {
  const std::string text = found.is_array()    ? fmt::format("a list of {}", found.size())
                           : found.is_object() ? "an object"
                                               : printable(found.dump(-1, ' ', true), 60);
  refuse_printed(std::string(origin_.file), 1,
                 fmt::format("expected {} as {}, found {}", expected, way, text));
}

}  // namespace vernier::report
