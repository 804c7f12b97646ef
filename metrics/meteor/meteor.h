// METEOR 1.5, English, as the COCO caption tools run it (options -l en -norm): Denkowski and Lavie,
// "Meteor Universal", WMT 2014.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/metric.h"

namespace vernier {

struct MeteorOptions {
  std::string data_path;   ///< compiled data (meteor/compile.h); empty: default_meteor_data_path()
  bool paraphrase = true;  ///< false: without the paraphrase module, under another signature
  std::shared_ptr<const text::Tokenizer> tokenizer;
};

/// Row: the counts of the best reference (meteor/statistics.h). The corpus score is the score of
/// their sums, not the mean of the sentence scores. Throws Error(kResource) when the data is
/// missing, damaged or without the paraphrases asked for.
std::unique_ptr<Metric> make_meteor(const MeteorOptions& options);

/// Scores from rows alone, without METEOR's data.
std::unique_ptr<Aggregator> make_meteor_aggregator();

/// Where the compiled data may lie, best first (base/paths/data_files.h), and the first of these
/// that exists, else the first.
std::vector<std::string> meteor_data_paths();
std::string default_meteor_data_path();

/// One match of an alignment.
struct MeteorMatch {
  std::string_view stage;                  ///< exact, stem, synonym or paraphrase
  std::size_t candidate, candidate_words;  ///< first word and number of words
  std::size_t reference, reference_words;
  std::size_t chunk;  ///< number of the chunk it belongs to
};

/// Words that one stage matched, content and function words apart.
struct MeteorStage {
  std::string_view name;
  double weight;
  double candidate_content, candidate_function, reference_content, reference_function;
};

/// How a candidate was aligned with its best reference.
struct MeteorAlignment {
  double score = 0;
  /// What the score is made of: mean * (1 - penalty). NaN where nothing was matched.
  double precision = 0, recall = 0, mean = 0, fragmentation = 0, penalty = 0;
  std::array<MeteorStage, 4> stages{};
  std::size_t reference = 0;             ///< number of the best reference
  std::vector<double> reference_scores;  ///< of each reference, were it the only one
  /// The words as METEOR's normalisation leaves them; matches count these.
  std::vector<std::string> candidate_words, reference_words;
  /// By word: whether it is a function word, which weighs less.
  std::vector<bool> candidate_function, reference_function;
  std::vector<MeteorMatch> matches;  ///< in the order of the reference
  std::size_t chunks = 0;            ///< runs of matches that follow one another on both sides
};

/// Aligns one candidate with its references (at least one). Errors as make_meteor().
MeteorAlignment align_meteor(const MeteorOptions& options, std::string_view candidate,
                             const std::vector<std::string>& references);

}  // namespace vernier
