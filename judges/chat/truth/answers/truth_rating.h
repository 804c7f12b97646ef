// Ratings of captions by the truth, with the flaws that it has on purpose.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "datasets/scenes/world/drawn_scene.h"
#include "judges/chat/truth/answers/answer_chances.h"
#include "judges/chat/truth/truth_options.h"

namespace vernier::chat {

/// What a rating is about.
struct RatedPicture {
  const scenes::DrawnScene* scene = nullptr;    ///< what the model sees; null: nothing
  const scenes::DrawnScene* context = nullptr;  ///< what it was told before; null: nothing
  std::uint64_t digest = 0;                     ///< of the picture's file; 0 where nothing is seen
};

/// A number from 0 to 100 that a caption asks to be given, the last of several: a whole number in
/// one sentence behind "answer", "score", "rate", "rating", "give", "output" or "say".
std::optional<int> number_asked_for(std::string_view caption);

/// Of 100, not rounded: what graph_score() says, then what the flaws and the noise make of it. 50
/// where nothing is seen.
double truth_rating(const TruthOptions& options, const RatedPicture& picture,
                    std::string_view caption);

/// The numbers that such a rating comes out as, on a scale of whole numbers: a normal distribution
/// around it, cut at the ends of the scale. Its standard deviation is the options' spread (25 where
/// nothing is seen), in the scale's measure; 0: the nearest number. On a short scale or near an end
/// the expectation is therefore not the rating itself.
std::vector<AnswerChance> number_chances(const TruthOptions& options, const RatedPicture& picture,
                                         std::string_view caption, int low, int high);

}  // namespace vernier::chat
