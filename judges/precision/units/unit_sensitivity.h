// Which of the units in which two checkpoints differ moves the answers how far?
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "judges/chat/local/local_model.h"
#include "judges/precision/units/model_unit.h"

namespace vernier::logits {

struct SensitivityOptions {
  std::size_t row_bytes = std::size_t{256} << 20;   ///< memory for A's logits
  std::size_t look_bytes = std::size_t{256} << 20;  ///< ... and for what A sees in pictures
};

/// Model A with one unit of B, against A.
struct UnitSensitivity {
  ModelUnit unit;
  std::string name;     ///< of the unit, for people
  double kl = 0;        ///< KL(A || A with the unit of B), nats; mean over all tokens
  double same_top = 0;  ///< share of the tokens with the same likeliest one
  /// Sums over the tokens of a request, by request; 0 tokens: it could not be read.
  struct Sums {
    double kl = 0;
    std::uint64_t same_top = 0, tokens = 0;
  };
  std::vector<Sums> requests;
};

struct Sensitivity {
  std::vector<UnitSensitivity> units;  ///< that differ, by kl, the largest first
  std::vector<ModelUnit> equal;        ///< the others, of which nothing was computed
  std::vector<std::string> errors;     ///< by request; empty: it was read
};

/// `step(done, all)`: for progress, after each reading of a portion of requests. May throw.
using SensitivityStep = std::function<void(std::size_t, std::size_t)>;

/// Requests have `forced`. Each is read once by A and once for each unit that differs (more often
/// where one text's logits need more than `row_bytes`). Afterwards both models are as they were.
/// Throws Error(kIncomplete) for models that are not comparable or not of one shape.
Sensitivity unit_sensitivity(chat::LocalModel& a, chat::LocalModel& b,
                             std::span<const chat::ChatRequest> requests,
                             const SensitivityOptions& options, const SensitivityStep& step = {});

}  // namespace vernier::logits
