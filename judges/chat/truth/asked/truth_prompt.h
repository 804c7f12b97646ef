// What a prompt asks the truth for.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "datasets/scenes/language/questions/question_reader.h"
#include "judges/chat/chat_model.h"

namespace vernier::chat {

struct TruthPrompt {
  enum class Kind : std::uint8_t {
    kCaption,   ///< Describe the image.
    kContext,   ///< List the objects, their features and their relationships.
    kRating,    ///< a line "Caption: ..." and, somewhere else, "from LOW to HIGH"
    kPair,      ///< lines "A: ..." and "B: ..."
    kQuestion,  ///< anything that scenes::read_question() understands
  };
  Kind kind = Kind::kQuestion;
  std::string text;  ///< the last message of the user

  bool with_relations = false;                    ///< kCaption: it asks for detail
  std::string caption, other;                     ///< kRating; kPair: A, B
  int low = 0, high = 100;                        ///< kRating
  std::optional<scenes::AskedQuestion> question;  ///< kQuestion
  std::optional<scenes::DrawnScene> context;      ///< the last visual context before the question
  std::vector<std::shared_ptr<const Picture>> shown;  ///< of the last message that has any
};

/// Reads the last message of the user; of earlier ones only the pictures, where the last has none,
/// and visual contexts count. Throws Error(kUsage) for prompts that are none of these, and for
/// parts that name other pictures than the request has.
TruthPrompt read_truth_prompt(const ChatRequest& request);

}  // namespace vernier::chat
