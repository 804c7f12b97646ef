// Tri-HE (Wu et al. 2024): the relations that answers state, each judged.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "datasets/objects/object_file.h"
#include "judges/probes/answers/score/share.h"

namespace vernier::probes {

/// What a file of questions (tri-he.json) holds.
struct TripletStatistics {
  std::uint64_t images = 0, questions = 0, triplets = 0;
};
TripletStatistics triplet_statistics(const ObjectFile& file);

struct TripletScores {
  /// Mean over questions of hallucinated / all triplets; mean over images of that of their
  /// questions. NaN where no question has a triplet.
  double per_question = 0, per_image = 0;
  double object_per_question = 0, object_per_image = 0;      ///< because of an object
  double relation_per_question = 0, relation_per_image = 0;  ///< because of the relation
  Share hallucinated, object, relation;  ///< of all triplets, each with equal weight
  std::uint64_t images = 0, questions = 0;
  std::uint64_t without_triplets = 0;  ///< questions without a judged triplet: in no mean
  std::uint64_t failed = 0;            ///< triplets whose judgment is missing; in no rate
  std::uint64_t missing = 0;           ///< questions of the question file that were not judged
};

/// Rows `image_id`, `question`, `triplets`: a list of objects with `triplet` and `verdict`, which
/// is "supported", "object" or "relation" (also "yes"/"entailment" for supported); null is a failed
/// judgment. `questions`, when there, is tri-he.json: rows of other questions are refused, and so
/// are missing ones unless allowed. Throws Error(kBadInput), FILE:LINE:.
TripletScores triplet_scores(const ObjectFile& file, const ObjectFile* questions,
                             bool allow_missing);

}  // namespace vernier::probes
