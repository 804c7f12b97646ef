// A loaded vision-language model: its parts on a backend.
#pragma once

#include <memory>
#include <string>

#include "judges/engine/parts/language/language_model.h"
#include "judges/engine/parts/projector.h"
#include "judges/engine/parts/vit.h"
#include "judges/engine/serve/prompt.h"

namespace vernier::engine {

class Model {
 public:
  virtual ~Model() = default;

  virtual Backend& backend() = 0;
  virtual LanguageModel& language() = 0;
  /// Tokens of prompt and answer at most.
  virtual std::size_t context() const = 0;

  /// Runs the vision tower and the projector: out [input.tokens, width of the language model].
  virtual void look(const VisionInput& input, Rows out) = 0;
};

}  // namespace vernier::engine
