// Which of several prompts makes a model invent least in its descriptions.
#pragma once

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "datasets/scenes/scene.h"
#include "judges/probes/live/descriptions/prompts.h"
#include "runners/commands/commands.h"
#include "runners/probe/language/language_options.h"
#include "runners/probe/live/scores/paired_shares.h"

namespace vernier {

/// CHAIR-s, CHAIR-i, recall, words a caption, wrong attributes, wrong relations: in percent but for
/// words.
inline constexpr std::array<const char*, 6> kDescriptionMeasures = {
    "chair_s", "chair_i", "recall", "words", "wrong_attributes", "wrong_relations"};

struct MeasuredDescription {
  double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN: nothing to take a share of
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  /// Less that of the first prompt, on the same images.
  double change = std::numeric_limits<double>::quiet_NaN();
  double change_low = std::numeric_limits<double>::quiet_NaN();
  double change_high = std::numeric_limits<double>::quiet_NaN();
};

struct DescriptionScores {
  probes::DescriptionPrompt prompt;
  std::array<MeasuredDescription, 6> measures;
};

/// What one description got wrong.
struct JudgedDescription {
  std::string image_id, prompt, text;
  std::uint64_t mentions = 0, invented = 0;  ///< of objects
  std::uint64_t objects = 0, recalled = 0;   ///< of the image
  std::uint64_t words = 0;
  std::uint64_t attributes = 0, wrong_attributes = 0;  ///< judged: supported or wrong
  std::uint64_t relations = 0, wrong_relations = 0;
  std::vector<std::string> wrong;  ///< these, in words
};

struct DescriptionStudy {
  std::vector<DescriptionScores> prompts;       ///< the first is what others are compared with
  std::vector<JudgedDescription> descriptions;  ///< by image, then by prompt
  std::vector<std::string> not_asked;           ///< prompts that the model was not taught
  std::size_t images = 0;                       ///< that all prompts have a description of
  std::string signature;                        ///< of the tools
};

/// `texts`: by image, then by prompt; null where there is none. Objects are those of the graphs, by
/// their names and plurals (CHAIR); attributes and relations as `probe relations` judges them.
/// Throws Error(kResource) where WordNet is missing.
DescriptionStudy study_descriptions(const std::vector<ImageScene>& scenes,
                                    const std::vector<probes::DescriptionPrompt>& prompts,
                                    const std::vector<std::vector<const std::string*>>& texts,
                                    const LanguageOptions& language,
                                    const LiveStatistics& statistics, const GlobalOptions& global);

}  // namespace vernier
