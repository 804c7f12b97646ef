// How fast a model reads and writes, one conversation at a time.
#pragma once

#include <limits>
#include <span>

#include "judges/chat/local/local_model.h"

namespace vernier {

struct SpeedFigures {
  double prompt_tokens_per_second = 0;  ///< of prompts with pictures, tower included
  double new_tokens_per_second = 0;     ///< of answers, what is before them being known
  std::size_t prompt_tokens = 0, new_tokens = 0;
  /// Of the processor, where it tells (Linux's powercap); NaN else.
  double joules_per_new_token = std::numeric_limits<double>::quiet_NaN();
};

/// Each request is answered alone, several times; the fastest counts, since others on the machine
/// only add time.
SpeedFigures measure_speed(chat::LocalModel& model, std::span<const chat::ChatRequest> requests);

}  // namespace vernier
