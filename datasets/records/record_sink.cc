#include "datasets/records/record_sink.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/printable.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier {
namespace {

constexpr std::size_t kMaxReferences = 65536;  // of one record

/// 1-based, in characters.
std::size_t column_of(std::string_view bytes, std::size_t offset) {
  std::size_t column = 1;
  for (std::size_t i = offset; i > 0 && bytes[i - 1] != '\n' && bytes[i - 1] != '\r'; --i) {
    column += (static_cast<unsigned char>(bytes[i - 1]) & 0xC0) != 0x80;
  }
  return column;
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// std::count sums in 64 bits and takes half of the reading time; sums of bytes, which cannot
/// overflow in 128 steps, are eight times as fast.
std::uint64_t count_byte(std::string_view text, char wanted) {
  constexpr std::size_t kStep = 128, kLong = 4096;
  std::uint64_t total = 0;
  std::size_t i = 0;
  if (text.size() < kLong) {  // a record: few line ends or none
    while ((i = text.find(wanted, i)) != std::string_view::npos) {
      ++total;
      ++i;
    }
    return total;
  }
  for (; i + kStep <= text.size(); i += kStep) {
    std::uint8_t part = 0;
    for (std::size_t j = 0; j < kStep; ++j) {
      part = static_cast<std::uint8_t>(part + (text[i + j] == wanted));
    }
    total += part;
  }
  for (; i < text.size(); ++i) total += text[i] == wanted;
  return total;
}

}  // namespace

std::uint64_t LineCounter::count(std::string_view piece) {
  if (piece.empty()) return 0;
  std::uint64_t lines = count_byte(piece, '\n');
  if (after_cr_ && piece.front() == '\n') --lines;  // counted with its CR
  for (std::size_t cr = piece.find('\r'); cr != std::string_view::npos;
       cr = piece.find('\r', cr + 1)) {
    if (cr + 1 == piece.size() || piece[cr + 1] != '\n') ++lines;
  }
  after_cr_ = piece.back() == '\r';
  return lines;
}

RecordSink::RecordSink(const ReadContext& context, RecordBlock& block)
    : context_(context),
      block_(block),
      bytes_(block.raw_.bytes.view().substr(block.raw_.begin, block.raw_.end - block.raw_.begin)),
      line_(block.raw_.line) {}

void RecordSink::begin(std::size_t offset) {
  line_ += LineCounter().count(bytes_.substr(offset_, offset - offset_));
  offset_ = offset;
  label_field_ = {};
  block_.references_.resize(references_);
}

std::string_view RecordSink::checked(std::string_view text, std::string_view what,
                                     std::size_t offset) const {
  const std::size_t limit = context_.options.max_text_bytes;
  if (text.size() > limit) {
    refuse(offset, fmt::format("expected at most {} bytes in \"{}\", found {}; raise "
                               "--max-text-bytes if this is meant",
                               limit, printable(what, 60), text.size()));
  }
  return text;
}

std::string_view RecordSink::utf8(std::string_view bytes, std::size_t offset) {
  if (bytes.find('\0') != std::string_view::npos) {
    counts().nul_characters += count_byte(bytes, '\0');
  }
  const std::size_t bad = text::find_invalid_utf8(bytes);
  if (bad == std::string_view::npos) return bytes;
  if (!context_.options.replace_invalid) {
    refuse(offset + bad, fmt::format("expected UTF-8, found the byte 0x{:02x}; write the file as "
                                     "UTF-8, or use --replace-invalid",
                                     static_cast<unsigned char>(bytes[bad])));
  }
  std::string fixed(bytes);
  counts().replaced_invalid += text::replace_invalid_utf8(fixed);
  return keep(fixed);
}

void RecordSink::refuse_list_text(std::string_view text, std::string_view what,
                                  std::size_t offset) const {
  const std::string_view inner = trim(text);
  const auto quote = [](char c) { return c == '\'' || c == '"'; };
  const bool empty = inner == "[]";
  const bool list = inner.size() >= 4 && inner.front() == '[' && inner.back() == ']' &&
                    quote(inner[1]) && quote(inner[inner.size() - 2]);
  if (!empty && !list) return;
  refuse(offset,
         fmt::format("expected references in \"{}\", found a list that was written as text: "
                     "{}; it is not evaluated. Write a JSON array of strings, or give the "
                     "references in a file of their own",
                     printable(what, 60), printable(inner, 40)));
}

void RecordSink::commit(Record record) {
  const std::size_t added = block_.references_.size() - references_;
  if (added > kMaxReferences) {
    refuse(offset_, fmt::format("expected at most {} references, found {}", kMaxReferences, added));
  }
  record.line = line_;
  ranges_.emplace_back(references_, added);
  references_ += added;
  block_.records_.push_back(record);
  ++counts().records;
}

void RecordSink::refuse(std::size_t offset, std::string_view message) const {
  offset = std::min(offset, bytes_.size());
  const std::uint64_t line =
      line_ +
      (offset > offset_ ? LineCounter().count(bytes_.substr(offset_, offset - offset_)) : 0);
  std::string label;
  if (!label_field_.empty()) {
    label = fmt::format("{} {}: ", printable(label_field_, 60), printable(label_id_, 80));
  }
  throw Error(ExitCode::kBadInput, fmt::format("{}:{}:{}: {}{}", context_.name, line,
                                               column_of(bytes_, offset), label, message));
}

void RecordSink::finish() {
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    const auto [begin, size] = ranges_[i];
    block_.records_[i].references = {block_.references_.data() + begin, size};
  }
}

}  // namespace vernier
