#include "judges/probes/relation/predicates.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/io/text_lines.h"

namespace vernier {
std::string_view embedded_relation_predicates();
}

namespace vernier::probes {
namespace {

using View = std::string_view;

constexpr auto kLeftOut = std::to_array<View>(
    {"a", "an", "the", "is", "are", "was", "were", "be", "being", "been", "has been", "currently"});

View trimmed(View text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == View::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

template <class Visit>
void for_each_predicate(View list, Visit visit) {
  for_each_part(list, ',', [&](View part) { visit(trimmed(part)); });
}

/// WordNet has "rid" and "ride" for "riding"; verbs that double their last letter say so, so the
/// longest of the forms is the right one, and the word itself only where there is no other.
std::string verb_lemma(View word, const text::WordNet& word_net) {
  std::string best;
  for (const std::string& form : word_net.forms(word, text::WordClass::kVerb)) {
    if (form != word && form.size() > best.size()) best = form;
  }
  return best.empty() ? std::string(word) : best;
}

/// The rest of "WORD rest", or nothing.
View behind(View text, View word) {
  if (text.starts_with(word) && text.size() > word.size() && text[word.size()] == ' ') {
    return text.substr(word.size() + 1);
  }
  return {};
}

}  // namespace

const Predicates& Predicates::get() {
  static const Predicates table;
  return table;
}

Predicates::Predicates() {
  for_each_line(embedded_relation_predicates(), [&](View line, std::uint64_t) {
    const View kind = line.substr(0, line.find(' '));
    const View rest = behind(line, kind);
    if (kind == "same") {
      const View name = trimmed(rest.substr(0, rest.find(',')));
      for_each_predicate(rest, [&](View one) { names_.emplace(one, name); });
    } else if (kind == "sym") {
      symmetric_.emplace(rest);
    } else if (kind == "inv") {
      const std::size_t bar = rest.find('|');
      const View one = trimmed(rest.substr(0, bar)), other = trimmed(rest.substr(bar + 1));
      inverses_.emplace(one, other);
      inverses_.emplace(other, one);
    } else if (kind == "posture") {
      for_each_predicate(rest, [&](View one) { postures_.emplace(one); });
    } else if (kind == "spatial") {
      for_each_predicate(rest, [&](View one) { spatial_.emplace(one); });
    }
  });
}

std::string Predicates::canonical(View predicate, const text::WordNet& word_net) const {
  std::vector<View> words;
  for_each_part(predicate, ' ', [&](View word) {
    if (!word.empty() && std::ranges::find(kLeftOut, word) == kLeftOut.end()) words.push_back(word);
  });
  const auto join = [&](std::size_t from) {
    std::string out;
    for (std::size_t i = from; i < words.size(); ++i)
      out += (i > from ? " " : "") + std::string(words[i]);
    return out;
  };
  const auto named = [&](const std::string& text) {
    const auto found = names_.find(text);
    return found == names_.end() ? text : found->second;
  };
  if (words.empty()) return std::string(predicate);
  if (const std::string whole = join(0); names_.contains(whole) || spatial_.contains(whole)) {
    return named(whole);
  }
  // A doing and where: the lemma of the verb and the name of the rest.
  const std::string verb = verb_lemma(words[0], word_net);
  if (words.size() == 1) return named(verb);
  const std::string rest = join(1);
  if (rest == "by" && !postures_.contains(verb)) return verb + " by";
  if (const std::string whole = verb + " " + rest; names_.contains(whole)) return named(whole);
  return named(verb + " " + named(rest));
}

std::string Predicates::inverse(View predicate) const {
  if (symmetric(predicate)) return std::string(predicate);
  if (const auto found = inverses_.find(predicate); found != inverses_.end()) return found->second;
  if (predicate.ends_with(" by")) return std::string(predicate.substr(0, predicate.size() - 3));
  return {};
}

/// What is left of "sit on" without the posture: "on"; empty where no place is left.
View Predicates::place_of(View predicate) const {
  if (spatial_.contains(predicate)) return predicate;
  const std::size_t blank = predicate.find(' ');
  if (blank == View::npos) return {};
  const View rest = predicate.substr(blank + 1);
  return spatial_.contains(rest) ? rest : View();
}

bool Predicates::implies(View known, View claim) const {
  if (known == claim) return true;
  const View place = place_of(known);
  // Next to something is near it.
  return !place.empty() && (place == claim || (claim == "near" && place == "next to"));
}

bool Predicates::comparable(View a, View b) const {
  const View place_a = place_of(a), place_b = place_of(b);
  if (place_a.empty() != place_b.empty()) return false;
  if (place_a.empty()) return true;  // two doings
  // Two places differ; of one place, two postures do.
  return place_a != place_b || (place_a != a && place_b != b);
}

}  // namespace vernier::probes
