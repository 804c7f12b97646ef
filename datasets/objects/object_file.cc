#include "datasets/objects/object_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/format.h"
#include "datasets/objects/table.h"

namespace vernier {
namespace {

/// What names a record in messages, best first.
constexpr std::string_view kLabels[] = {"id",      "question_id", "questionId", "index",
                                        "pair_id", "image_id",    "image",      "image_path"};

std::string one_of(ObjectRecord::Names names) {
  return fmt::format("\"{}\"", fmt::join(names, "\" or \""));
}

[[noreturn]] void refuse_at(const std::string& name, std::uint64_t line, std::string_view message) {
  throw Error(ExitCode::kBadInput, fmt::format("{}:{}: {}", name, line, message));
}

}  // namespace

const Value* ObjectRecord::find(std::string_view name) const {
  const Value* value = value_.find(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

const Value* ObjectRecord::find(Names names) const {
  for (const std::string_view name : names) {
    if (const Value* value = find(name)) return value;
  }
  return nullptr;
}

std::optional<std::string_view> ObjectRecord::find_text(Names names) const {
  const Value* value = find(names);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string() && !value->is_number()) {
    refuse_type(names, "a string or a number", value);
  }
  return value->text;
}

std::string_view ObjectRecord::text(Names names) const {
  const std::optional<std::string_view> text = find_text(names);
  if (!text) refuse_type(names, "a string or a number", nullptr);
  return *text;
}

double ObjectRecord::number(Names names) const {
  const std::string_view text = this->text(names);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) {
    refuse(fmt::format("expected a finite number in {}, found '{}'", one_of(names),
                       printable(text, 30)));
  }
  return number;
}

std::vector<std::string> ObjectRecord::texts(Names names) const {
  const Value* value = find(names);
  if (value != nullptr && value->is_string()) return {value->text};
  if (value == nullptr || !value->is_array()) refuse_type(names, "a list of strings", value);
  std::vector<std::string> texts;
  for (const Value& item : value->items) {
    if (!item.is_string()) refuse_type(names, "a list of strings", &item);
    texts.push_back(item.text);
  }
  return texts;
}

std::string ObjectRecord::place() const { return fmt::format("{}:{}", *file_, line()); }

void ObjectRecord::refuse(std::string_view message) const {
  std::string label;
  if (!key_.empty()) {
    label = fmt::format("\"{}\": ", printable(key_, 60));
  } else {
    for (const std::string_view name : kLabels) {
      const Value* value = find(name);
      if (value == nullptr || (!value->is_string() && !value->is_number())) continue;
      label = fmt::format("{} {}: ", name, printable(value->text, 60));
      break;
    }
  }
  throw Error(ExitCode::kBadInput, fmt::format("{}: {}{}", place(), label, message));
}

void ObjectRecord::refuse_type(Names names, std::string_view expected, const Value* found) const {
  refuse(fmt::format("expected {} in {}, found {}", expected, one_of(names),
                     found == nullptr ? "none" : json::describe(found->type)));
}

ObjectFile ObjectFile::read(const std::string& path, const ObjectFileOptions& options) {
  const auto source = ByteSource::open(path, options.expansion);
  return parse(source->read_rest(options.max_bytes), source->name(), options);
}

ObjectFile ObjectFile::parse(std::string_view bytes, const std::string& name,
                             const ObjectFileOptions& options) {
  ObjectFile file;
  file.name_ = std::make_shared<const std::string>(name);
  const auto refuse = [&](std::string_view message) {
    throw Error(ExitCode::kBadInput, fmt::format("{}: {}", file.name(), message));
  };
  if (bytes.size() > options.max_bytes) {
    refuse(fmt::format("expected at most {} bytes", options.max_bytes));
  }
  std::string_view text = bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  refuse_foreign(text, file.name());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) refuse("holds no records");
  if (text[first] == '{' || text[first] == '[') {
    file.read_json(text, options.replace_invalid);
  } else {
    for (Value& row : read_table(text, file.name(), options.replace_invalid, file.replaced_)) {
      file.records_.emplace_back(file.name_, std::move(row));
    }
  }
  if (file.records_.empty()) refuse("holds no records");
  return file;
}

void ObjectFile::read_json(std::string_view text, bool replace) {
  ValueParser parser(text, replace);
  json::Cursor& cursor = parser.cursor();
  array_ = cursor.take('[');
  bool first = true;
  try {
    for (;;) {
      if (array_ ? !cursor.next_element(first) : cursor.peek() == '\0' && cursor.at_end()) break;
      const json::Type type = cursor.type();
      if (type != json::Type::kObject) {
        refuse_at(name(), parser.line_of(cursor.offset()),
                  fmt::format("expected an object, found {}", json::describe(type)));
      }
      records_.emplace_back(name_, parser.value());
    }
    cursor.skip_space();
    if (!cursor.at_end()) cursor.fail("the end of the file behind its list");
  } catch (const json::Fault& fault) {
    const std::string last =
        records_.empty() ? "" : fmt::format(" (last good record: line {})", records_.back().line());
    refuse_at(name(), ValueParser(text, replace).line_of(fault.offset), fault.message + last);
  }
  replaced_ = parser.replaced();
}

bool ObjectFile::is_keyed() const {
  return records_.size() == 1 && !records_[0].value().items.empty() &&
         std::ranges::all_of(records_[0].value().items, &Value::is_object);
}

std::vector<ObjectRecord> ObjectFile::members(std::string_view name) const {
  const Value* from = &records_.front().value();
  if (!name.empty()) from = from->find(name);
  std::vector<ObjectRecord> members;
  if (from == nullptr || !from->is_object()) {
    records_.front().refuse(fmt::format("expected an object in \"{}\"", name));
  }
  for (std::size_t i = 0; i < from->keys.size(); ++i) {
    if (!from->items[i].is_object()) {
      records_.front().refuse(fmt::format("expected an object in \"{}\", found {}",
                                          printable(from->keys[i], 60),
                                          json::describe(from->items[i].type)));
    }
    members.emplace_back(name_, from->items[i], from->keys[i]);
  }
  return members;
}

std::string_view ObjectFile::unwrap(ObjectRecord::Names lists) {
  if (records_.size() != 1) return "";
  Value& whole = records_.front().value_;
  for (const std::string_view name : lists) {
    const auto key = std::ranges::find(whole.keys, name);
    if (key == whole.keys.end()) continue;
    Value& found = whole.items[static_cast<std::size_t>(key - whole.keys.begin())];
    if (!found.is_array()) continue;
    std::vector<ObjectRecord> records;
    for (Value& item : found.items) {
      if (!item.is_object()) {
        refuse_at(
            this->name(), found.line,
            fmt::format("expected objects in \"{}\", found {}", name, json::describe(item.type)));
      }
      records.emplace_back(name_, std::move(item));
    }
    if (records.empty()) {
      refuse_at(this->name(), found.line, fmt::format("\"{}\" holds no records", name));
    }
    records_ = std::move(records);
    return name;
  }
  return "";
}

bool ObjectFile::spread(std::string_view key, std::string_view value,
                        ObjectRecord::Names reserved) {
  const auto is_text_list = [](const Value& item) {
    return item.is_string() ||
           (item.is_array() && std::ranges::all_of(item.items, &Value::is_string));
  };
  Value& whole = records_.front().value_;
  if (array_ || records_.size() != 1 || whole.items.empty() ||
      !std::ranges::all_of(whole.items, is_text_list)) {
    return false;
  }
  const auto is_key = [&](std::string_view name) { return whole.find(name) != nullptr; };
  if (std::ranges::any_of(kLabels, is_key) || std::ranges::any_of(reserved, is_key)) return false;
  std::vector<ObjectRecord> records;
  for (std::size_t i = 0; i < whole.items.size(); ++i) {
    Value record;
    record.type = json::Type::kObject;
    record.line = whole.items[i].is_array() ? whole.items[i].line : whole.line;
    record.keys = {std::string(key), std::string(value)};
    Value& name = record.items.emplace_back();
    name.type = json::Type::kString;
    name.text = std::move(whole.keys[i]);
    record.items.push_back(std::move(whole.items[i]));
    records.emplace_back(name_, std::move(record));
  }
  records_ = std::move(records);
  return true;
}

}  // namespace vernier
