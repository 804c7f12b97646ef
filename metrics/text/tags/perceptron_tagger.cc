#include "metrics/text/tags/perceptron_tagger.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "base/error.h"
#include "base/hash.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::text {
namespace {

using View = std::string_view;

bool is_digit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  const int type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE);
  return type == U_NT_DECIMAL || type == U_NT_DIGIT;
}

/// The last three characters.
View suffix(View word) {
  std::size_t pos = word.size();
  for (int n = 0; n < 3 && pos > 0; ++n) {
    do {
      --pos;
    } while (pos > 0 && (word[pos] & 0xC0) == 0x80);
  }
  return word.substr(pos);
}

View first_character(View word) {
  std::size_t pos = 0;
  if (!word.empty()) next_code_point(word, pos);
  return word.substr(0, pos);
}

/// A word as its neighbours see it.
std::string normalized(View word) {
  if (word.find('-') != View::npos && word[0] != '-') return "!HYPHEN";
  std::size_t pos = 0, digits = 0, characters = 0;
  bool first = false;
  while (pos < word.size() && characters < 5) {
    const bool digit = is_digit(next_code_point(word, pos));
    first = characters == 0 ? digit : first;
    digits += digit;
    ++characters;
  }
  if (characters == 4 && digits == 4 && pos == word.size()) return "!YEAR";
  if (first) return "!DIGITS";
  return to_lower(word);
}

class Scorer {
 public:
  explicit Scorer(const PerceptronModel& model) : model_(model), scores_(model.tags.size()) {}

  void clear() { std::ranges::fill(scores_, 0.0); }

  /// Adds the weights of a feature: its name and arguments, single blanks between.
  template <class... Arguments>
  void add(View name, Arguments... arguments) {
    key_.assign(name);
    ((key_ += ' ', key_ += arguments), ...);
    for (const PerceptronModel::Weight& weight : model_.find(hash_bytes(key_))) {
      scores_[weight.tag] += weight.value;
    }
  }

  /// The largest; of equals the last.
  std::uint32_t best() const {
    std::uint32_t best = 0;
    for (std::uint32_t tag = 1; tag < scores_.size(); ++tag) {
      if (scores_[tag] >= scores_[best]) best = tag;
    }
    return best;
  }

 private:
  const PerceptronModel& model_;
  std::vector<double> scores_;
  std::string key_;
};

}  // namespace

void PerceptronModel::index(const std::vector<Feature>& list) {
  features.assign(std::bit_ceil(list.size() * 2 + 2), Feature{});
  for (const Feature& feature : list) {
    std::size_t i = feature.hash & (features.size() - 1);
    while (features[i].hash != 0 && features[i].hash != feature.hash) {
      i = (i + 1) & (features.size() - 1);
    }
    if (features[i].hash == feature.hash || feature.hash == 0) {
      throw Error(ExitCode::kResource,
                  "the tagger's features cannot be told apart by their hashes");
    }
    features[i] = feature;
  }
}

void PerceptronTagger::tag(const TokenList& tokens, std::vector<View>& tags) const {
  // context[i + 2] is token i
  std::vector<std::string> context = {"-START-", "-START2-"};
  for (std::size_t i = 0; i < tokens.size(); ++i) context.push_back(normalized(tokens[i]));
  context.emplace_back("-END-");
  context.emplace_back("-END2-");
  View previous = "-START-", before = "-START2-";
  Scorer scorer(model_);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const View word = tokens[i];
    std::uint32_t tag = 0;
    if (const auto known = model_.known.find(word); known != model_.known.end()) {
      tag = known->second;
    } else {
      const std::string* at = &context[i + 2];
      scorer.clear();
      scorer.add("bias");
      scorer.add("i suffix", suffix(word));
      scorer.add("i pref1", first_character(word));
      scorer.add("i-1 tag", previous);
      scorer.add("i-2 tag", before);
      scorer.add("i tag+i-2 tag", previous, before);
      scorer.add("i word", View(at[0]));
      scorer.add("i-1 tag+i word", previous, View(at[0]));
      scorer.add("i-1 word", View(at[-1]));
      scorer.add("i-1 suffix", suffix(at[-1]));
      scorer.add("i-2 word", View(at[-2]));
      scorer.add("i+1 word", View(at[1]));
      scorer.add("i+1 suffix", suffix(at[1]));
      scorer.add("i+2 word", View(at[2]));
      tag = scorer.best();
    }
    tags.push_back(model_.tags[tag]);
    before = previous;
    previous = model_.tags[tag];
  }
}

}  // namespace vernier::text
