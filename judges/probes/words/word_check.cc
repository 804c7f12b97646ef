#include "judges/probes/words/word_check.h"

#include <algorithm>
#include <cmath>

namespace vernier::probes {
namespace {

using text::Sense;
using text::WordClass;

constexpr double kSynonymSupport = 0.95, kKindSupport = 0.9, kHeadSupport = 0.8, kPartSupport = 0.6;
constexpr double kNounSimilarity = 0.3, kNoThing = 0.5;
constexpr double kVerbSupport = 0.8, kVerbSimilarity = 0.1, kAdjectiveSupport = 0.9;
constexpr double kOtherNumberSupport = 0.3, kNewNumberSupport = 0.7;
// From here on a word counts as supported, or no longer as unsupported.
constexpr double kSupported = 0.8, kUnsupported = 0.5;

// Rare senses of one word meet rare senses of another by accident: of each word the most frequent
// count only, and less and less.
constexpr std::size_t kSenses = 4, kKindSenses = 3;
constexpr double kRarerSense = 0.95;

std::span<const Sense> first(std::span<const Sense> senses, std::size_t most) {
  return senses.first(std::min(most, senses.size()));
}

bool share(std::span<const Sense> a, std::span<const Sense> b) {
  return std::ranges::any_of(a, [&](Sense s) { return std::ranges::find(b, s) != b.end(); });
}

/// Verbs and adjectives that the evidence does not have are uncertain, however high they score
/// among words of their kind; so is what is more than the evidence says, but not against it.
WordVerdict verdict_of(const CheckedWord& word) {
  const bool known = word.basis != WordBasis::kNone && word.basis != WordBasis::kMoreSpecific &&
                     word.basis != WordBasis::kOtherNumber && word.basis != WordBasis::kPart;
  if (known && word.support >= kSupported) return WordVerdict::kSupported;
  const bool open = word.support >= kUnsupported || word.basis == WordBasis::kMoreSpecific;
  return open ? WordVerdict::kUncertain : WordVerdict::kUnsupported;
}

}  // namespace

const char* word_basis_name(WordBasis basis) {
  constexpr const char* kNames[] = {"same",   "synonym",       "kind",         "more specific",
                                    "head",   "part",          "other number", "negated",
                                    "object", "absent object", "none"};
  return kNames[static_cast<std::size_t>(basis)];
}

const char* word_verdict_name(WordVerdict verdict) {
  constexpr const char* kNames[] = {"supported", "uncertain", "unsupported"};
  return kNames[static_cast<std::size_t>(verdict)];
}

/// Whether a word of the evidence means the same or a kind of it; the best one is noted.
bool WordChecker::related(const std::vector<std::string>& forms, WordClass word_class,
                          double weight, const WordEvidence& evidence, CheckedWord& word) const {
  for (const std::string& form : forms) {
    const auto senses = senses_.senses(form, word_class);
    for (const std::string& other : evidence.lemmas(word_class)) {
      const auto others = senses_.senses(other, word_class);
      double support = 0;
      WordBasis basis = WordBasis::kNone;
      if (share(first(senses, kSenses), first(others, kSenses))) {
        support = kSynonymSupport;
        basis = WordBasis::kSynonym;
      } else {
        for (const Sense sense : first(senses, kKindSenses)) {
          for (const Sense kind : first(others, kKindSenses)) {
            if (!senses_.is_a(kind, sense)) continue;
            support = kKindSupport;
            basis = WordBasis::kKind;
          }
        }
      }
      if (support * weight <= word.support) continue;
      word.support = support * weight;
      word.basis = basis;
      word.because = other;
    }
  }
  return word.basis != WordBasis::kNone;
}

/// The greatest similarity to a word of the evidence, which is noted.
double WordChecker::similarity(const std::vector<std::string>& forms, WordClass word_class,
                               const WordEvidence& evidence, CheckedWord& word) const {
  double best = 0;
  for (const std::string& form : forms) {
    const auto senses = first(senses_.senses(form, word_class), kSenses);
    for (const std::string& other : evidence.lemmas(word_class)) {
      const auto others = first(senses_.senses(other, word_class), kSenses);
      for (std::size_t i = 0; i < senses.size(); ++i) {
        for (std::size_t j = 0; j < others.size(); ++j) {
          const double value = senses_.similarity(senses[i], others[j]) *
                               std::pow(kRarerSense, static_cast<double>(i + j));
          if (value <= best) continue;
          best = value;
          word.because = other;
          word.basis =
              senses_.is_a(senses[i], others[j]) ? WordBasis::kMoreSpecific : WordBasis::kNone;
        }
      }
    }
  }
  return best;
}

/// Whether the evidence has something that the word is a part of.
void WordChecker::note_part(CheckedWord& word, const WordEvidence& evidence) const {
  for (const std::string& form : word.word.forms) {
    for (const Sense part : first(senses_.senses(form, WordClass::kNoun), kKindSenses)) {
      for (const std::string& other : evidence.lemmas(WordClass::kNoun)) {
        for (const Sense whole : first(senses_.senses(other, WordClass::kNoun), kKindSenses)) {
          if (!senses_.is_part(part, whole)) continue;
          word.support = kPartSupport;
          word.basis = WordBasis::kPart;
          word.because = other;
          return;
        }
      }
    }
  }
}

void WordChecker::check_number(CheckedWord& word, const WordEvidence& evidence) const {
  const auto& numbers = evidence.numbers();
  if (std::ranges::find(numbers, word.word.number) != numbers.end()) {
    word.support = 1;
    word.basis = WordBasis::kSame;
  } else if (!numbers.empty()) {
    word.support = kOtherNumberSupport;
    word.basis = WordBasis::kOtherNumber;
  } else {
    // Who writes of one thing or two often leaves the number to the grammar.
    word.support = word.word.number > 2 ? kNewNumberSupport : 1;
  }
}

void WordChecker::check_word(CheckedWord& word, const WordEvidence& evidence) const {
  const ContentWord& content = word.word;
  if (content.kind == ContentKind::kNumber) return check_number(word, evidence);
  const auto stands = [&](const std::string& form) { return evidence.holds(form); };
  const bool stands_there = stands(content.text) || std::ranges::any_of(content.forms, stands) ||
                            std::ranges::any_of(content.other_forms, stands);
  if (content.negated) {
    word.support = stands_there ? kPartSupport : 1;
    word.basis = WordBasis::kNegated;
    return;
  }
  if (stands_there) {
    word.support = 1;
    word.basis = WordBasis::kSame;
    return;
  }
  const WordClass word_class = content.kind == ContentKind::kNoun   ? WordClass::kNoun
                               : content.kind == ContentKind::kVerb ? WordClass::kVerb
                                                                    : WordClass::kAdjective;
  if (related(content.forms, word_class, 1, evidence, word)) return;
  if (!content.head.empty()) {
    if (stands(content.head)) {
      word.support = kHeadSupport;
      word.basis = WordBasis::kHead;
      word.because = content.head;
      return;
    }
    if (related({content.head}, word_class, kKindSupport, evidence, word)) return;
  }
  if (content.kind == ContentKind::kAdjective) {
    word.support = kAdjectiveSupport;
    return;
  }
  const double near = similarity(content.forms, word_class, evidence, word);
  if (content.kind == ContentKind::kVerb) {
    word.support = kVerbSupport + kVerbSimilarity * near;
    return;
  }
  const double things = senses_.physical_share(content.forms.front());
  word.support = kNounSimilarity * near + kNoThing * (1 - things);
  if (word.support < kPartSupport) note_part(word, evidence);
  if (!evidence.described()) word.support = kUnsupported + kUnsupported * word.support;
}

std::vector<CheckedWord> WordChecker::check(const TextWords& words,
                                            const WordEvidence& evidence) const {
  std::vector<CheckedWord> checked;
  for (const ContentWord& content : words.content) {
    CheckedWord word;
    word.word = content;
    check_word(word, evidence);
    word.verdict = verdict_of(word);
    checked.push_back(std::move(word));
  }
  return checked;
}

void check_objects(const ChairCaption& caption, const ObjectVocabulary& vocabulary,
                   std::vector<CheckedWord>& words) {
  for (CheckedWord& word : words) {
    for (const JudgedMention& mention : caption.mentions) {
      if (!mention.place.overlaps(word.word.place)) continue;
      if (word.verdict == WordVerdict::kSupported) continue;
      word.support = mention.hallucinated ? 0 : 1;
      word.basis = mention.hallucinated ? WordBasis::kAbsentObject : WordBasis::kObject;
      word.because = vocabulary.class_name(mention.object);
      word.verdict = verdict_of(word);
    }
  }
}

double least_support(const std::vector<CheckedWord>& words) {
  double least = 1;
  for (const CheckedWord& word : words) least = std::min(least, word.support);
  return least;
}

}  // namespace vernier::probes
