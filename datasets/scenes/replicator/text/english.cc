#include "datasets/scenes/replicator/text/english.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vernier::replicator {
namespace {

using View = std::string_view;

constexpr std::array<View, 4> kSilentH = {"hour", "honest", "honor", "heir"};
constexpr std::array<View, 8> kSpokenLikeYou = {"uni", "use", "user", "ute",
                                                "eu",  "one", "once", "ufo"};
constexpr std::array<View, 15> kPluralOnly = {
    "scissors", "trousers", "jeans",  "pants",      "glasses", "sunglasses", "shorts",  "pliers",
    "tongs",    "goggles",  "stairs", "binoculars", "clothes", "pyjamas",    "tweezers"};
constexpr std::array<View, 11> kUnchanged = {"sheep",     "fish",      "deer",      "aircraft",
                                             "luggage",   "furniture", "bread",     "food",
                                             "equipment", "machinery", "spacecraft"};
constexpr std::array<std::pair<View, View>, 24> kIrregular = {{{"man", "men"},
                                                               {"woman", "women"},
                                                               {"person", "people"},
                                                               {"child", "children"},
                                                               {"foot", "feet"},
                                                               {"tooth", "teeth"},
                                                               {"goose", "geese"},
                                                               {"mouse", "mice"},
                                                               {"ox", "oxen"},
                                                               {"shelf", "shelves"},
                                                               {"bookshelf", "bookshelves"},
                                                               {"knife", "knives"},
                                                               {"leaf", "leaves"},
                                                               {"loaf", "loaves"},
                                                               {"calf", "calves"},
                                                               {"half", "halves"},
                                                               {"wolf", "wolves"},
                                                               {"scarf", "scarves"},
                                                               {"wife", "wives"},
                                                               {"life", "lives"},
                                                               {"potato", "potatoes"},
                                                               {"tomato", "tomatoes"},
                                                               {"axis", "axes"},
                                                               {"quiz", "quizzes"}}};

bool is_vowel(char c) { return View("aeiou").find(c) != View::npos; }

std::string plural_word(View word) {
  if (word.empty() || word.back() < 'a' || word.back() > 'z') return std::string(word);
  if (std::ranges::find(kUnchanged, word) != kUnchanged.end() || is_plural_only(word)) {
    return std::string(word);
  }
  for (const auto& [one, many] : kIrregular) {
    if (word == one) return std::string(many);
  }
  // fireman, snowman, policewoman
  if (word.size() > 4 && word.ends_with("man") && !word.ends_with("human") &&
      !word.ends_with("german") && !word.ends_with("roman")) {
    return std::string(word.substr(0, word.size() - 3)) + "men";
  }
  for (const View ending : {"s", "x", "z", "ch", "sh"}) {
    if (word.ends_with(ending)) return std::string(word) + "es";
  }
  if (word.size() > 1 && word.back() == 'y' && !is_vowel(word[word.size() - 2])) {
    return std::string(word.substr(0, word.size() - 1)) + "ies";
  }
  return std::string(word) + "s";
}

View last_word(View noun) { return noun.substr(noun.rfind(' ') + 1); }

}  // namespace

View article(View phrase) {
  const auto begins = [&](View start) { return phrase.starts_with(start); };
  if (std::ranges::any_of(kSilentH, begins)) return "an";
  if (phrase.empty() || !is_vowel(phrase.front())) return "a";
  // "unit", but "uninteresting" is none that labels say.
  return std::ranges::any_of(kSpokenLikeYou, begins) ? "a" : "an";
}

bool is_plural_only(View noun) {
  return std::ranges::find(kPluralOnly, last_word(noun)) != kPluralOnly.end() &&
         !noun.ends_with("wine glasses");
}

std::string plural(View noun) {
  const std::size_t of = noun.find(" of ");
  const View head = noun.substr(0, of), rest = of == View::npos ? View() : noun.substr(of);
  const View last = last_word(head);
  return std::string(head.substr(0, head.size() - last.size())) + plural_word(last) +
         std::string(rest);
}

std::string number_word(std::size_t number) {
  constexpr std::array<View, 13> kWords = {"no",   "one",    "two",   "three", "four",
                                           "five", "six",    "seven", "eight", "nine",
                                           "ten",  "eleven", "twelve"};
  return number < kWords.size() ? std::string(kWords[number]) : std::to_string(number);
}

std::string list_of(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 < parts.size() ? ", " : " and ";
    out += parts[i];
  }
  return out;
}

std::string sentence_start(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

}  // namespace vernier::replicator
