// What captions claim, against scene graphs or references.
#pragma once

#include <string>
#include <vector>

#include "datasets/scenes/scene_file.h"
#include "judges/probes/relation/scores/co_occurrence.h"
#include "judges/probes/relation/scores/fact_counts.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/probe/language/language_options.h"
#include "runners/probe/scenes/caption_facts.h"

namespace vernier {

struct RelationOptions {
  std::string captions, graphs, references;  ///< paths; of the last two one
  GraphKind kind = GraphKind::kOpen;
  bool kind_given = false;
  SceneOptions scenes{false, "", true};  ///< sides joined
  LanguageOptions language;
  ReadOptions read;
  std::vector<std::size_t> lengths;  ///< also of captions cut to so many words
  bool ignore_extra = false;         ///< leave out captions of images without a graph
  int threads = 0;
};

/// Captions of at most so many words.
struct CutCaptions {
  std::size_t words = 0;
  std::size_t cut = 0;  ///< captions that were longer
  probes::FactCounts counts;
};

struct RelationStudy {
  CaptionFile file;
  std::vector<probes::JudgedFacts> captions;  ///< as file.captions
  std::vector<std::uint64_t> truths;          ///< by caption: a hash of what it was judged by
  probes::FactCounts counts;
  std::vector<CutCaptions> cuts;
  std::vector<RatePoint> by_subject, by_object;  ///< invented relations by co-occurrence
  std::size_t graphs = 0, full = 0, pruned = 0,
              from_texts = 0;  ///< images by what is known of them
  std::size_t null_texts = 0;  ///< captions in the graphs' files that are null
  std::size_t refused = 0;     ///< sentences too long to be parsed
  std::size_t extra = 0;       ///< captions of images without a graph, left out
  std::string id_rule, signature;
};

/// Throws Error(kBadInput) for captions of images that the graphs do not have, naming ten.
RelationStudy study_relations(const RelationOptions& options, const GlobalOptions& global);

}  // namespace vernier
