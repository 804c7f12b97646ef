// Asks a model for numbers and gets their distributions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"
#include "judges/visce/rating/number_chances.h"

namespace vernier::visce {

struct NumberAnswer {
  chat::ChatFailure failure = chat::ChatFailure::kNone;
  std::string error;
  NumberChances chances{Scale{}};
  /// What a model said that only tells how it would begin (ChatModel::continues_answers()); empty
  /// else.
  std::string text;
  std::size_t tokens_in = 0, reused = 0;  ///< of the first question
};

/// `requests`: what is asked, without choices; what the answer begins with is theirs. All requests
/// of a level go to the model together. Beginnings less likely than `prune` are not followed.
std::vector<NumberAnswer> ask_numbers(chat::ChatModel& model,
                                      std::span<const chat::ChatRequest> requests, Scale scale,
                                      double prune = 0.005);

}  // namespace vernier::visce
