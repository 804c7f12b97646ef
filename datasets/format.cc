#include "datasets/format.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/json/cursor.h"
#include "datasets/table/row_scanner.h"

namespace vernier {
namespace {

constexpr std::size_t kEnough = 1 << 20;  // no format needs more bytes than this to be told

struct Name {
  Format format;
  const char* name;
};
constexpr std::array kNames = {
    Name{Format::kAuto, "auto"},
    Name{Format::kCocoResults, "coco-results"},
    Name{Format::kCocoAnnotations, "coco-annotations"},
    Name{Format::kKarpathy, "karpathy"},
    Name{Format::kJsonLines, "jsonl"},
    Name{Format::kLmmsEval, "lmms-eval"},
    Name{Format::kVlmEvalKit, "vlmevalkit"},
    Name{Format::kTsv, "tsv"},
    Name{Format::kCsv, "csv"},
    Name{Format::kFlickr, "flickr"},
    Name{Format::kLines, "lines"},
};

struct Magic {
  std::string_view bytes;
  const char* message;
};
constexpr std::array kForeign = {
    Magic{{"PK\x03\x04", 4},
          "is a zip archive or an Excel workbook; unpack it, or save the sheet as TSV (VLMEvalKit: "
          "PRED_FORMAT=tsv)"},
    Magic{{"\xD0\xCF\x11\xE0", 4}, "is an old Excel workbook; save the sheet as TSV"},
    Magic{{"PAR1", 4}, "is a Parquet file; convert it to JSON Lines"},
    Magic{{"ARROW1", 6}, "is an Arrow file; convert it to JSON Lines"},
    Magic{{"\xFD"
           "7zXZ",
           5},
          "is compressed with xz; gzip, zstd and plain files are read"},
    Magic{{"BZh9", 4}, "is compressed with bzip2; gzip, zstd and plain files are read"},
    Magic{{"\x1F\x8B", 2}, "is compressed twice; unpack it once"},
    Magic{{"\x28\xB5\x2F\xFD", 4}, "is compressed twice; unpack it once"},
    Magic{{"\x80\x04\x95", 3}, "is a Python pickle; save it as JSON"},
    Magic{{"SQLite format 3", 15}, "is an SQLite database; export it as JSON Lines"},
    Magic{{"\x89PNG", 4}, "is a picture"},
    Magic{{"\xFF\xD8\xFF", 3}, "is a picture"},
    Magic{{"%PDF-", 5}, "is a PDF document"},
};

[[noreturn]] void refuse(const std::string& path, const char* message) {
  throw Error(ExitCode::kBadInput, fmt::format("{}: {}", path, message));
}

/// UTF-16 and UTF-32 text is every other byte NUL or nearly so; a stray NUL in a caption is not.
bool looks_like_utf16(std::string_view head) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return true;
  const std::size_t n = std::min<std::size_t>(head.size(), 4096) & ~std::size_t{3};
  std::array<std::size_t, 2> nul{};
  for (std::size_t i = 0; i < n; ++i) nul[i & 1] += head[i] == '\0';
  return n >= 4 && std::max(nul[0], nul[1]) * 5 > n;
}

char first_character(std::string_view head, std::size_t& pos) {
  pos = head.find_first_not_of(" \t\r\n", pos);
  if (pos == std::string_view::npos) pos = head.size();
  return pos < head.size() ? head[pos] : '\0';
}

bool has_key(json::Cursor cursor, std::string_view wanted) {
  bool first = true;
  json::RawString key;
  if (!cursor.take('{')) return false;
  while (cursor.next_member(first, key)) {
    if (key.bytes() == wanted) return true;
    cursor.value();
  }
  return false;
}

/// The layout of an input that starts with an object: a container when one of its members is an
/// array of objects that is known to hold records, and no member makes it a record itself.
std::optional<Layout> detect_object(std::string_view head, bool complete, const FieldNames& names) {
  Layout layout{Format::kJsonLines, Layout::Shape::kJsonStream, {}};
  const auto container = [&](Format format, const char* member) {
    layout = {format, Layout::Shape::kJsonMember, member};
    return layout;
  };
  try {
    json::Cursor cursor(head);
    cursor.expect('{', "an object");
    bool first = true, record = false;
    json::RawString key;
    while (cursor.next_member(first, key)) {
      json::Cursor inside = cursor;
      if (!record && inside.take('[') && inside.peek() == '{') {
        if (key.bytes() == "annotations") return container(Format::kCocoAnnotations, "annotations");
        if (key.bytes() == "logs") return container(Format::kLmmsEval, "logs");
        if (key.bytes() == "images") {
          return has_key(inside, "sentences") ? container(Format::kKarpathy, "images")
                                              : container(Format::kCocoAnnotations, "annotations");
        }
      }
      const Field field = names.find(key.bytes());
      record |= field.role == Role::kText || field.role == Role::kImageId;
      if (field.role == Role::kText && field.rank < 2) layout.format = Format::kLmmsEval;
      cursor.value();
    }
  } catch (const json::Fault& fault) {
    if (fault.at_end && !complete && head.size() < kEnough) return std::nullopt;
  }
  return layout;
}

struct Heads {
  std::vector<std::string> cells;
  bool text = false, references = false, id = false, index = false, prediction = false;
};

Heads read_heads(std::string_view line, char delimiter, const FieldNames& names) {
  Heads heads;
  table::RowScanner row(line, delimiter, table::Quoting::kFull, true);
  for (table::CellEnd end = table::CellEnd::kDelimiter; end == table::CellEnd::kDelimiter;) {
    table::Cell cell;
    end = row.cell(cell);
    if (end == table::CellEnd::kOpen || end == table::CellEnd::kGarbage) return {};
    heads.cells.emplace_back(cell.bytes);
    const Field field = names.find_column(cell.bytes);
    heads.text |= field.role == Role::kText;
    heads.references |= field.role == Role::kReferences;
    heads.id |= field.role == Role::kId || field.role == Role::kImageId;
    heads.index |= cell.bytes == "index";
    heads.prediction |= cell.bytes == "prediction";
  }
  return heads;
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// image#0 TAB caption
bool is_numbered(std::string_view cell) {
  const std::size_t hash = cell.rfind('#');
  return hash != std::string_view::npos && hash > 0 && all_digits(cell.substr(hash + 1));
}

Layout detect_table(std::string_view line, Format forced, const FieldNames& names,
                    const std::string& path) {
  const bool comma = forced == Format::kCsv ||
                     (forced != Format::kTsv && line.find('\t') == std::string_view::npos);
  const char delimiter = comma ? ',' : '\t';
  Layout layout{forced, Layout::Shape::kTable, {}, delimiter};
  const Heads heads = read_heads(line, delimiter, names);
  const bool known = heads.text || heads.references;
  if (forced == Format::kFlickr) return layout;
  // Without a header a comma is punctuation: a CSV file must name an id beside the text.
  if (known && heads.cells.size() > 1 && (!comma || heads.id || forced != Format::kAuto)) {
    layout.header = true;
    layout.all_quoted = comma || line.starts_with('"');
    if (forced == Format::kAuto) layout.format = comma ? Format::kCsv : Format::kTsv;
    if (heads.index && heads.prediction) layout.format = Format::kVlmEvalKit;
    return layout;
  }
  if (forced == Format::kAuto) {
    if (comma) return {Format::kLines, Layout::Shape::kLines, {}};
    const std::vector<std::string>& cells = heads.cells;
    const bool flickr = cells.size() == 2 || (cells.size() >= 3 && all_digits(cells[1])) ||
                        (!cells.empty() && is_numbered(cells[0]));
    if (flickr) {
      layout.format = Format::kFlickr;
      return layout;
    }
  }
  throw Error(ExitCode::kBadInput,
              fmt::format("{}:1: expected a header with a column for the text ({}) or for "
                          "references, found the columns {}",
                          path, names.text_names(),
                          printable(fmt::format("{}", fmt::join(heads.cells, ", ")))));
}

}  // namespace

void refuse_foreign(std::string_view head, const std::string& path) {
  for (const Magic& magic : kForeign) {
    if (head.starts_with(magic.bytes)) refuse(path, magic.message);
  }
  if (looks_like_utf16(head)) {
    refuse(path, "looks like UTF-16; write it as UTF-8 (iconv -f UTF-16 -t UTF-8)");
  }
}

const char* format_name(Format format) {
  for (const Name& known : kNames) {
    if (known.format == format) return known.name;
  }
  return "";
}

std::optional<Format> parse_format(std::string_view name) {
  for (const Name& known : kNames) {
    if (known.name == name) return known.format;
  }
  return std::nullopt;
}

std::string known_formats() {
  std::string names;
  for (const Name& known : kNames)
    names += (names.empty() ? "expected " : ", ") + std::string(known.name);
  return names;
}

std::optional<Layout> detect_layout(std::string_view head, bool complete, Format forced,
                                    const FieldNames& names, const std::string& path) {
  refuse_foreign(head, path);
  using Shape = Layout::Shape;
  switch (forced) {
    case Format::kLines:
      return Layout{forced, Shape::kLines, {}};
    case Format::kCocoAnnotations:
      return Layout{forced, Shape::kJsonMember, "annotations"};
    case Format::kKarpathy:
      return Layout{forced, Shape::kJsonMember, "images"};
    case Format::kCocoResults:
      return Layout{forced, Shape::kJsonArray, {}};
    default:
      break;
  }
  const bool json_allowed =
      forced == Format::kAuto || forced == Format::kJsonLines || forced == Format::kLmmsEval;
  std::size_t pos = 0;
  const char first = first_character(head, pos);
  if (pos == head.size()) {  // nothing but white space, which the JSON splitter knows to be nothing
    if (!complete && head.size() < kEnough) return std::nullopt;
    return Layout{Format::kJsonLines, Shape::kJsonStream, {}};
  }
  if (json_allowed && (first == '{' || first == '[')) {
    std::size_t next = pos + 1;
    const char second = first_character(head, next);
    if (next == head.size() && !complete && head.size() < kEnough) return std::nullopt;
    const bool array = first == '[' && (next == head.size() || second == '{' || second == ']' ||
                                        second == '[' || second == '"');
    if (array) return Layout{Format::kCocoResults, Shape::kJsonArray, {}};
    if (first == '{' && (next == head.size() || second == '"' || second == '}')) {
      return detect_object(head.substr(pos), complete, names);
    }
  }
  if (forced == Format::kJsonLines || forced == Format::kLmmsEval) {
    return Layout{forced, Shape::kJsonStream, {}};
  }
  const std::size_t line_end = head.find_first_of("\r\n");
  if (line_end == std::string_view::npos && !complete && head.size() < kEnough) {
    return std::nullopt;
  }
  const std::string_view line = head.substr(0, line_end);
  if (forced == Format::kAuto && line.find_first_of("\t,") == std::string_view::npos) {
    return Layout{Format::kLines, Shape::kLines, {}};
  }
  return detect_table(line, forced, names, path);
}

}  // namespace vernier
