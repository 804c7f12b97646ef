// Any parse through SPICE's steps from dependencies to tuples, any word through its lemmatiser: the
// same result again, no more tuples than combinations of words, names of tuples that are there. The
// first byte chooses: 0 a word (the second byte its tag, the others the word), else a parse of at
// most so many words, made of the bytes that follow.
#include <memory>

#include "metrics/spice/lemmas/lemma.h"
#include "metrics/spice/tuples/tuple_extractor.h"
#include "tests/fuzz/input.h"
#include "tests/metrics/spice/odd_parses.h"

namespace {

using namespace vernier;
using fuzz::require;

void check_lemma(fuzz::Input& input) {
  const auto tag = static_cast<spice::Label>(input.byte() % spice::kTagCount);
  std::string first = "x", second;
  spice::append_lemma(input.rest(), tag, first);
  spice::append_lemma(input.rest(), tag, second);
  require(first == "x" + second);
}

void check_tuples(fuzz::Input& input, std::size_t most_words) {
  const auto draw = [&](std::size_t n) {
    const std::size_t byte = input.byte();
    return (n <= 256 ? byte : byte << 8 | input.byte()) % n;
  };
  const std::size_t number = draw(4);
  const tests::OddParse odd = tests::make_odd_parse(draw(most_words + 1), draw);
  static spice::TupleExtractor used;
  spice::TupleList tuples, again;
  require(used.append(odd.words, odd.parse, number, tuples));
  require(std::make_unique<spice::TupleExtractor>()->append(odd.words, odd.parse, number, again));
  require(tuples == again);
  require(tuples.size() <= 4 * odd.words.size() * odd.words.size() + 100);
  for (const spice::Tuple& tuple : tuples.tuples()) {
    for (std::size_t i = 0; i < tuple.size(); ++i) require(tuple.names[i] < tuples.names());
  }
  used.collapsed_edges(odd.words, odd.parse, number);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::size_t most_words = input.byte();
  if (most_words == 0) {
    check_lemma(input);
  } else {
    check_tuples(input, most_words);
  }
  return 0;
}
