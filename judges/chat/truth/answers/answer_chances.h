// How likely each of several answers is, and what that says about tokens.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::chat {

/// Stands for the logarithm of a probability of 0: exp of it is 0, and JSON can hold it.
inline constexpr double kNever = -1000;

struct AnswerChance {
  std::string text;
  double probability = 0;  ///< need not add up to 1
};

/// The tokens of this model are digits, words (with the blanks before them) and other characters,
/// one each. Capitals do not matter where single tokens are compared.
class AnswerChances {
 public:
  /// At least one answer. They go on from `answer_start`: "Score: 8" begins 8 and 80 to 89. What no
  /// answer begins with is a cue before it ("Answer: "); but a number that none begins with is at
  /// its end.
  AnswerChances(const std::vector<AnswerChance>& all, std::string_view answer_start);

  /// Log-probabilities of these tokens as the next one; NaN for texts that are no single token. Of
  /// several spellings of one token ("Yes", " yes") the first is meant.
  std::vector<double> choices(std::span<const std::string> tokens) const;
  /// Log-probability that nothing comes any more.
  double end() const;
  /// What is left of the likeliest answer as a whole, the first of equals. Token by token another
  /// one could come out: where 100 is the likeliest number, 9 may still be the likeliest digit.
  const std::string& likeliest() const;

 private:
  std::vector<AnswerChance> rest_;  ///< of the answers that go on so; adds up to 1
};

/// A text as a model writes it that may write so many tokens.
struct WrittenText {
  std::string text;
  bool finished = false;  ///< to its end, or to one of the stops, which is not in it
  std::size_t tokens = 0;
};
WrittenText write_tokens(std::string_view text, std::size_t most,
                         std::span<const std::string> stops);

/// A standard number of tokens for prompts: as write_tokens() counts them.
std::size_t count_tokens(std::string_view text);

}  // namespace vernier::chat
