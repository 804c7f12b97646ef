// What words can mean, and how near meanings are: the synsets of WordNet 3.0 (Fellbaum 1998).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "metrics/text/lemmas/word_net.h"
#include "metrics/text/text_set.h"

namespace vernier::text {

/// A synset, of whichever word class.
using Sense = std::uint32_t;

/// Immutable and thread safe. Words are lemmas in lower case, the parts of compounds joined by '_'.
class SenseNet {
 public:
  /// Reads data.{noun,verb,adj}, index.{noun,verb,adj} and cntlist.rev, whose counts come from
  /// texts with tagged senses, from a folder (Debian: wordnet-base). Takes about 0.3 s. Throws
  /// Error(kResource) naming what is missing or damaged.
  static std::shared_ptr<const SenseNet> open(const std::string& folder);

  /// The meanings of a word, the most frequent first; none for unknown words and for adverbs.
  std::span<const Sense> senses(std::string_view word, WordClass word_class) const;

  /// What a meaning is a kind of, itself included, ascending. Adjectives are a kind of nothing.
  std::span<const Sense> kinds(Sense sense) const;
  bool is_a(Sense sense, Sense kind) const;

  /// How much two meanings of nouns or of verbs have in common, 0 to 1: twice the information of
  /// the rarest kind that both are, by that of both (Lin 1998, "An information-theoretic definition
  /// of similarity"; Resnik 1995 for the information).
  double similarity(Sense a, Sense b) const;

  /// Whether one is a part of the other by nature: "wheel" of "car". Body parts are parts of all
  /// living things.
  bool is_part(Sense part, Sense whole) const;

  /// The share of a noun's uses in which it is a physical thing ("desk" 0.9, "idea" 0); 0.5 where
  /// nothing is known.
  double physical_share(std::string_view noun) const;

  /// Of all that was read, for signatures.
  std::uint64_t digest() const { return digest_; }

 private:
  struct Entry {
    std::uint32_t begin = 0, end = 0;  // in senses_
    float physical = 0.5F;             // of nouns
  };
  friend class SenseNetReader;

  std::array<TextMap<Entry>, 3> entries_;  // noun, verb, adjective
  std::vector<Sense> senses_;
  std::vector<std::uint32_t> kind_ends_;  // by sense, in kinds_
  std::vector<Sense> kinds_;
  std::vector<float> information_;              // by sense, in nats
  std::vector<std::pair<Sense, Sense>> parts_;  // part and whole, ascending
  Sense body_part_ = 0, living_thing_ = 0;
  std::uint64_t digest_ = 0;
};

}  // namespace vernier::text
