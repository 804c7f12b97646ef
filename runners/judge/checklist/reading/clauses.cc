#include "runners/judge/checklist/reading/clauses.h"

#include <algorithm>
#include <string_view>

#include "metrics/spice/lemmas/lemma.h"
#include "metrics/spice/syntax/tag_classes.h"
#include "runners/judge/checklist/reading/claim_words.h"

namespace vernier {
namespace {

using spice::Label;
using spice::Relation;

constexpr int kDeepest = 6;  // of clauses within clauses; strange trees have circles

bool is_subject(Relation relation) {
  return relation == Relation::kNsubj || relation == Relation::kNsubjpass;
}

bool is_auxiliary(Relation relation) {
  return relation == Relation::kAux || relation == Relation::kAuxpass || relation == Relation::kCop;
}

/// Relations of a clause to what its subject stands with.
bool hands_subject_down(Relation relation) {
  return relation == Relation::kConj || relation == Relation::kXcomp ||
         relation == Relation::kAdvcl || relation == Relation::kDep ||
         relation == Relation::kCcomp || relation == Relation::kParataxis;
}

bool is_of_phrase(Relation relation) {
  return relation == Relation::kAcl || relation == Relation::kAclRelcl ||
         relation == Relation::kDep;
}

std::string lemma_of(const ParsedWord& word) {
  std::string out;
  spice::append_lemma(word.lower, word.tag, out);
  return out;
}

}  // namespace

ClauseReader::ClauseReader(const SentencePhrases& phrases)
    : phrases_(phrases),
      words_(phrases.words()),
      children_(words_.size()),
      used_(words_.size(), false) {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (words_[i].head < words_.size()) children_[words_[i].head].push_back(i);
  }
}

std::vector<SaidOfPhrase> ClauseReader::read() {
  std::vector<SaidOfPhrase> out;
  for (const NounPhrase& phrase : phrases_.all()) say_relations(phrase, out);
  for (std::size_t i = 0; i < words_.size(); ++i) say_attribute(i, out);
  std::erase_if(out, [](const SaidOfPhrase& one) {
    const NounPhrase* const object = one.object;
    return one.subject->picture || one.subject->denied || one.subject == object ||
           (object != nullptr && (object->picture || object->denied));
  });
  return out;
}

std::size_t ClauseReader::child(std::size_t of, Relation relation) const {
  for (const std::size_t i : children_[of]) {
    if (words_[i].relation == relation) return i;
  }
  return ParsedWord::kNone;
}

bool ClauseReader::denied(std::size_t predicate) const {
  return child(predicate, Relation::kNeg) != ParsedWord::kNone;
}

bool ClauseReader::is_predicate(std::size_t i) const {
  if (is_auxiliary(words_[i].relation)) return false;
  // "the striped circle", also where the parser sees a verb in it
  if (spice::is_verb(words_[i].tag) &&
      std::ranges::any_of(phrases_.all(),
                          [&](const NounPhrase& one) { return i >= one.start && i < one.noun; })) {
    return false;
  }
  // "trying to catch a ball" does not say that it is caught.
  for (const std::size_t k : children_[i]) {
    if (words_[k].lower == "to" && k < i && words_[k].relation != Relation::kCase) return false;
  }
  if (spice::is_verb(words_[i].tag)) {
    const char first = words_[i].lower.front();
    const bool said = i > 0 && (words_[i - 1].lower == "says" || words_[i - 1].lower == "saying");
    return !said && phrases_.of(i) == nullptr && first >= 'a' && first <= 'z';
  }
  return spice::is_adjective(words_[i].tag) && child(i, Relation::kCop) != ParsedWord::kNone;
}

/// As it stands behind "is the man": "riding", "covered", "full"; of "have" "with".
std::string ClauseReader::form_of(std::size_t verb) const {
  const ParsedWord& one = words_[verb];
  const bool participle =
      one.tag == Label::kVbg || one.tag == Label::kVbn ||
      (one.tag == Label::kVbd && child(verb, Relation::kNsubj) == ParsedWord::kNone);
  std::string out =
      !spice::is_verb(one.tag) || participle ? one.lower : participle_of(lemma_of(one));
  if (one.lower == "having") out = "with";
  const std::size_t particle = child(verb, Relation::kCompoundPrt);
  if (particle != ParsedWord::kNone) out += ' ' + words_[particle].lower;
  return out;
}

/// A phrase and those that are joined to it: "a dog and a cat".
void ClauseReader::add_with_others(const NounPhrase* phrase, Phrases& out) const {
  if (phrase == nullptr || std::ranges::find(out, phrase) != out.end()) return;
  out.push_back(phrase);
  for (const std::size_t i : children_[phrase->noun]) {
    if (words_[i].relation == Relation::kConj) add_with_others(phrases_.of(i), out);
  }
}

/// "a man in a black suit walking his dog": not the suit walks.
const NounPhrase* ClauseReader::wearer_of(const NounPhrase* phrase, const ParsedWord& verb) const {
  if (verb.tag != Label::kVbg || phrases_.before(phrase->start).text != "in") return phrase;
  const std::size_t head = words_[phrase->noun].head;
  const NounPhrase* const other = head == ParsedWord::kNone ? nullptr : phrases_.of(head);
  return other != nullptr && other->last < phrase->start ? other : phrase;
}

ClauseReader::Phrases ClauseReader::subjects_of(std::size_t predicate, int depth) const {
  Phrases out;
  if (depth > kDeepest) return out;
  const ParsedWord& one = words_[predicate];
  for (const std::size_t i : children_[predicate]) {
    if (is_subject(words_[i].relation)) add_with_others(phrases_.of(i), out);
  }
  if (!out.empty() || one.head == ParsedWord::kNone) return out;
  if (const NounPhrase* const phrase = phrases_.of(one.head)) {
    if (is_of_phrase(one.relation)) out.push_back(wearer_of(phrase, one));
    return out;
  }
  if (hands_subject_down(one.relation)) return subjects_of(one.head, depth + 1);
  return out;
}

/// What a preposition hangs on stands before it; else the parser was wrong, and it is what stands
/// right before it, if anything.
const NounPhrase* ClauseReader::before_preposition(const NounPhrase* phrase,
                                                   const Preposition& preposition) const {
  if (phrase->last < preposition.first) return phrase;
  for (const NounPhrase& one : phrases_.all()) {
    if (one.last + 1 == preposition.first) return &one;
  }
  return nullptr;
}

ClauseReader::Link ClauseReader::link(const NounPhrase& object, int depth) {
  Link out;
  if (depth > kDeepest) return out;
  const Preposition before = phrases_.before(object.start);
  const bool placed = !before.text.empty();
  out.text = before.text;
  out.first = before.first;
  out.last = before.last;
  // "is above the square", "is to the left of the square"
  std::size_t at = object.noun;
  while (true) {
    if (placed && child(at, Relation::kCop) != ParsedWord::kNone && !denied(at)) {
      out.subjects = subjects_of(at);
      if (!out.subjects.empty()) return out;
    }
    const std::size_t head = words_[at].head;
    if (!placed || head == ParsedWord::kNone || head < before.first || head > before.last) break;
    at = head;
  }
  const std::size_t head = words_[at].head;
  if (head == ParsedWord::kNone) return out;
  if (const NounPhrase* const phrase = phrases_.of(head); phrase != nullptr && phrase != &object) {
    if (words_[at].relation == Relation::kConj) {
      Link first = link(*phrase, depth + 1);
      if (placed) {
        out.subjects = std::move(first.subjects);
      } else if (!first.text.empty()) {
        out = std::move(first);
      }
    } else if (placed) {
      out.subjects = {before_preposition(phrase, before)};
      if (out.subjects.front() == nullptr) out.subjects.clear();
    }
    return out;
  }
  if (is_predicate(head)) return link_to_verb(object, before, head);
  return out;
}

ClauseReader::Link ClauseReader::link_to_verb(const NounPhrase& object, const Preposition& before,
                                              std::size_t verb) {
  Link out;
  const ParsedWord& one = words_[verb];
  const Relation relation = words_[object.noun].relation;
  if (denied(verb) || is_subject(relation)) return out;
  // "a sign that says "EXIT", a triangle": the words are what it says.
  if (is_saying(one.lower) && verb + 1 < words_.size() && words_[verb + 1].quoted &&
      before.text.empty()) {
    return out;
  }
  out.text = before.text;
  out.first = before.first;
  out.last = before.last;
  const bool placed = !before.text.empty();
  if (!placed && relation != Relation::kDobj && relation != Relation::kDep &&
      relation != Relation::kXcomp) {
    return out;
  }
  out.subjects = subjects_of(verb);
  if (lemma_of(one) == "be" || is_showing(one.lower)) {
    const bool of_picture =
        std::ranges::all_of(out.subjects, [](const NounPhrase* p) { return p->picture; });
    if (!placed && (of_picture || lemma_of(one) == "be")) out.subjects.clear();
    if (placed || of_picture) return out;
  }
  used_[verb] = true;
  if (placed && says_where_only(one.lower)) return out;
  std::string text = form_of(verb);
  if (!placed) {
    out.first = out.last = verb;
  } else {
    // "holding a cup in his hand": the verb keeps its object.
    const std::size_t other = child(verb, Relation::kDobj);
    const NounPhrase* const held = other == ParsedWord::kNone ? nullptr : phrases_.of(other);
    if (held != nullptr && held->holds(verb)) return out;  // what is written on it
    if (held != nullptr && held != &object && held->last < before.first) {
      text += ' ' + held->as_claim(words_);
    } else if (verb < before.first && !names_something(verb, before.first)) {
      out.first = verb;
    }
    text += ' ' + before.text;
  }
  out.text = std::move(text);
  return out;
}

bool ClauseReader::names_something(std::size_t from, std::size_t to) const {
  return std::ranges::any_of(phrases_.all(), [&](const NounPhrase& phrase) {
    return phrase.start >= from && phrase.last < to;
  });
}

void ClauseReader::say_relations(const NounPhrase& object, std::vector<SaidOfPhrase>& out) {
  Link found = link(object);
  if (found.text.empty()) return;
  const bool place = object.picture;
  if (place) {
    // "in the background", "on the left of the image": what a phrase is, not what it stands to.
    const Preposition before = phrases_.before(object.start);
    if (before.text.empty()) return;
    if (is_place_in_picture(words_[object.thing].lower)) {
      found.text = before.text + " the " + object.text;
      found.first = before.first;
      found.last = object.last;
    } else if (before.text.ends_with(" of") && before.first + 1 < before.last) {
      found.text = before.text.substr(0, before.text.size() - 3);
    } else {
      return;
    }
  }
  for (const NounPhrase* const subject : found.subjects) {
    out.push_back({subject, found.text, place ? nullptr : &object, found.first, found.last});
  }
}

void ClauseReader::say_attribute(std::size_t i, std::vector<SaidOfPhrase>& out) const {
  const ParsedWord& one = words_[i];
  if (used_[i] || denied(i) || says_where_only(one.lower)) return;
  bool says = false;
  if (spice::is_adjective(one.tag)) {
    const bool joined =
        one.relation == Relation::kConj && one.head != ParsedWord::kNone && is_predicate(one.head);
    says = is_predicate(i) || joined;
  } else if (is_predicate(i) && spice::is_verb(one.tag)) {
    const std::string lemma = lemma_of(one);
    says = lemma != "be" && lemma != "have" && !is_showing(one.lower) && !is_saying(one.lower) &&
           child(i, Relation::kXcomp) == ParsedWord::kNone &&
           child(i, Relation::kDobj) == ParsedWord::kNone;
  }
  if (!says) return;
  for (const NounPhrase* const subject : subjects_of(i)) {
    if (!subject->holds(i)) out.push_back({subject, form_of(i), nullptr, i, i});
  }
}

}  // namespace vernier
