// Each fact that a caption claims, held against what is known of the image.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "judges/probes/relation/truth_graph.h"
#include "judges/probes/scene/fact.h"

namespace vernier::probes {

enum class FactVerdict : std::uint8_t {
  kSupported,
  kUnknown,        ///< nothing is known for it or against it
  kDiffers,        ///< something else is known of the pair or the object, which may be true besides
  kObjectMissing,  ///< the image does not have the subject or the object
  kPredicateWrong,  ///< the graph is full and has other relations of the pair, or none
  kSwapped,         ///< it holds the other way round
  kAttributeWrong,  ///< the object has another one that excludes it: a colour, a size
};
inline constexpr std::size_t kFactVerdicts = 7;
/// supported, unknown, differs, object-missing, predicate-wrong, swapped, attribute-wrong.
const char* fact_verdict_name(FactVerdict verdict);
/// The last four.
inline bool is_invented(FactVerdict verdict) { return verdict > FactVerdict::kDiffers; }

struct JudgedFact {
  Fact fact;
  FactVerdict verdict = FactVerdict::kUnknown;
  std::string because;  ///< what is known instead: "man on horse"; the noun that is missing
};

/// What a caption covers of what is known.
struct Coverage {
  std::uint32_t objects = 0, objects_covered = 0;
  std::uint32_t attributes = 0, attributes_covered = 0;
  std::uint32_t relations = 0, relations_covered = 0;
};

struct JudgedFacts {
  std::vector<JudgedFact> facts;
  Coverage coverage;
};

/// One thread's part.
class FactJudge {
 public:
  /// All must outlive it.
  FactJudge(const text::WordNet& word_net, const text::SenseNet& senses)
      : word_net_(word_net), match_(word_net, senses) {}

  JudgedFacts judge(const Facts& claims, const TruthGraph& truth);

 private:
  struct Covered {
    std::vector<bool> objects, relations;
    std::vector<std::vector<bool>> attributes;  // by object
  };
  void judge_object(JudgedFact& fact, const TruthGraph& truth);
  void judge_attribute(JudgedFact& fact, const TruthGraph& truth, Covered& covered);
  void judge_relation(JudgedFact& fact, const TruthGraph& truth, Covered& covered);
  std::vector<std::uint32_t> named(const std::string& noun, const TruthGraph& truth);
  bool same_attribute(std::string_view a, std::string_view b) const;

  const text::WordNet& word_net_;
  NounMatch match_;
};

}  // namespace vernier::probes
