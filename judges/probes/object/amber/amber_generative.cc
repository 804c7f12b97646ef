#include "judges/probes/object/amber/amber_generative.h"

#include <algorithm>

namespace vernier::probes {
namespace {

/// The words for a list of objects, in the order in which the script looks through them: words that
/// stand for the first object, for the second, ..., then the objects themselves.
class WordList {
 public:
  WordList(const std::vector<std::string>& objects, const AmberData& data)
      : objects_(objects), met_(objects.size()) {
    for (std::size_t n = 0; n < objects.size(); ++n) {
      for (const std::string& word : data.associations(objects[n])) words_.emplace_back(word, n);
    }
    for (std::size_t n = 0; n < objects.size(); ++n) words_.emplace_back(objects[n], n);
  }

  /// Marks the object that the word names and returns it; null where there is none.
  const std::string* meet(std::string_view word) {
    for (const auto& [known, object] : words_) {
      if (known != word) continue;
      met_[object] = true;
      return &objects_[object];
    }
    return nullptr;
  }
  std::uint64_t met() const {
    return static_cast<std::uint64_t>(std::count(met_.begin(), met_.end(), true));
  }

 private:
  const std::vector<std::string>& objects_;
  std::vector<std::pair<std::string_view, std::size_t>> words_;
  std::vector<bool> met_;
};

}  // namespace

std::vector<AmberNoun> AmberNouns::find(std::string_view text) {
  tokenizer_.tokenize(text, tokens_);
  tags_.clear();
  tools_.tagger->tag(tokens_.words, tags_);
  std::vector<AmberNoun> nouns;
  for (std::size_t i = 0; i < tokens_.words.size(); ++i) {
    if (!tags_[i].starts_with("NN")) continue;
    std::string lemma = tools_.word_net->lemma(tokens_.words[i], text::WordClass::kNoun);
    if (data_.in_lexicon(lemma)) nouns.push_back({std::move(lemma), tokens_.places[i]});
  }
  return nouns;
}

AmberGenerative& AmberGenerative::operator+=(const AmberGenerative& other) {
  n += other.n;
  mentions += other.mentions;
  hallucinated += other.hallucinated;
  covered += other.covered;
  truth += other.truth;
  hit += other.hit;
  targets += other.targets;
  clean += other.clean;
  return *this;
}

JudgedResponse judge_response(const std::vector<AmberNoun>& nouns, const AmberAnnotation& image,
                              const AmberData& data) {
  WordList truth(image.truth, data), targets(image.absent, data);
  JudgedResponse judged;
  AmberGenerative& counts = judged.counts;
  for (const AmberNoun& noun : nouns) {
    JudgedNoun& entry = judged.nouns.emplace_back();
    entry.noun = noun;
    ++counts.mentions;
    if (data.is_safe(noun.lemma)) {
      entry.verdict = AmberVerdict::kSafe;
    } else if (const std::string* object = truth.meet(noun.lemma)) {
      entry.verdict = AmberVerdict::kSupported;
      entry.object = *object;
    } else {
      ++counts.hallucinated;
      if (const std::string* target = targets.meet(noun.lemma)) {
        entry.verdict = AmberVerdict::kTarget;
        entry.object = *target;
      }
    }
  }
  counts.n = 1;
  counts.covered = truth.met();
  counts.truth = image.truth.size();
  counts.hit = targets.met();
  counts.targets = image.absent.size();
  counts.clean = counts.hallucinated == 0;
  return judged;
}

}  // namespace vernier::probes
