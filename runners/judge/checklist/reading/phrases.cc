#include "runners/judge/checklist/reading/phrases.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "metrics/spice/syntax/tag_classes.h"
#include "runners/judge/checklist/reading/claim_words.h"

namespace vernier {
namespace {

using spice::Label;
using spice::Relation;
using View = std::string_view;

bool is_determiner(const ParsedWord& word) {
  return word.tag == Label::kDt || word.tag == Label::kPdt || word.tag == Label::kPrpDollar ||
         word.tag == Label::kWpDollar || word.lower == "another";
}

bool is_in(View word, std::initializer_list<View> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words of one, that relations of place and the like are made with.
bool is_preposition(const ParsedWord& word) {
  return word.tag == Label::kIn || word.tag == Label::kTo ||
         is_in(word.lower,
               {"above", "below", "behind", "beside", "near", "under", "over", "between", "inside",
                "outside", "around", "along", "against", "onto", "into"});
}

}  // namespace

bool NounPhrase::says_no_more_than(const NounPhrase& other) const {
  return kind == other.kind && (!plural || other.plural) &&
         std::ranges::includes(other.modifiers, modifiers);
}

std::string NounPhrase::as_claim(const std::vector<ParsedWord>& words) const {
  const ParsedWord& head = words[noun];
  const bool bare = spice::is_plural_noun(head.tag) || head.lower == "people" ||
                    is_mass_noun(head.lower) || words[first].tag == Label::kCd;
  if (bare) return text;
  return std::string(article_before(words[first].lower)) + ' ' + text;
}

SentencePhrases::SentencePhrases(const std::vector<ParsedWord>& words) : words_(words) {
  for (std::size_t i = words.size(); i-- > 0;) {
    if (!spice::is_noun(words[i].tag) || is_side_word(i) || hides(i)) continue;
    add(i);
    i = phrases_.back().start;
  }
  std::ranges::reverse(phrases_);
  join_of();
  add_written();
  finish();
}

const NounPhrase* SentencePhrases::of(std::size_t word) const {
  for (const NounPhrase& one : phrases_) {
    if (word >= one.noun && word <= one.last && spice::is_noun(words_[word].tag)) return &one;
  }
  return nullptr;
}

/// Whether a word before a noun belongs to it, all between them doing so: side by side, or because
/// its governors lead there without leaving the words around.
bool SentencePhrases::modifies(std::size_t word, std::size_t noun) const {
  const ParsedWord& one = words_[word];
  if (one.relation == Relation::kCop || one.quoted) return false;
  const bool noun_itself = spice::is_noun(one.tag);
  if (noun_itself && words_[word + 1].comma_before) return false;
  const auto is_predicate = [&] {
    return std::ranges::any_of(words_, [&](const ParsedWord& other) {
      return other.head == word && other.relation == Relation::kCop;
    });
  };
  // Commas are not parsed, so what stands side by side without one is one phrase.
  if (noun_itself || (spice::is_adjective(one.tag) && !is_predicate())) return true;
  const bool kind = one.tag == Label::kCd || one.tag == Label::kVbn || one.tag == Label::kVbg ||
                    one.tag == Label::kRb || one.tag == Label::kCc || one.tag == Label::kPos;
  if (!kind && one.tag != Label::kVbd) return false;
  // "the striped circle", whatever the tagger says, but not "the cat spotted birds".
  if ((one.tag == Label::kVbn || one.tag == Label::kVbd) && word > 0) {
    std::size_t at = word;
    while (at > 0 && spice::is_adjective(words_[at - 1].tag)) --at;
    if (at > 0 && is_determiner(words_[at - 1])) return true;
  }
  constexpr std::size_t kSteps = 4;
  std::size_t at = word;
  for (std::size_t step = 0; kind && step < kSteps; ++step) {
    at = words_[at].head;
    if (at == noun) return true;
    if (at == ParsedWord::kNone || at > noun || at + kSteps < word) return false;
  }
  return false;
}

/// "left" of "to the left of", "next" of "next to": a part of a preposition.
bool SentencePhrases::is_side_word(std::size_t word) const {
  if (!is_side(words_[word].lower)) return false;
  const bool of = word + 1 < words_.size() && words_[word + 1].lower == "of";
  if (!of) return false;
  std::size_t at = word;
  while (at > 0 && (is_determiner(words_[at - 1]) || spice::is_adjective(words_[at - 1].tag) ||
                    is_side(words_[at - 1].lower) || words_[at - 1].lower == "hand")) {
    --at;
  }
  return at > 0 && is_preposition(words_[at - 1]);
}

/// A noun for something that no picture shows ("empty space", but not "a parking space"), or a
/// sign of punctuation.
bool SentencePhrases::hides(std::size_t word) const {
  const char first = words_[word].text.front();
  const bool of_letters = first == '"' || (first >= '0' && first <= '9') || first < 0 ||
                          (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  if (!of_letters) return true;
  return is_nothing_to_see(words_[word].lower) &&
         (word == 0 || words_[word].comma_before || !spice::is_noun(words_[word - 1].tag));
}

void SentencePhrases::add(std::size_t noun) {
  NounPhrase out;
  out.noun = out.thing = out.last = noun;
  std::size_t first = noun;
  for (std::size_t i = noun; i-- > 0 && modifies(i, noun);) first = i;
  // Only what begins with a word of its own: no "and", no "'s".
  while (first < noun && (words_[first].tag == Label::kCc || words_[first].tag == Label::kPos)) {
    ++first;
  }
  out.first = out.start = first;
  while (out.start > 0 && is_determiner(words_[out.start - 1])) {
    const ParsedWord& word = words_[--out.start];
    out.denied = out.denied || word.lower == "no";
    out.definite = out.definite || !is_in(word.lower, {"a", "an", "another", "some", "any", "no"});
  }
  phrases_.push_back(std::move(out));
}

/// "a cup of coffee", "a group of people" are one thing each; "a picture of a dog" is the dog.
void SentencePhrases::join_of() {
  std::vector<NounPhrase> out;
  for (NounPhrase& phrase : phrases_) {
    if (!out.empty()) {
      NounPhrase& before = out.back();
      const bool of = before.last + 2 == phrase.start && words_[before.last + 1].lower == "of";
      const std::string& noun = words_[before.noun].lower;
      if (of && !always_means_picture(noun) && !may_mean_picture(noun) &&
          !is_place_in_picture(noun)) {
        before.last = phrase.last;
        if (counts_what_follows(noun)) before.thing = phrase.thing;
        continue;
      }
    }
    out.push_back(std::move(phrase));
  }
  phrases_ = std::move(out);
}

/// What is written on a thing belongs to it.
void SentencePhrases::add_written() {
  std::vector<NounPhrase> out;
  for (NounPhrase& phrase : phrases_) {
    if (!out.empty() && phrase.start > 0 && phrase.start == phrase.first) {
      NounPhrase& before = out.back();
      const std::string& verb = words_[phrase.start - 1].lower;
      const bool near = phrase.start > before.last + 1 && phrase.start <= before.last + 4;
      const bool written = words_[phrase.thing].quoted && is_saying(verb);
      if (near && (written || is_in(verb, {"says", "say", "saying"}))) {
        before.written = phrase.start;
        before.last = phrase.last;
        continue;
      }
    }
    out.push_back(std::move(phrase));
  }
  phrases_ = std::move(out);
}

/// `sign that says "STOP"`, however it is said.
void SentencePhrases::add_words(NounPhrase& phrase) const {
  std::string said;
  for (std::size_t i = phrase.written; i <= phrase.last; ++i) {
    said += (said.empty() ? "" : " ") + words_[i].text;
  }
  if (!words_[phrase.written].quoted) said = '"' + said + '"';
  phrase.text += " that says " + said;
  phrase.modifiers.insert(said);
}

void SentencePhrases::finish() {
  // "a lot of empty space": of nothing that can be seen.
  std::erase_if(phrases_, [&](const NounPhrase& phrase) {
    const std::size_t next = phrase.last + 1;
    return phrase.thing == phrase.noun && counts_what_follows(words_[phrase.noun].lower) &&
           next < words_.size() && words_[next].lower == "of";
  });
  for (NounPhrase& phrase : phrases_) {
    const ParsedWord& head = words_[phrase.thing];
    phrase.kind = singular(head.lower);
    phrase.plural = spice::is_plural_noun(head.tag) || head.lower == "people" ||
                    words_[phrase.noun].tag == Label::kNns;
    const std::size_t end = phrase.written > 0 ? phrase.noun + 1 : phrase.last + 1;
    for (std::size_t i = phrase.first; i < end; ++i) {
      const ParsedWord& word = words_[i];
      if (i > phrase.first && word.tag != Label::kPos) phrase.text += ' ';
      phrase.text += word.text;
      if (i != phrase.thing && !is_determiner(word)) phrase.modifiers.insert(word.lower);
    }
    if (phrase.written > 0) add_words(phrase);
    const std::size_t next = phrase.last + 1;
    const std::string behind = next < words_.size() ? words_[next].lower : "";
    const bool begins = &phrase == &phrases_.front() && (behind == "of" || is_showing(behind));
    const bool whole =
        may_mean_picture(head.lower) &&
        (begins || (phrase.definite && phrase.start > 0 &&
                    is_in(words_[phrase.start - 1].lower, {"in", "of", "throughout"})));
    phrase.picture = always_means_picture(head.lower) || whole || is_place_in_picture(head.lower);
  }
}

bool SentencePhrases::ends_preposition(std::size_t word) const {
  const Relation relation = words_[word].relation;
  return is_preposition(words_[word]) && relation != Relation::kMark &&
         relation != Relation::kCompoundPrt;
}

Preposition SentencePhrases::before(std::size_t word) const {
  Preposition out;
  if (word == 0 || !ends_preposition(word - 1)) return out;
  out.last = out.first = word - 1;
  std::size_t at = word - 1;
  if (words_[at].lower == "of" && at > 0) {
    // "to the left of", "in front of", "on the far side of"
    std::size_t side = at;
    while (side > 0 &&
           (is_determiner(words_[side - 1]) || spice::is_adjective(words_[side - 1].tag) ||
            is_side(words_[side - 1].lower) || is_in(words_[side - 1].lower, {"hand", "either"}))) {
      --side;
    }
    const bool has_side = std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(side),
                                      words_.begin() + static_cast<std::ptrdiff_t>(at),
                                      [](const ParsedWord& one) { return is_side(one.lower); });
    if (has_side) {
      out.first = side > 0 && is_preposition(words_[side - 1]) ? side - 1 : side;
    } else if (is_in(words_[at - 1].lower, {"out", "inside", "outside", "because", "ahead"})) {
      out.first = at - 1;
    }
  } else if (words_[at].lower == "to" && at > 0 &&
             is_in(words_[at - 1].lower, {"next", "close", "adjacent", "attached", "opposite"})) {
    out.first = at - 1;
  } else if (words_[at].lower == "with" && at > 0 &&
             is_in(words_[at - 1].lower, {"along", "together"})) {
    out.first = at - 1;
  } else if (words_[at].lower == "from" && at > 0 && words_[at - 1].lower == "across") {
    out.first = at - 1;
  }
  for (std::size_t i = out.first; i <= out.last; ++i) {
    if (i > out.first) out.text += ' ';
    out.text += words_[i].lower;
  }
  return out;
}

}  // namespace vernier
