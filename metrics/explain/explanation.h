// How one sample came to its scores, as the metrics themselves tell it (MetricWorker::explain).
// References are numbered from 0. Words are those of the metric's tokeniser.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "metrics/meteor/meteor.h"

namespace vernier {

struct BleuExplanation {
  /// An n-gram of the candidate: how often it occurs there, and how many of these occurrences some
  /// one reference has too.
  struct Gram {
    std::string words;
    std::uint32_t count, matched;
  };
  struct Order {
    double matched, possible;  ///< sums over the n-grams
    std::vector<Gram> grams;   ///< in order of first occurrence
  };
  std::vector<Order> orders;  ///< n = 1, 2, ...
  double length, reference_length;
  std::size_t reference;  ///< the first one of that length
  double brevity_penalty;
};

/// ROUGE of both families.
struct RougeExplanation {
  struct Reference {
    std::uint64_t common;  ///< n-grams or words that candidate and reference have in common
    double precision, recall, f;
    /// Positions of the words of a longest common subsequence; empty where n-grams are compared.
    std::vector<std::size_t> in_candidate, in_reference;
  };
  std::vector<Reference> references;
  std::size_t best_precision = 0, best_recall = 0;  ///< references whose values count
  double precision = 0, recall = 0, f = 0;
};

struct CiderExplanation {
  static constexpr std::size_t kOrders = 4;
  /// An n-gram of the candidate or of a reference.
  struct Gram {
    std::string words;
    std::size_t order;
    std::uint32_t count;      ///< occurrences in the candidate
    std::size_t references;   ///< references that hold it
    std::uint32_t documents;  ///< documents that hold it; 1 for fewer than two
    double weight;            ///< its inverse document frequency
    double share;             ///< what it adds to the sample's score
  };
  struct Reference {
    std::array<double, kOrders> similarity;  ///< for n = 1 to 4, penalty included
    double length_penalty;                   ///< 1 without
    double score;                            ///< the sample's score, were it the only reference
  };
  std::vector<Gram> grams;
  std::vector<Reference> references;
  std::uint64_t documents = 0;
};

struct SpiceExplanation {
  struct Tuple {
    /// (object), (object, attribute) or (subject, relation, object). Words that the scene graph
    /// takes for one another are joined by slashes.
    std::vector<std::string> parts;
    /// Of a candidate tuple: the first reference tuple that it matches. Of a reference tuple: the
    /// first candidate tuple that has it as its match.
    std::optional<std::size_t> match;
  };
  struct Part {
    std::string_view name;  ///< all, object, attribute, ...
    std::size_t matched, candidate, reference;
    double precision, recall, f;
  };
  std::vector<Part> parts;
  std::vector<Tuple> candidate, references;
  bool refused = false;  ///< a sentence is longer than the parser takes: no tuples, no score
};

struct Explanation {
  /// Nothing for metrics that tell no more than their row.
  std::variant<std::monostate, BleuExplanation, RougeExplanation, CiderExplanation, MeteorAlignment,
               SpiceExplanation>
      how;
};

}  // namespace vernier
