#include "datasets/scenes/language/reading/phrase_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace vernier::scenes {
namespace {

using View = std::string_view;

constexpr View kBlanks = " \t\r\n";
constexpr std::array<View, 9> kNumbers = {"two",   "three", "four", "five", "six",
                                          "seven", "eight", "nine", "ten"};
// The longer ones first: "under" and "on" begin others.
constexpr std::array<std::pair<View, Predicate>, 8> kPhrases = {
    {{"to the left of", Predicate::kLeftOf},
     {"to the right of", Predicate::kRightOf},
     {"left of", Predicate::kLeftOf},
     {"right of", Predicate::kRightOf},
     {"above", Predicate::kAbove},
     {"below", Predicate::kBelow},
     {"on top of", Predicate::kOnTopOf},
     {"under", Predicate::kUnder}}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
/// Bytes of other alphabets count as letters.
bool of_word(char c) {
  const char l = lower(c);
  return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '\'' ||
         static_cast<unsigned char>(c) >= 0x80;
}

View trimmed(View text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == View::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

template <class Value>
bool set_once(std::optional<Value>& place, std::optional<Value> value) {
  if (!value || place) return false;
  place = value;
  return true;
}

}  // namespace

PhraseReader::PhraseReader(View sentence) {
  for (std::size_t i = 0; i < sentence.size();) {
    const char c = sentence[i];
    if (kBlanks.find(c) != View::npos) {
      ++i;
    } else if (c == '"') {
      const std::size_t end = std::min(sentence.find('"', i + 1), sentence.size());
      tokens_.push_back({std::string(sentence.substr(i + 1, end - i - 1)), true});
      i = end + 1;
    } else {
      std::size_t end = i + 1;
      while (of_word(c) && end < sentence.size() && of_word(sentence[end])) ++end;
      std::string word(sentence.substr(i, end - i));
      std::ranges::transform(word, word.begin(), lower);
      tokens_.push_back({std::move(word), false});
      i = end;
    }
  }
}

std::optional<View> PhraseReader::peek() const {
  if (at_end() || tokens_[next_].quoted) return std::nullopt;
  return View(tokens_[next_].text);
}

bool PhraseReader::take(View words) {
  const std::size_t before = next_;
  while (!words.empty()) {
    const View word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    if (peek() != word) {
      next_ = before;
      return false;
    }
    ++next_;
  }
  return true;
}

bool PhraseReader::take_any(std::initializer_list<View> all) {
  return std::any_of(all.begin(), all.end(), [&](View words) { return take(words); });
}

std::optional<std::string> PhraseReader::take_quoted() {
  if (at_end() || !tokens_[next_].quoted) return std::nullopt;
  return tokens_[next_++].text;
}

std::optional<std::size_t> PhraseReader::take_number() {
  const std::optional<View> word = peek();
  if (!word) return std::nullopt;
  const auto named = std::find(kNumbers.begin(), kNumbers.end(), *word);
  std::size_t number = static_cast<std::size_t>(named - kNumbers.begin()) + 2;
  if (named == kNumbers.end()) {
    const char* const end = word->data() + word->size();
    const auto [stop, error] = std::from_chars(word->data(), end, number);
    if (error != std::errc() || stop != end) return std::nullopt;
  }
  ++next_;
  return number;
}

std::optional<Predicate> PhraseReader::take_predicate() {
  for (const auto& one : kPhrases) {
    if (take(one.first)) return one.second;
  }
  return std::nullopt;
}

bool PhraseReader::take_attribute(Description& out) {
  const std::optional<View> word = peek();
  if (!word || !(set_once(out.size, size_of(*word)) || set_once(out.pattern, pattern_of(*word)) ||
                 set_once(out.color, color_of(*word)))) {
    return false;
  }
  ++next_;
  return true;
}

std::optional<Description> PhraseReader::take_value() {
  Description out;
  if (!take_attribute(out)) return std::nullopt;
  return out;
}

std::optional<PhraseReader::Phrase> PhraseReader::take_phrase() {
  const std::size_t before = next_;
  Phrase out;
  while (take_attribute(out.description)) {
  }
  View noun = peek().value_or(View());
  out.description.shape = shape_of(noun);
  if (!out.description.shape && noun != "object" && noun.ends_with('s')) {
    noun.remove_suffix(1);
    out.plural = true;
    out.description.shape = shape_of(noun);
  }
  if (!out.description.shape && noun != "object") {
    next_ = before;
    return std::nullopt;
  }
  ++next_;
  const std::size_t behind = next_;
  if (take_any({"that says", "that say"})) {
    if (std::optional<std::string> said = take_quoted(); said && !said->empty()) {
      out.description.text = std::move(*said);
    } else {
      next_ = behind;
    }
  }
  return out;
}

std::vector<View> sentences_of(View text) {
  std::vector<View> out;
  const auto add = [&](View sentence) {
    sentence = trimmed(sentence);
    if (!sentence.empty()) out.push_back(sentence);
  };
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    // No quotation goes on behind a line's end, or one mark too few would swallow all that follows.
    quoted = c != '\n' && quoted != (c == '"');
    const bool mark = c == '.' || c == '!' || c == '?';
    const bool ends = i + 1 == text.size() || kBlanks.find(text[i + 1]) != View::npos;
    if (quoted || (c != '\n' && !(mark && ends))) continue;
    add(text.substr(begin, i + 1 - begin));
    begin = i + 1;
  }
  add(text.substr(begin));
  return out;
}

}  // namespace vernier::scenes
