#include "datasets/table/records.h"

#include <fmt/format.h>

#include "base/json_text.h"
#include "base/printable.h"
#include "datasets/table/row_scanner.h"
#include "datasets/table/splitter.h"

namespace vernier::table {
namespace {

/// A picture as base64 in a column called image is not the name of one.
constexpr std::size_t kMaxImageName = 1024;

class RowParser {
 public:
  explicit RowParser(RecordSink& sink)
      : sink_(sink),
        columns_(sink.context().columns),
        scanner_(sink.bytes(), sink.context().layout.delimiter, quoting_of(sink.context().layout),
                 true) {}

  bool run();

 private:
  struct Value {
    std::string_view text;  ///< unquoted UTF-8
    std::size_t offset = 0;
    bool used = false;
  };

  bool read_row();
  std::string_view text_of(const Cell& cell);
  Value* best(Role role, std::size_t* column = nullptr);
  void assemble();
  void add_references(bool answer);
  std::string_view meta();
  void flickr();

  std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - sink_.bytes().data());
  }

  RecordSink& sink_;
  const std::vector<Column>& columns_;
  RowScanner scanner_;
  std::vector<Value> values_;
  std::string scratch_;
};

bool RowParser::run() {
  while (!scanner_.at_end()) {
    if (scanner_.take_empty_row()) continue;
    sink_.begin(scanner_.offset());
    if (sink_.context().layout.header) {
      if (!read_row()) return false;
      assemble();
    } else {
      flickr();
    }
  }
  return true;
}

std::string_view RowParser::text_of(const Cell& cell) {
  const std::string_view text = sink_.utf8(cell.bytes, offset_of(cell.bytes));
  if (!cell.doubled) return text;
  scratch_.clear();
  append_undoubled(scratch_, text);
  return sink_.keep(scratch_);
}

bool RowParser::read_row() {
  values_.clear();
  for (;;) {
    const std::size_t offset = scanner_.offset();
    Cell cell;
    const CellEnd end = scanner_.cell(cell);
    if (end == CellEnd::kOpen && sink_.is_last()) return false;
    if (end == CellEnd::kOpen) {
      sink_.refuse(offset, fmt::format("expected a row of at most {} bytes, found no closing quote",
                                       sink_.context().options.max_record_bytes));
    }
    if (end == CellEnd::kGarbage) {
      sink_.refuse(offset, fmt::format("expected '{}' or the end of the line behind a closing "
                                       "quote, found text; quotes inside quotes are doubled",
                                       sink_.context().layout.delimiter));
    }
    const std::size_t column = values_.size();
    if (column < columns_.size()) {
      values_.push_back({text_of(cell), offset, false});
      const Role role = columns_[column].field.role;
      if (role == Role::kImageId || role == Role::kId) {
        sink_.set_label(columns_[column].name, values_.back().text);
      }
    } else {
      sink_.refuse(
          offset, fmt::format("expected {} columns as in the header, found more", columns_.size()));
    }
    if (end == CellEnd::kRow) break;
  }
  if (values_.size() == columns_.size()) return true;
  const bool line_end = scanner_.offset() > 0 && (sink_.bytes()[scanner_.offset() - 1] == '\n' ||
                                                  sink_.bytes()[scanner_.offset() - 1] == '\r');
  if (sink_.is_last() && scanner_.at_end() && !line_end) return false;
  sink_.refuse(values_.back().offset,
               fmt::format("expected {} columns as in the header, found {}{}", columns_.size(),
                           values_.size(),
                           values_.back().text.starts_with('"')
                               ? "; the last one begins with a quote that is not closed"
                               : ""));
}

RowParser::Value* RowParser::best(Role role, std::size_t* column) {
  Value* found = nullptr;
  std::uint8_t rank = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Field field = columns_[i].field;
    if (field.role != role || (found != nullptr && field.rank >= rank)) continue;
    if (role == Role::kImageId && values_[i].text.size() > kMaxImageName) continue;
    found = &values_[i];
    rank = field.rank;
    if (column != nullptr) *column = i;
  }
  return found;
}

/// All columns of the role are references, numbered or not; `answer` is one behind a prediction.
void RowParser::add_references(bool answer) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Field field = columns_[i].field;
    const bool is_answer = field.role == Role::kText && field.rank == FieldNames::kAnswer;
    if (field.role != Role::kReferences && !(answer && is_answer)) continue;
    values_[i].used = true;
    const std::string_view text = values_[i].text;
    if (!sink_.context().options.read_references || text.empty()) continue;
    sink_.refuse_list_text(text, columns_[i].name, values_[i].offset);
    sink_.add_reference(sink_.checked(text, columns_[i].name, values_[i].offset));
  }
}

std::string_view RowParser::meta() {
  scratch_.assign(1, '{');
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const bool picture =
        columns_[i].field.role == Role::kImageId && values_[i].text.size() > kMaxImageName;
    if (values_[i].used || picture) continue;
    if (scratch_.size() > 1) scratch_ += ',';
    append_json_string(scratch_, columns_[i].name);
    scratch_ += ':';
    append_json_string(scratch_, values_[i].text);
  }
  if (scratch_.size() == 1) return {};
  scratch_ += '}';
  return sink_.keep(scratch_);
}

void RowParser::assemble() {
  Record record;
  const auto take = [&](Value* value) -> std::string_view {
    if (value == nullptr) return {};
    value->used = true;
    return sink_.checked(value->text, "id", value->offset);
  };
  record.image_id = take(best(Role::kImageId));
  record.id = take(best(Role::kId));
  std::size_t column = 0;
  Value* text = best(Role::kText, &column);
  bool references = best(Role::kReferences) != nullptr;
  bool answer = false;
  if (text != nullptr) {
    text->used = true;
    record.has_text = true;
    record.text = sink_.checked(text->text, columns_[column].name, text->offset);
    if (!references && FieldNames::is_model_output(columns_[column].field.rank)) {
      for (const Column& other : columns_) {
        answer |= other.field.role == Role::kText && other.field.rank == FieldNames::kAnswer;
      }
      references = answer;
    }
  }
  record.has_references = references && sink_.context().options.read_references;
  if (text == nullptr && !record.has_references) {
    sink_.refuse(sink_.offset(), fmt::format("expected a column for the text ({})",
                                             sink_.context().names.text_names()));
  }
  add_references(answer);
  if (sink_.context().options.keep_meta) record.meta = meta();
  sink_.commit(record);
}

/// image#k TAB caption, image TAB k TAB caption or image TAB caption. Whatever follows the tab
/// before the caption belongs to it.
void RowParser::flickr() {
  const std::size_t start = scanner_.offset();
  Cell image, number, caption;
  if (scanner_.cell(image) != CellEnd::kDelimiter) {
    sink_.refuse(start, "expected image, tab, caption; found no tab");
  }
  Record record;
  record.image_id = sink_.checked(sink_.utf8(image.bytes, start), "image", start);
  sink_.set_label("image", record.image_id);
  const std::size_t second = scanner_.offset();
  const std::string_view rest = sink_.bytes().substr(second);
  const std::size_t digits = rest.find_first_not_of("0123456789");
  if (digits != std::string_view::npos && digits > 0 && rest[digits] == '\t') {
    scanner_.cell(number);
    scratch_.assign(record.image_id);
    scratch_ += '#';
    scratch_ += number.bytes;
    record.id = sink_.keep(scratch_);
  } else {
    const std::size_t hash = record.image_id.rfind('#');
    if (hash != std::string_view::npos && hash > 0 && hash + 1 < record.image_id.size() &&
        record.image_id.find_first_not_of("0123456789", hash + 1) == std::string_view::npos) {
      record.id = record.image_id;
      record.image_id = record.id.substr(0, hash);
    }
  }
  const std::size_t offset = scanner_.offset();
  scanner_.rest(caption);
  record.has_text = true;
  record.text = sink_.checked(sink_.utf8(caption.bytes, offset), "caption", offset);
  sink_.commit(record);
}

}  // namespace

bool parse_rows(RecordSink& sink) { return RowParser(sink).run(); }

void parse_lines(RecordSink& sink) {
  RowScanner scanner(sink.bytes(), '\t', Quoting::kNone, true);
  while (!scanner.at_end()) {
    const std::size_t offset = scanner.offset();
    sink.begin(offset);
    Cell line;
    scanner.rest(line);
    Record record;
    // Line n of every file belongs together.
    record.id = sink.keep(std::to_string(sink.line()));
    record.has_text = true;
    record.text = sink.checked(sink.utf8(line.bytes, offset), "line", offset);
    sink.commit(record);
  }
}

std::vector<Column> parse_header(std::string_view head, const Layout& layout,
                                 const FieldNames& names, std::size_t& size) {
  std::vector<Column> columns;
  RowScanner scanner(head, layout.delimiter, quoting_of(layout), true);
  for (CellEnd end = CellEnd::kDelimiter; end == CellEnd::kDelimiter;) {
    Cell cell;
    end = scanner.cell(cell);
    std::string name;
    if (cell.doubled) {
      append_undoubled(name, cell.bytes);
    } else {
      name = cell.bytes;
    }
    const Field field = names.find_column(name);
    columns.push_back({std::move(name), field});
  }
  size = scanner.offset();
  return columns;
}

}  // namespace vernier::table
