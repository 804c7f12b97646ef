#include "datasets/reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/json/cursor.h"
#include "datasets/json/records.h"
#include "datasets/records/record_sink.h"
#include "datasets/records/splitter.h"
#include "datasets/table/records.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier {
namespace {

constexpr std::size_t kHead = 64 << 10;         // first look at an input
constexpr std::size_t kMaxPrevious = 64 << 10;  // longest record kept to be named in a message

}  // namespace

struct RecordReader::State {
  std::unique_ptr<ByteSource> source;
  ReadContext context;
  std::unique_ptr<Splitter> splitter;

  ByteBuffer carry;  // read, but not yet part of a block
  bool source_end = false;
  bool done = false;
  bool any = false;  // a block was handed out
  std::uint64_t bytes_read = 0;
  std::uint64_t line = 1;  // of the first byte of carry
  LineCounter lines;
  std::string previous;  // last record of the last block
  std::uint64_t previous_line = 0;

  void fill(ByteBuffer& buffer, std::size_t size);
  void open(const std::string& path);
  bool next(RecordBlock::Raw& raw);
  void take_previous(const ByteBuffer& bytes, const Cut& cut, std::uint64_t cut_line);
  [[noreturn]] void refuse(const std::string& message) const {
    throw Error(ExitCode::kBadInput, fmt::format("{}: {}", context.name, message));
  }
};

void RecordReader::State::fill(ByteBuffer& buffer, std::size_t size) {
  std::size_t used = buffer.size();
  buffer.reserve(size);
  while (!source_end && used < size) {
    const std::size_t n = source->read(buffer.data() + used, size - used);
    source_end = n == 0;
    used += n;
    bytes_read += n;
  }
  buffer.resize(used);
}

void RecordReader::State::open(const std::string& path) {
  source = ByteSource::open(path, context.options.expansion);
  context.name = source->name();
  context.names = FieldNames(context.options.fields);
  std::optional<Layout> layout;
  for (std::size_t size = kHead; !layout; size *= 2) {
    fill(carry, size);
    if (size == kHead && carry.view().starts_with("\xEF\xBB\xBF")) carry.erase_front(3);
    layout = detect_layout(carry.view(), source_end, context.options.format, context.names,
                           context.name);
  }
  context.layout = *layout;
  if (context.layout.header) {
    std::size_t size = 0;
    context.columns = table::parse_header(carry.view(), context.layout, context.names, size);
    if (text::find_invalid_utf8(carry.view().substr(0, size)) != std::string_view::npos) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}:1: expected column names in UTF-8", context.name));
    }
    line += lines.count(carry.view().substr(0, size));
    carry.erase_front(size);
  }
  splitter = make_splitter(context.layout);
}

/// Keeps a copy of the last record of a block: should the input end in the middle of the next
/// record, the message names the last good one.
void RecordReader::State::take_previous(const ByteBuffer& bytes, const Cut& cut,
                                        std::uint64_t cut_line) {
  previous.clear();
  if (cut.previous == Cut::npos || cut.end - cut.previous > kMaxPrevious) return;
  previous = bytes.view().substr(cut.previous, cut.end - cut.previous);
  previous_line =
      cut_line + LineCounter().count(bytes.view().substr(cut.begin, cut.previous - cut.begin));
}

bool RecordReader::State::next(RecordBlock::Raw& raw) {
  std::size_t want = context.options.block_bytes;
  raw.bytes.assign(carry.view());
  for (;;) {
    fill(raw.bytes, want);
    // The first look at the input may have read more than a block.
    const std::string_view data = raw.bytes.view().substr(0, want);
    const bool last = source_end && data.size() == raw.bytes.size();
    Cut cut;
    try {
      cut = splitter->split(data, last);
    } catch (const json::Fault& fault) {
      const std::uint64_t at = line + lines.count(data.substr(0, fault.offset));
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}:{}: {}, found '{}'", context.name, at, fault.message,
                              printable(data.substr(fault.offset), 12)));
    }
    const bool full =
        !cut.found && cut.consumed == 0 && !last && data.size() >= context.options.max_record_bytes;
    if (full) {
      cut.found = raw.too_long = true;
      cut.end = cut.consumed = data.size();
    }
    if (cut.found || cut.unclosed) {
      raw.begin = cut.begin;
      raw.end = cut.end;
      raw.unclosed = cut.unclosed;
      raw.broken = cut.broken;
      raw.last = last && (cut.end == data.size() || cut.unclosed);
      raw.line = line + lines.count(data.substr(0, cut.begin));
      raw.previous = previous;
      raw.previous_line = previous_line;
      line = raw.line + lines.count(data.substr(cut.begin, cut.consumed - cut.begin));
      if (!cut.found) {
        raw.end = raw.begin;
      } else {
        take_previous(raw.bytes, cut, raw.line);
      }
      carry.assign(raw.bytes.view().substr(cut.consumed));
      done = raw.last || raw.broken || raw.too_long;
      any = any || data.find_first_not_of(" \t\r\n") != std::string_view::npos;
      return true;
    }
    line += lines.count(data.substr(0, cut.consumed));
    raw.bytes.erase_front(cut.consumed);
    if (last) return false;
    if (cut.consumed == 0)
      want = std::min(2 * std::max(want, data.size()), context.options.max_record_bytes);
  }
}

RecordReader::RecordReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordReader::~RecordReader() = default;

std::unique_ptr<RecordReader> RecordReader::open(const std::string& path,
                                                 const ReadOptions& options) {
  auto state = std::make_unique<State>();
  state->context.options = options;
  // The parser's offsets into a block are 32 bits wide.
  std::size_t& limit = state->context.options.max_record_bytes;
  limit = std::min<std::size_t>(limit, std::size_t{2} << 30);
  std::size_t& block = state->context.options.block_bytes;
  block = std::clamp<std::size_t>(block, 1, limit);
  state->open(path);
  return std::unique_ptr<RecordReader>(new RecordReader(std::move(state)));
}

Format RecordReader::format() const { return state_->context.layout.format; }
const std::string& RecordReader::name() const { return state_->context.name; }
std::uint64_t RecordReader::bytes_read() const { return state_->bytes_read; }

bool RecordReader::next(RecordBlock& block) {
  block.clear();
  State& state = *state_;
  if (!state.done && state.next(block.raw_)) return true;
  state.done = true;
  if (!state.any) {
    const std::string& member = state.context.layout.member;
    state.refuse(member.empty()
                     ? "no records"
                     : fmt::format("no records: expected objects in the array \"{}\"", member));
  }
  return false;
}

void RecordReader::parse(RecordBlock& block) const {
  const ReadContext& context = state_->context;
  RecordSink sink(context, block);
  bool whole = true;
  switch (context.layout.shape) {
    case Layout::Shape::kLines:
      table::parse_lines(sink);
      break;
    case Layout::Shape::kTable:
      whole = table::parse_rows(sink);
      break;
    default:
      whole = json::parse_records(sink);
  }
  sink.finish();
  if (block.raw_.too_long) {
    sink.refuse(block.raw_bytes(), fmt::format("expected a record of at most {} bytes",
                                               context.options.max_record_bytes));
  }
  if (whole && block.raw_.broken) sink.refuse(block.raw_bytes(), "brackets that do not match");
  if (whole && !block.raw_.unclosed) return;
  if (context.options.allow_truncated) {
    ++block.counts_.truncated_records;
    return;
  }
  throw Error(ExitCode::kBadInput, describe_truncation(block, sink.line(), whole));
}

/// The message about an input that ends too early, with the last record that is whole.
std::string RecordReader::describe_truncation(const RecordBlock& block, std::uint64_t line,
                                              bool whole) const {
  const ReadContext& context = state_->context;
  const auto label = [](const Record& record) {
    const std::string_view id = record.id.empty() ? record.image_id : record.id;
    return id.empty() ? std::string() : fmt::format("id {} on ", printable(id, 80));
  };
  std::string good = "no record is whole";
  if (!block.records_.empty()) {
    const Record& record = block.records_.back();
    good = fmt::format("the last whole record is {}line {}", label(record), record.line);
  } else if (!block.raw_.previous.empty()) {
    RecordBlock previous;
    previous.raw_.bytes.assign(block.raw_.previous);
    previous.raw_.end = block.raw_.previous.size();
    previous.raw_.line = block.raw_.previous_line;
    parse(previous);
    if (!previous.records_.empty()) {
      const Record& record = previous.records_.back();
      good = fmt::format("the last whole record is {}line {}", label(record), record.line);
    }
  }
  return fmt::format("{}:{}: the input ends {}: truncated? {}; --allow-truncated drops the rest",
                     context.name, line,
                     whole ? "before its closing bracket" : "in the middle of a record", good);
}

void RecordReader::check(const ReadCounts& totals) const {
  if (totals.records > 0) return;
  if (totals.other_splits > 0) {
    state_->refuse(fmt::format("none of {} images is in the split \"{}\"", totals.other_splits,
                               state_->context.options.split));
  }
  state_->refuse("no records");
}

}  // namespace vernier
