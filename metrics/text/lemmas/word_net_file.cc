#include "metrics/text/lemmas/word_net_file.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/io/byte_source.h"

namespace vernier::text {

std::string read_word_net_file(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: no such file; WordNet 3.0 comes with Debian's package "
                            "wordnet-base, or name its folder with --wordnet",
                            path));
  }
  return ByteSource::open(path)->read_rest();
}

}  // namespace vernier::text
