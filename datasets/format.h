// Telling input formats apart by content.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/records/fields.h"

namespace vernier {

enum class Format {
  kAuto,
  kCocoResults,      ///< a JSON array of records, [{"image_id":..., "caption":...}, ...]
  kCocoAnnotations,  ///< {"images": [...], "annotations": [{"id", "image_id", "caption"}, ...]}
  kKarpathy,         ///< {"images": [{"filename", "split", "sentences": [{"raw"}]}], "dataset"}
  kJsonLines,        ///< one JSON object after the other, on lines, pretty-printed or adjoining
  kLmmsEval,         ///< sample log of lmms-eval: JSON Lines, or {"logs": [...]} of old versions
  kVlmEvalKit,       ///< TSV or CSV of VLMEvalKit with index and prediction
  kTsv,              ///< a header line, fields separated by tabs
  kCsv,              ///< a header line, fields separated by commas, quoting as in RFC 4180
  kFlickr,           ///< no header: image#k TAB caption, image TAB k TAB caption, image TAB caption
  kLines,            ///< one text a line
};

/// Name for the command line and for messages, e.g. "coco-results"; parse_format reads it.
const char* format_name(Format format);
std::optional<Format> parse_format(std::string_view name);
/// "expected auto, coco-results, ...", for messages.
std::string known_formats();

/// How the bytes are laid out; what a splitter and a parser need to know beside the format.
struct Layout {
  enum class Shape { kJsonStream, kJsonArray, kJsonMember, kTable, kLines };
  Format format = Format::kAuto;
  Shape shape = Shape::kLines;
  std::string member;       ///< kJsonMember: the key whose array holds the records
  char delimiter = '\t';    ///< kTable
  bool header = false;      ///< kTable: the first row names the columns
  bool all_quoted = false;  ///< kTable: fields may hold delimiters and line breaks inside quotes
};

/// Throws Error(kBadInput), naming `path`, for bytes that begin as no text does: UTF-16, archives,
/// other compressions, pictures.
void refuse_foreign(std::string_view head, const std::string& path);

/// Tells the layout from the first bytes of an input (after a byte order mark); `complete` when
/// they are all of it. Returns nothing when more bytes are needed. Throws Error(kBadInput), naming
/// `path`, for what cannot be text: UTF-16, archives, other compressions.
std::optional<Layout> detect_layout(std::string_view head, bool complete, Format forced,
                                    const FieldNames& names, const std::string& path);

}  // namespace vernier
