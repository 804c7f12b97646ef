#include "judges/probes/words/content_words.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace vernier::probes {
namespace {

using View = std::string_view;

// Nouns that place, count or frame other things. They are true of nearly any image, and people who
// mark invented words pass them over. And what answers begin with.
constexpr auto kFraming = std::to_array<View>(
    {"answer",     "area",    "back",      "background", "bottom",  "bunch",  "close",  "corner",
     "couple",     "edge",    "end",       "front",      "group",   "hello",  "hi",     "image",
     "inside",     "item",    "kind",      "left",       "lot",     "middle", "no",     "number",
     "object",     "okay",    "one",       "other",      "outside", "pair",   "part",   "photo",
     "photograph", "picture", "piece",     "pile",       "please",  "right",  "row",    "scene",
     "set",        "side",    "something", "sort",       "stack",   "sure",   "thanks", "thing",
     "top",        "type",    "variety",   "view",       "way",     "yes"});
constexpr auto kEmptyVerbs = std::to_array<View>({"be", "do", "have"});
constexpr auto kNumbers =
    std::to_array<View>({"zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
                         "nine", "ten", "eleven", "twelve"});

template <std::size_t kSize>
bool holds(const std::array<View, kSize>& list, const std::vector<std::string>& forms) {
  return std::ranges::any_of(
      forms, [&](View form) { return std::ranges::find(list, form) != list.end(); });
}

bool has_letter_or_digit(View word) {
  return std::ranges::any_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
  });
}

bool is_noun(View tag) { return tag.starts_with("NN"); }

}  // namespace

const char* content_kind_name(ContentKind kind) {
  constexpr const char* kNames[] = {"noun", "verb", "adjective", "number"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool is_framing_noun(View lemma) { return std::ranges::find(kFraming, lemma) != kFraming.end(); }

std::optional<std::uint32_t> number_of(View word) {
  const auto written = std::ranges::find(kNumbers, word);
  if (written != kNumbers.end()) return static_cast<std::uint32_t>(written - kNumbers.begin());
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || value > 999) return std::nullopt;
  return value;
}

std::vector<std::string> ContentWordFinder::forms(View word, text::WordClass word_class) const {
  return tools_.word_net->forms(word, word_class);
}

/// Whether "no" or "without" stands before a word, with an article or adjectives between at most.
bool ContentWordFinder::is_negated(std::size_t n) const {
  while (n-- > 0 && tokens_.sentences[n] == tokens_.sentences[n + 1]) {
    const View word = tokens_.words[n];
    if (word == "no" || word == "without") return true;
    if (tags_[n] != "DT" && !tags_[n].starts_with("JJ")) return false;
  }
  return false;
}

std::optional<ContentWord> ContentWordFinder::compound_at(std::size_t n) const {
  if (n + 1 >= tokens_.words.size() || !is_noun(tags_[n + 1])) return std::nullopt;
  if (!is_noun(tags_[n]) && !tags_[n].starts_with("JJ")) return std::nullopt;
  if (tokens_.sentences[n] != tokens_.sentences[n + 1]) return std::nullopt;
  const std::string first(tokens_.words[n]), second(tokens_.words[n + 1]);
  ContentWord word;
  word.forms = forms(first + "_" + second, text::WordClass::kNoun);
  if (word.forms.empty()) return std::nullopt;
  word.head = tools_.word_net->lemma(second, text::WordClass::kNoun);
  if (!is_noun(tags_[n])) {
    // "old man" is in WordNet too; the man alone says as much.
    const auto whole = senses_.senses(word.forms.front(), text::WordClass::kNoun);
    for (const text::Sense head : senses_.senses(word.head, text::WordClass::kNoun)) {
      if (!whole.empty() && senses_.is_a(whole.front(), head)) return std::nullopt;
    }
  }
  word.text = first + " " + second;
  word.place = {tokens_.places[n].begin, tokens_.places[n + 1].end};
  word.sentence = tokens_.sentences[n];
  return word;
}

std::optional<ContentWord> ContentWordFinder::word_at(std::size_t n) const {
  // Taggers that never saw punctuation take it for nouns.
  if (!has_letter_or_digit(tokens_.words[n])) return std::nullopt;
  ContentWord word;
  word.text = tokens_.words[n];
  word.place = tokens_.places[n];
  word.sentence = tokens_.sentences[n];
  const View tag = tags_[n];
  if (const auto number = number_of(word.text); number && tag == "CD") {
    if (*number == 1) return std::nullopt;  // "one of them", "a red one"
    word.kind = ContentKind::kNumber;
    word.number = *number;
    return word;
  }
  text::WordClass word_class;
  if (is_noun(tag)) {
    word_class = text::WordClass::kNoun;
  } else if (tag.starts_with("VB")) {
    word_class = text::WordClass::kVerb;
    word.kind = ContentKind::kVerb;
  } else if (tag.starts_with("JJ")) {
    word_class = text::WordClass::kAdjective;
    word.kind = ContentKind::kAdjective;
  } else {
    return std::nullopt;
  }
  // A tag that WordNet has nothing for is wrong more often than not ("a car sits": NNS).
  constexpr std::pair<text::WordClass, ContentKind> kClasses[] = {
      {text::WordClass::kNoun, ContentKind::kNoun},
      {text::WordClass::kVerb, ContentKind::kVerb},
      {text::WordClass::kAdjective, ContentKind::kAdjective}};
  word.forms = forms(word.text, word_class);
  for (const auto& [other, kind] : kClasses) {
    if (other == word_class) continue;
    std::vector<std::string> found = forms(word.text, other);
    if (found.empty()) continue;
    if (word.forms.empty()) {
      word.forms = std::move(found);
      word.kind = kind;
    } else {
      word.other_forms.insert(word.other_forms.end(), found.begin(), found.end());
    }
  }
  if (word.forms.empty()) word.forms.push_back(word.text);
  if (word.kind == ContentKind::kNoun && std::ranges::any_of(word.forms, is_framing_noun))
    return std::nullopt;
  if (word.kind == ContentKind::kVerb && holds(kEmptyVerbs, word.forms)) return std::nullopt;
  return word;
}

TextWords ContentWordFinder::find(View text) {
  TextWords out;
  tokenizer_.tokenize(text, tokens_);
  tags_.clear();
  tools_.tagger->tag(tokens_.words, tags_);
  out.sentences = tokens_.sentence_count;
  for (std::size_t n = 0; n < tokens_.words.size(); ++n) out.all.emplace_back(tokens_.words[n]);
  for (std::size_t n = 0; n < tokens_.words.size(); ++n) {
    if (auto compound = compound_at(n)) {
      compound->negated = is_negated(n);
      out.content.push_back(std::move(*compound));
      ++n;
    } else if (auto word = word_at(n)) {
      word->negated = is_negated(n);
      out.content.push_back(std::move(*word));
    }
  }
  return out;
}

}  // namespace vernier::probes
