// Any bytes, read as any format: records or one Error(kBadInput), and the same whatever the size of
// the blocks. The first byte chooses format and options, the second the size of the blocks.
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "datasets/reader.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;
using fuzz::require_utf8;

/// All that was read, as one string; nothing when reading ended in an error.
std::optional<std::string> read(const std::string& path, const ReadOptions& options) {
  std::string all;
  try {
    const auto reader = RecordReader::open(path, options);
    ReadCounts counts;
    std::uint64_t line = 1;
    for (RecordBlock block; reader->next(block);) {
      reader->parse(block);
      counts += block.counts();
      for (const Record& record : block.records()) {
        for (const std::string_view text : {record.id, record.image_id, record.text, record.meta}) {
          require_utf8(text);
          all += text;
          all += '\1';
        }
        for (const std::string_view reference : record.references) {
          require_utf8(reference);
          all += reference;
          all += '\2';
        }
        require(record.line >= line);
        require(record.has_text || record.has_references);
        line = record.line;
        all += std::to_string(line) + (record.has_text ? 't' : '-') + '\n';
      }
    }
    reader->check(counts);
    require(counts.truncated_records <= (options.allow_truncated ? 1 : 0));
    all += std::to_string(counts.replaced_invalid) + ' ' + std::to_string(counts.truncated_records);
  } catch (const Error& error) {
    require(error.code() == ExitCode::kBadInput);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
    return std::nullopt;
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  constexpr Format kFormats[] = {Format::kAuto,     Format::kAuto,  Format::kAuto,
                                 Format::kAuto,     Format::kAuto,  Format::kCocoAnnotations,
                                 Format::kKarpathy, Format::kTsv,   Format::kCsv,
                                 Format::kFlickr,   Format::kLines, Format::kJsonLines};
  ReadOptions options;
  options.format = kFormats[(data[0] >> 3) % std::size(kFormats)];
  options.allow_truncated = (data[0] & 1) != 0;
  options.replace_invalid = (data[0] & 2) != 0;
  options.read_references = (data[0] & 4) == 0;
  options.split = "all";
  const fuzz::MemoryFile file(fuzz::as_text(data + 2, size - 2));
  const std::optional<std::string> whole = read(file.path(), options);
  options.block_bytes = data[1] + 1u;
  require(read(file.path(), options) == whole);
  return 0;
}
