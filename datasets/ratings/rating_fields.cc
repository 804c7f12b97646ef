#include "datasets/ratings/rating_fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/printable.h"
#include "base/spelling/edit_distance.h"

namespace vernier {
namespace {

double finite(const ObjectRecord& record, std::string_view field, std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || !std::isfinite(number)) {
    record.refuse(fmt::format("expected finite numbers in \"{}\", found '{}'", printable(field, 60),
                              printable(text, 30)));
  }
  return number;
}

// The list that a cell of a table holds as JSON; nothing where it is no list.
std::optional<Value> list_in_cell(const ObjectRecord& record, std::string_view field,
                                  const Value& cell) {
  if (!cell.is_string() || !cell.text.starts_with('[')) return std::nullopt;
  if (cell.text.starts_with("['")) {
    record.refuse(fmt::format("\"{}\" holds a list as Python prints it; write JSON (json.dumps)",
                              printable(field, 60)));
  }
  try {
    ValueParser parser(cell.text, false);
    Value list = parser.value();
    parser.cursor().skip_space();
    if (parser.cursor().at_end() && list.is_array()) return list;
  } catch (const json::Fault&) {  // a caption may begin with a bracket
  }
  return std::nullopt;
}

const Value* numbered(const ObjectRecord& record, std::string_view field, int number) {
  return record.find(fmt::format("{}_{}", field, number));
}

}  // namespace

std::vector<double> numbers_of(const ObjectRecord& record, std::string_view field) {
  const Value* value = record.find(field);
  if (value == nullptr) return {record.number({field})};  // throws, saying what is missing
  const std::optional<Value> cell = list_in_cell(record, field, *value);
  if (cell) value = &*cell;
  if (!value->is_array()) return {record.number({field})};
  std::vector<double> numbers;
  for (const Value& item : value->items) {
    if (!item.is_number() && !item.is_string()) {
      record.refuse(fmt::format("expected finite numbers in \"{}\", found {}", printable(field, 60),
                                json::describe(item.type)));
    }
    numbers.push_back(finite(record, field, item.text));
  }
  if (numbers.empty()) {
    record.refuse(
        fmt::format("expected numbers in \"{}\", found an empty list", printable(field, 60)));
  }
  return numbers;
}

std::vector<std::string> texts_of(const ObjectRecord& record, ObjectRecord::Names fields) {
  for (const std::string_view field : fields) {
    const Value* value = record.find(field);
    if (value == nullptr) continue;
    const std::optional<Value> cell = list_in_cell(record, field, *value);
    if (!cell) break;
    std::vector<std::string> texts;
    for (const Value& item : cell->items) {
      if (!item.is_string()) {
        record.refuse(
            fmt::format("expected strings in \"{}\", found {}", field, json::describe(item.type)));
      }
      texts.push_back(item.text);
    }
    return texts;
  }
  return record.texts(fields);
}

std::vector<std::string> references_of(const ObjectRecord& record) {
  if (record.find(kReferenceFields) != nullptr) return texts_of(record, kReferenceFields);
  std::vector<std::string> texts;
  for (int number = 0; number < 2 || !texts.empty(); ++number) {
    const std::size_t before = texts.size();
    for (const std::string_view name : {"reference", "ref"}) {
      const Value* value = numbered(record, name, number);
      if (value != nullptr && value->is_string() && !value->text.empty()) {
        texts.push_back(value->text);
      }
    }
    if (number > 0 && texts.size() == before) break;
  }
  return texts;
}

bool holds_two(const ObjectRecord& record) {
  if (numbered(record, "caption", 0) != nullptr) return numbered(record, "caption", 1) != nullptr;
  const Value* list = record.find("captions");
  return list != nullptr && record.find(kLabelFields) != nullptr;
}

std::vector<std::string> two_captions(const ObjectRecord& record) {
  if (numbered(record, "caption", 0) != nullptr) {
    return {std::string(record.text({"caption_0"})), std::string(record.text({"caption_1"}))};
  }
  std::vector<std::string> captions = texts_of(record, {"captions"});
  if (captions.size() != 2) {
    record.refuse(fmt::format("expected two captions in \"captions\", found {}", captions.size()));
  }
  return captions;
}

std::vector<double> two_numbers(const ObjectRecord& record, std::string_view field) {
  const std::string first = fmt::format("{}_0", field), second = fmt::format("{}_1", field);
  if (record.value().find(first) != nullptr) {
    return {record.number({first}), record.number({second})};
  }
  if (record.value().find(field) == nullptr) return {};
  std::vector<double> numbers = numbers_of(record, field);
  if (numbers.size() != 2) {
    record.refuse(fmt::format("expected two numbers in \"{}\", one a caption, found {}",
                              printable(field, 60), numbers.size()));
  }
  return numbers;
}

std::size_t preferred(const ObjectRecord& record) {
  const double label = record.number(kLabelFields);
  if (label != 0 && label != 1) {
    record.refuse(
        fmt::format("expected 0 or 1 in \"label\", the caption that people prefer, "
                    "found {}",
                    label));
  }
  return static_cast<std::size_t>(label);
}

std::string known_names(std::string_view wanted, std::span<const std::string> names) {
  const auto near = std::ranges::min_element(
      names, {}, [&](const std::string& name) { return edit_distance(name, wanted); });
  const bool close = near != names.end() && edit_distance(*near, wanted) <= 3;
  return (close ? fmt::format("; did you mean '{}'? Known: ", printable(*near, 60)) : "; known: ") +
         printable(fmt::format("{}", fmt::join(names, ", ")), 300);
}

std::string plain_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
    } else {
      out.push_back(c);
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace vernier
