// Any candidate and references through METEOR with data of a few words: a score from 0 to 1, the
// same when computed again, and by Scorer where the tokeniser is METEOR's own (ptb; others let the
// normaliser see more); matches that lie within the texts and do not overlap. The first byte
// chooses the tokeniser, bytes 0xFF separate the texts.
#include <memory>
#include <string>
#include <vector>

#include "metrics/meteor/meteor.h"
#include "metrics/scorer.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/small_meteor_data.h"

namespace {

using namespace vernier;
using fuzz::require;

double score(const std::string& data, const std::vector<std::string>& references,
             const std::string& candidate) {
  MetricOptions options;
  options.meteor_data = data;
  Scorer scorer({"meteor"}, options);
  scorer.add(candidate, std::vector<std::string_view>(references.begin(), references.end()));
  const ScoreResult result = scorer.finish();
  require(result.corpus("meteor") == result.sample(0, "meteor"));
  return result.corpus("meteor");
}

/// Counts the words that a match takes.
void take(std::vector<bool>& taken, std::size_t begin, std::size_t words) {
  require(words > 0 && begin <= taken.size() && words <= taken.size() - begin);
  for (std::size_t i = begin; i < begin + words; ++i) {
    require(!taken[i]);
    taken[i] = true;
  }
}

void require_sound(const MeteorAlignment& alignment, std::size_t references) {
  require(alignment.score >= 0 && alignment.score <= 1);
  require(alignment.reference < references);
  require(alignment.chunks <= alignment.matches.size());
  for (const auto* words : {&alignment.candidate_words, &alignment.reference_words}) {
    for (const std::string& word : *words) {
      require(!word.empty());
      fuzz::require_utf8(word);
    }
  }
  std::vector<bool> candidate(alignment.candidate_words.size());
  std::vector<bool> reference(alignment.reference_words.size());
  for (const MeteorMatch& match : alignment.matches) {
    take(candidate, match.candidate, match.candidate_words);
    take(reference, match.reference, match.reference_words);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::MemoryFile file(fuzz::small_meteor_data());
  static const std::shared_ptr<const text::Tokenizer> tokenizers[] = {
      text::open_tokenizer("ptb"), text::open_tokenizer("none"), text::open_tokenizer("char"),
      text::open_tokenizer("ptb-raw")};
  fuzz::Input input(data, size);
  const std::shared_ptr<const text::Tokenizer> tokenizer = input.one_of(tokenizers);
  std::vector<std::string> references = fuzz::read_texts(input.rest(), 5);
  const std::string candidate = references[0];
  if (references.size() > 1) references.erase(references.begin());

  const auto align = [&] {
    return align_meteor({file.path(), true, tokenizer}, candidate, references);
  };
  const MeteorAlignment alignment = align();
  require_sound(alignment, references.size());
  const bool own = tokenizer == tokenizers[0];
  require(alignment.score == (own ? score(file.path(), references, candidate) : align().score));
  return 0;
}
