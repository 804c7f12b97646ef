#include "judges/probes/object/words/normaliser.h"

#include "metrics/text/lemmas/pattern_singular.h"

namespace vernier::probes {
namespace {

struct Name {
  Normalisation normalisation;
  const char* name;
};
constexpr Name kNames[] = {{Normalisation::kPattern, "pattern"},
                           {Normalisation::kTaggedWordNet, "wnpos"},
                           {Normalisation::kWordNetNouns, "wn"}};

/// Whatever is no adjective, verb or adverb counts as a noun.
text::WordClass class_of(std::string_view tag) {
  if (tag.starts_with('J')) return text::WordClass::kAdjective;
  if (tag.starts_with('V')) return text::WordClass::kVerb;
  if (tag.starts_with('R')) return text::WordClass::kAdverb;
  return text::WordClass::kNoun;
}

}  // namespace

const char* normalisation_name(Normalisation normalisation) {
  for (const Name& known : kNames) {
    if (known.normalisation == normalisation) return known.name;
  }
  return "";
}

std::optional<Normalisation> parse_normalisation(std::string_view name) {
  for (const Name& known : kNames) {
    if (known.name == name) return known.normalisation;
  }
  return std::nullopt;
}

std::string_view Normaliser::form(std::string_view word,
                                  std::optional<text::WordClass> word_class) {
  Known& known = known_[word_class ? static_cast<std::size_t>(*word_class) : 0];
  if (const auto found = known.find(word); found != known.end()) return found->second;
  std::string made =
      word_class ? tools_.word_net->lemma(word, *word_class) : text::pattern_singular(word);
  return known.emplace(word, std::move(made)).first->second;
}

void Normaliser::normalise(const text::TokenList& words, std::vector<std::string_view>& forms) {
  for (Known& known : known_) {
    if (known.size() > kMostKnown) known.clear();
  }
  tags_.clear();
  if (normalisation_ == Normalisation::kTaggedWordNet) tools_.tagger->tag(words, tags_);
  for (std::size_t i = 0; i < words.size(); ++i) {
    switch (normalisation_) {
      case Normalisation::kPattern:
        forms.push_back(form(words[i], std::nullopt));
        break;
      case Normalisation::kWordNetNouns:
        forms.push_back(form(words[i], text::WordClass::kNoun));
        break;
      case Normalisation::kTaggedWordNet:
        forms.push_back(form(words[i], class_of(tags_[i])));
        break;
    }
  }
}

}  // namespace vernier::probes
