#include "judges/probes/answers/yes_no/strict.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <vector>

#include "judges/probes/answers/text/language.h"
#include "judges/probes/answers/text/plain_words.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::probes {
namespace {

using Words = std::vector<PlainWord>;
using Names = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view word, Names names) {
  return std::ranges::find(names, word) != names.end();
}

std::optional<Verdict> polar(std::string_view word) {
  if (word == "yes") return Verdict::kYes;
  if (word == "no") return Verdict::kNo;
  return std::nullopt;
}

std::string_view at(const Words& words, std::size_t i) {
  return i < words.size() ? std::string_view(words[i].text) : std::string_view();
}

bool is_opener(std::string_view word) {
  return is_one_of(word, {"the",    "final",     "correct", "my",   "short", "answer", "response",
                          "output", "assistant", "is",      "a",    "so",    "thus",   "therefore",
                          "hence",  "well",      "ok",      "okay", "would", "be"});
}

bool ends_negated(std::string_view word) {
  return word.ends_with("n't") ||
         is_one_of(word, {"isnt", "arent", "wasnt", "doesnt", "didnt", "dont", "cant", "wont"});
}

bool is_auxiliary_negation(std::string_view word) {
  return word == "cannot" || word == "not" || ends_negated(word);
}

/// "yes or no", "yes/no", the other way round too: says nothing.
Words without_repeated_choice(Words words) {
  Words kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto first = polar(words[i].text);
    const std::size_t other = at(words, i + 1) == "or" ? i + 2 : i + 1;
    const auto second = polar(at(words, other));
    if (first && second && *first != *second && (other == i + 2 || words[other].after_slash)) {
      i = other;
      if (i + 1 < words.size()) words[i + 1].begins_sentence = true;
      continue;
    }
    kept.push_back(std::move(words[i]));
  }
  return kept;
}

/// The answer after "answer is" or "answer:" where one follows the word at i.
std::optional<Verdict> announced(const Words& words, std::size_t i) {
  if (words[i].text != "answer") return std::nullopt;
  std::size_t next = i + 1;
  while (is_one_of(at(words, next), {"is", "would", "be", "should", "therefore", "simply"})) ++next;
  return polar(at(words, next));
}

/// Begins "not sure", "cannot tell", "no idea" and the like.
bool begins_refusal(const Words& words, std::size_t i) {
  const std::string_view word = words[i].text, next = at(words, i + 1), third = at(words, i + 2);
  if (is_one_of(word, {"unclear", "unsure", "uncertain", "unable", "impossible", "insufficient",
                       "undetermined", "unanswerable"})) {
    return true;
  }
  if (is_one_of(word, {"hard", "difficult"})) return next == "to";
  if (word == "no") {
    if (next == "way") return third == "to";
    return is_one_of(next,
                     {"idea", "clue", "information", "comment", "opinion", "context", "answer"});
  }
  if (!is_auxiliary_negation(word)) return false;
  const std::string_view verb =
      is_one_of(next, {"be", "really", "definitively", "accurately"}) ? third : next;
  if (is_one_of(verb, {"sure", "certain", "clear", "enough", "possible", "determine", "determined",
                       "tell", "say", "confirm", "confirmed", "know", "answer", "answered",
                       "assist", "help", "provide", "verify"})) {
    return true;
  }
  if (verb == "have") {
    // "I don't have the data" is about the model, "it does not have a collar" about the picture.
    const auto is_speaker = [&](std::size_t k) {
      return k < words.size() && is_one_of(words[k].text, {"i", "we"});
    };
    return is_one_of(third, {"enough", "access", "information", "sufficient"}) ||
           (i >= 1 && is_speaker(i - 1)) || (i >= 2 && is_speaker(i - 2));
  }
  // It has no eyes: that is not about the object.
  if (!is_one_of(verb, {"see", "view", "access"})) return false;
  for (std::size_t k = i + 2; k <= i + 4; ++k) {
    if (is_one_of(at(words, k), {"image", "images", "picture", "pictures", "photo", "photos"})) {
      return at(words, k - 1) != "in" && at(words, k - 2) != "in";
    }
  }
  return false;
}

bool takes_back(const Words& words, std::size_t lead) {
  const Verdict said = *polar(words[lead].text);
  const auto is_other = [&](std::size_t i) {
    const auto verdict = polar(at(words, i));
    return verdict && *verdict != said;
  };
  if (is_other(lead + 1)) return true;
  if (is_one_of(at(words, lead + 1), {"and", "but"}) && is_other(lead + 2)) return true;
  for (std::size_t i = lead + 1; i < words.size(); ++i) {
    if (is_other(i) && (words[i].begins_sentence ||
                        is_one_of(at(words, i - 1), {"wait", "actually", "sorry", "rather"}))) {
      return true;
    }
    if (const auto answer = announced(words, i); answer && *answer != said) return true;
  }
  return false;
}

Verdict counted(const Words& words) {
  bool yes = false, no = false, told_yes = false, told_no = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto answer = announced(words, i)) {
      (*answer == Verdict::kYes ? told_yes : told_no) = true;
    }
    const auto verdict = polar(words[i].text);
    if (!verdict) continue;
    if (i > 0 && is_auxiliary_negation(words[i - 1].text)) return Verdict::kUnclear;
    (*verdict == Verdict::kYes ? yes : no) = true;
  }
  if (yes != no) return yes ? Verdict::kYes : Verdict::kNo;
  if (yes && told_yes != told_no) return told_yes ? Verdict::kYes : Verdict::kNo;
  return Verdict::kUnclear;
}

/// Of the first sentence only: what follows may deny anything.
bool denies(const Words& words) {
  bool denied = false;
  for (std::size_t i = 0; i < words.size() && (i == 0 || !words[i].begins_sentence); ++i) {
    const std::string_view word = words[i].text;
    if (is_one_of(word, {"maybe", "perhaps", "possibly", "sorry"})) return false;
    denied |= is_one_of(word, {"none", "nothing", "never", "nobody", "neither", "nowhere"}) ||
              (is_auxiliary_negation(word) &&
               !is_one_of(at(words, i + 1), {"only", "necessarily", "just"}));
  }
  return denied;
}

}  // namespace

StrictReading read_strict(std::string_view answer) {
  const Words words = without_repeated_choice(plain_words(answer));
  const auto unclear = [&](bool foreign) {
    return StrictReading{Verdict::kUnclear, foreign || text::is_mostly_other_script(answer)};
  };
  std::size_t lead = 0;
  while (lead < words.size() && is_opener(words[lead].text)) ++lead;
  if (lead == words.size()) return unclear(false);
  if (const auto verdict = polar(words[lead].text); verdict && !begins_refusal(words, lead)) {
    if (takes_back(words, lead)) return unclear(false);
    return {*verdict, false};
  }
  if (is_foreign_yes_or_no(words[lead].text)) return unclear(true);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (begins_refusal(words, i)) return unclear(false);
  }
  const bool any = std::ranges::any_of(
      words, [](const PlainWord& word) { return polar(word.text).has_value(); });
  const Verdict verdict = any ? counted(words) : denies(words) ? Verdict::kNo : Verdict::kUnclear;
  if (verdict == Verdict::kUnclear) return unclear(false);
  return {verdict, false};
}

}  // namespace vernier::probes
