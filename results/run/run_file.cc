#include "results/run/run_file.h"

#include <simdjson.h>

#include <memory>

#include "base/io/byte_source.h"
#include "results/run/run_parser.h"

namespace vernier {

std::size_t Run::find(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? npos : found->second;
}

Run read_run(const std::string& path) {
  const auto source = ByteSource::open(path);
  RunParser parser(source->name());
  std::string buffer(std::size_t{1} << 20, '\0');
  std::size_t begin = 0, end = 0;  // bytes in the buffer that no line was made of yet
  for (;;) {
    const std::size_t newline = std::string_view(buffer.data(), end).find('\n', begin);
    if (newline != std::string_view::npos) {
      parser.line(std::string_view(buffer).substr(begin, newline - begin));
      begin = newline + 1;
      continue;
    }
    if (begin > 0) {
      buffer.erase(0, begin);
      end -= begin;
      begin = 0;
    }
    if (buffer.size() < 2 * end + (std::size_t{1} << 20)) {
      buffer.resize(2 * end + (std::size_t{1} << 20));
    }
    const std::size_t n =
        source->read(buffer.data() + end, buffer.size() - end - simdjson::SIMDJSON_PADDING);
    if (n == 0) return parser.finish(end > 0);
    end += n;
  }
}

}  // namespace vernier
