// Which of the offered options a model chose.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::probes {

struct ChoiceOption {
  char letter = 'A';
  std::string text;
};

/// The letter of an option, or nothing. The first of these that decides:
/// 1. Nothing at all, a refusal ("sorry", "cannot determine", "can't help"): none.
/// 2. A letter alone, in any case and punctuation: "b", "(B)", "B.".
/// 3. A letter and behind it the text of its option: "B. both A and C".
/// 4. "answer is C", "answer: C", where all such name the same.
/// 5. A single one of the letters as a word, in capitals; an "A" or "I" that other words follow
///    directly may be an article or a pronoun and does not count.
/// 6. The text of exactly one option: the whole answer, or else as words within it.
/// Never a guess: random filling, which some tools do, makes scores of nothing.
std::optional<char> option_letter(std::string_view answer,
                                  const std::vector<ChoiceOption>& options);

/// The options written in a question: "... A. behind B. onto C. on D. into, please choose."
/// Letters in order from A, each with a full stop or bracket; empty where there are not two.
std::vector<ChoiceOption> options_in(std::string_view question);

}  // namespace vernier::probes
