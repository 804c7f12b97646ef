// The grammar file of SPICE's exact parser with any damage: reading it and parsing with it work or
// end in Error(kResource).
//
// The first byte chooses: 1 the bytes as they are, 2 the grammar cut, else edits
// (fuzz::edit).
#include <string>
#include <vector>

#include "base/error.h"
#include "metrics/spice/chart/constituency_parser.h"
#include "metrics/spice/grammar/file/grammar_reader.h"
#include "tests/fuzz/input.h"
#include "tests/metrics/spice/java_grammar.h"

namespace {

using namespace vernier;
using fuzz::require;

std::string damaged(fuzz::Input& input) {
  static const std::string whole = tests::SmallGrammar().write();
  const std::uint8_t mode = input.byte();
  if ((mode & 1) != 0) return std::string(input.rest());
  std::string bytes = whole;
  if ((mode & 2) != 0) bytes.resize(input.u16() % (whole.size() + 1));
  fuzz::edit(bytes, input);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::string bytes = damaged(input);
  try {
    const spice::ConstituencyParser parser(
        std::make_shared<const spice::Grammar>(spice::read_grammar_tables(bytes, "fuzzed")));
    spice::ConstituencyParser::Worker worker(parser);
    spice::Tree tree;
    for (const std::vector<std::string_view>& words :
         {std::vector<std::string_view>{"the", "dog", "runs"}, {"Wugs"}, {"the", "the", "the"}}) {
      require(worker.parse(words, tree));
      require(!tree.empty() && tree[0].end == tree.size());
    }
  } catch (const Error& error) {
    require(error.code() == ExitCode::kResource);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
  }
  return 0;
}
