#include "metrics/spice/import_grammar.h"

#include <filesystem>

#include "base/io/byte_sink.h"
#include "metrics/spice/grammar/file/grammar_reader.h"
#include "metrics/spice/grammar/grammar.h"

namespace vernier::spice {

std::uint64_t import_grammar(const std::string& input, const std::string& output) {
  const std::string bytes = read_grammar_bytes(input);
  const std::uint64_t digest = Grammar(read_grammar_tables(bytes, input)).digest();
  const std::filesystem::path folder = std::filesystem::path(output).parent_path();
  std::error_code ignored;  // the sink says why it cannot write
  if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
  ByteSink sink(output);
  sink.write(bytes);
  sink.commit();
  return digest;
}

std::uint64_t grammar_digest(const std::string& path) { return Grammar::read(path)->digest(); }

}  // namespace vernier::spice
