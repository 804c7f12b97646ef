// What a model could have said first, out of a server's log-probabilities.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"

namespace vernier::chat {

/// A token of an answer, and what else could have stood there.
struct TokenPlace {
  std::string text;
  std::optional<double> log_probability;
  std::vector<TokenChance> top;
};

/// How much of `text` only repeats `start`, blanks around either aside: models that are shown
/// "...\nScore: " often begin with it. 0: it does not.
std::size_t repeated_start(std::string_view text, std::string_view start);

/// Fills `top`, `top_mass` and `choices` (NaN for those that are not told).
///
/// The first token is the first one behind `skipped` bytes of text; where a token crosses this
/// border, nothing is told. A token of blanks only before it ("\u2581" of some tokenizers) is
/// looked through: P(x) = P(x first) + P(blank) P(x behind it). A token counts for the choice that
/// it equals; where it equals none, for the one that it equals without a leading blank (" 8",
/// "\u25818",
/// "\u01208" for "8"). Probabilities of tokens that count for one choice are added up.
///
/// Returns what is wrong with the numbers (they hold more than all of the probability); empty:
/// nothing.
/// Where `ends`, `end_choice` is that of the tokens by which the models in use end an answer
/// ("<|im_end|>", "</s>", ...), as far as they are told.
std::string fill_first_token(std::span<const TokenPlace> places, std::size_t skipped,
                             std::span<const std::string> choices, ChatAnswer& answer,
                             bool ends = false);

}  // namespace vernier::chat
