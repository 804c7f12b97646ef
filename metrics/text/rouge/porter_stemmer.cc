#include "metrics/text/rouge/porter_stemmer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace vernier::text {
namespace {

enum class Letter : std::uint8_t { kConsonant, kVowel, kY };

// Digits count as consonants, as they do in NLTK.
constexpr std::array<Letter, 256> kLetters = [] {
  std::array<Letter, 256> letters{};
  for (const unsigned char c : {'a', 'e', 'i', 'o', 'u'}) letters[c] = Letter::kVowel;
  letters['y'] = Letter::kY;
  return letters;
}();

struct Rule {
  std::string_view suffix, replacement;
};

// Words whose stem is given, all of them NLTK's.
constexpr Rule kIrregular[] = {
    {"sky", "sky"},        {"skies", "sky"},       {"dying", "die"},        {"lying", "lie"},
    {"tying", "tie"},      {"news", "news"},       {"innings", "inning"},   {"inning", "inning"},
    {"outings", "outing"}, {"outing", "outing"},   {"cannings", "canning"}, {"canning", "canning"},
    {"howe", "howe"},      {"proceed", "proceed"}, {"exceed", "exceed"},    {"succeed", "succeed"}};

// Rules of a step, in the order in which they are tried; only the first suffix that fits counts.
constexpr Rule kStep2[] = {
    {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"},
    {"bli", "ble"},     {"alli", "al"},     {"entli", "ent"}, {"eli", "e"},     {"ousli", "ous"},
    {"ization", "ize"}, {"ation", "ate"},   {"ator", "ate"},  {"alism", "al"},  {"iveness", "ive"},
    {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"},  {"iviti", "ive"}, {"biliti", "ble"},
    {"fulli", "ful"},   {"logi", "log"}};
constexpr Rule kStep3[] = {{"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"},
                           {"ical", "ic"},  {"ful", ""},   {"ness", ""}};
constexpr Rule kStep4[] = {{"al", ""},   {"ance", ""}, {"ence", ""}, {"er", ""},    {"ic", ""},
                           {"able", ""}, {"ible", ""}, {"ant", ""},  {"ement", ""}, {"ment", ""},
                           {"ent", ""},  {"ion", ""},  {"ou", ""},   {"ism", ""},   {"ate", ""},
                           {"iti", ""},  {"ous", ""},  {"ive", ""},  {"ize", ""}};

// One bit for each of a-z, none for digits.
constexpr std::uint32_t letter_bit(char c) { return c < 'a' ? 0 : std::uint32_t{1} << (c - 'a'); }

// By last letter, the letters before it in the suffixes of a step: most words are done with one
// look at their last two letters.
using Endings = std::array<std::uint32_t, 26>;
template <std::size_t kSize>
constexpr Endings endings(const Rule (&rules)[kSize]) {
  Endings before{};
  for (const auto& [suffix, replacement] : rules) {
    before[std::size_t(suffix.back() - 'a')] |= letter_bit(suffix[suffix.size() - 2]);
  }
  return before;
}
constexpr Endings kStep2Endings = endings(kStep2);
constexpr Endings kStep3Endings = endings(kStep3);
constexpr Endings kStep4Endings = endings(kStep4);

// By length, the first and last letters of the irregular words.
struct Ends {
  std::uint32_t first = 0, last = 0;
};
constexpr auto kIrregularEnds = [] {
  std::array<Ends, 9> ends{};
  for (const auto& [word, stem] : kIrregular) {
    ends[word.size()].first |= letter_bit(word.front());
    ends[word.size()].last |= letter_bit(word.back());
  }
  return ends;
}();

class Word {
 public:
  explicit Word(std::span<char> letters) : letters_(letters.data()), size_(letters.size()) {}

  std::size_t stem() {
    if (size_ <= 2 || irregular()) return size_;
    plurals();
    past_and_gerund();
    final_y();
    if (ends("alli") && measure(size_ - 4) > 0) size_ -= 2;
    apply(kStep2, kStep2Endings, 1);
    apply(kStep3, kStep3Endings, 1);
    apply(kStep4, kStep4Endings, 2);
    final_e();
    if (ends("ll") && measure(size_ - 1) > 1) --size_;
    return size_;
  }

 private:
  std::string_view view() const { return {letters_, size_}; }
  bool ends(std::string_view suffix) const { return view().ends_with(suffix); }
  char last() const { return letters_[size_ - 1]; }
  void replace(std::size_t suffix, std::string_view replacement) {
    std::memcpy(letters_ + size_ - suffix, replacement.data(), replacement.size());
    size_ += replacement.size() - suffix;
  }

  // A y is a consonant at the start and after a vowel.
  bool is_vowel(std::size_t i) const {
    const Letter letter = kLetters[static_cast<unsigned char>(letters_[i])];
    if (letter != Letter::kY) return letter == Letter::kVowel;
    std::size_t run = i;
    while (run > 0 && letters_[run - 1] == 'y') --run;
    const bool first =
        run > 0 && kLetters[static_cast<unsigned char>(letters_[run - 1])] == Letter::kConsonant;
    return first != ((i - run) % 2 == 1);
  }
  bool is_consonant(std::size_t i) const { return !is_vowel(i); }

  // Porter's m of the first `size` letters, the number of changes from vowel to consonant, counted
  // to two, which is all that the rules ask.
  unsigned measure(std::size_t size) const {
    unsigned changes = 0;
    bool was_vowel = false;
    for (std::size_t i = 0; i < size; ++i) {
      const Letter letter = kLetters[static_cast<unsigned char>(letters_[i])];
      const bool vowel = letter == Letter::kY ? i > 0 && !was_vowel : letter == Letter::kVowel;
      if (was_vowel && !vowel && ++changes == 2) break;
      was_vowel = vowel;
    }
    return changes;
  }
  bool has_vowel(std::size_t size) const {
    for (std::size_t i = 0; i < size; ++i) {
      const Letter letter = kLetters[static_cast<unsigned char>(letters_[i])];
      if (letter == Letter::kVowel || (letter == Letter::kY && i > 0)) return true;
    }
    return false;
  }
  bool ends_double_consonant() const {
    return size_ >= 2 && last() == letters_[size_ - 2] && is_consonant(size_ - 1);
  }
  // Porter's *o, widened by NLTK to words of a vowel and a consonant.
  bool ends_cvc(std::size_t size) const {
    if (size == 2) return is_vowel(0) && is_consonant(1);
    if (size < 3) return false;
    const char c = letters_[size - 1];
    return c != 'w' && c != 'x' && c != 'y' && is_consonant(size - 1) && is_vowel(size - 2) &&
           is_consonant(size - 3);
  }

  bool irregular() {
    if (size_ >= kIrregularEnds.size()) return false;
    const auto& [firsts, lasts] = kIrregularEnds[size_];
    if ((firsts & letter_bit(letters_[0])) == 0 || (lasts & letter_bit(last())) == 0) return false;
    for (const auto& [word, stem] : kIrregular) {
      if (view() != word) continue;
      replace(size_, stem);
      return true;
    }
    return false;
  }

  void plurals() {
    if (last() != 's') return;
    if (ends("ies")) {
      size_ -= size_ == 4 ? 1 : 2;
    } else if (ends("sses")) {
      size_ -= 2;
    } else if (!ends("ss")) {
      --size_;
    }
  }

  void past_and_gerund() {
    if (ends("ied")) {
      size_ -= size_ == 4 ? 1 : 2;
      return;
    }
    if (ends("eed")) {
      if (measure(size_ - 3) > 0) --size_;
      return;
    }
    const std::size_t suffix = ends("ed") ? 2 : ends("ing") ? 3 : 0;
    if (suffix == 0 || !has_vowel(size_ - suffix)) return;
    size_ -= suffix;
    if (ends("at") || ends("bl") || ends("iz")) {
      replace(0, "e");
    } else if (ends_double_consonant()) {
      if (last() != 'l' && last() != 's' && last() != 'z') --size_;
    } else if (measure(size_) == 1 && ends_cvc(size_)) {
      replace(0, "e");
    }
  }

  void final_y() {
    if (last() == 'y' && size_ > 2 && is_consonant(size_ - 2)) letters_[size_ - 1] = 'i';
  }

  void final_e() {
    if (last() != 'e') return;
    const unsigned m = measure(size_ - 1);
    if (m > 1 || (m == 1 && !ends_cvc(size_ - 1))) --size_;
  }

  // `least` is the measure that the stem must have.
  void apply(std::span<const Rule> rules, const Endings& endings, unsigned least) {
    if (size_ < 2 || last() < 'a') return;
    if ((endings[std::size_t(last() - 'a')] & letter_bit(letters_[size_ - 2])) == 0) return;
    for (const auto& [suffix, replacement] : rules) {
      if (suffix.back() != last() || !ends(suffix)) continue;
      std::size_t stem = size_ - suffix.size();
      if (suffix == "logi") ++stem;
      const bool fits =
          suffix != "ion" || (stem > 0 && (letters_[stem - 1] == 's' || letters_[stem - 1] == 't'));
      if (fits && measure(stem) >= least) replace(suffix.size(), replacement);
      return;
    }
  }

  char* letters_;
  std::size_t size_;
};

}  // namespace

std::size_t porter_stem(std::span<char> word) { return Word(word).stem(); }

}  // namespace vernier::text
