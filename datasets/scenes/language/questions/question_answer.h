// The true answers to questions about drawn scenes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "datasets/scenes/language/questions/question_reader.h"

namespace vernier::scenes {

/// "yes", "no", "3", "red", "small red circle", "STOP": as ask() writes them. "No" also where what
/// is asked about is not there. None where there is nothing to answer with: the colour of a ring
/// that is not there, a word where there is no sign, an image of which there is only one.
std::optional<std::string> answer_question(const DrawnScene& scene, const AskedQuestion& asked);

/// The same of scenes shown together, in this order. Where the question names none of them it is
/// about all: yes where it is yes of one, the sum of counts, else the answer of the first that has
/// one. "Which image": the first that has it.
std::optional<std::string> answer_question(std::span<const DrawnScene* const> scenes,
                                           const AskedQuestion& asked);

/// The same by the question's text; none also where read_question() does not understand it.
std::optional<std::string> answer_question(const DrawnScene& scene, std::string_view text);
std::optional<std::string> answer_question(std::span<const DrawnScene* const> scenes,
                                           std::string_view text);

}  // namespace vernier::scenes
