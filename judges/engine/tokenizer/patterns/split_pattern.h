// The regular expressions that byte-level tokenizers split text by, written by hand.
//
// A general engine is not needed: five expressions, told by their exact text, serve all models
// here. Categories are those of ICU; letters and numbers that are newer than its Unicode (15.0 in
// ICU 72) count as other characters, while the package tokenizers 0.23 knows those of Unicode 16.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace vernier::engine {

enum class SplitPattern {
  kGpt2,        ///< contractions; a blank and letters, numbers or others; white space
  kQwen2,       ///< any case; one character before letters; single numbers; lines end pieces
  kLlama3,      ///< as kQwen2, but numbers by three
  kClip,        ///< contractions; letters, single numbers or others; white space, which CLIP drops
  kClipMarked,  ///< as kClip, but <|startoftext|> and <|endoftext|> first
};

/// Whether white space between matches belongs to none of the expression's alternatives.
constexpr bool leaves_space(SplitPattern pattern) {
  return pattern == SplitPattern::kClip || pattern == SplitPattern::kClipMarked;
}

/// The pattern of an expression, none for one that is not known.
std::optional<SplitPattern> split_pattern(std::string_view expression);

/// The expressions that are known, for messages and tests.
std::string_view expression_of(SplitPattern pattern);

/// Where the match that begins at `pos` < text.size() ends. Matches cover all of a text (valid
/// UTF-8): any character begins some alternative; for CLIP's, which have none for white space, a
/// run of it counts as one.
std::size_t match_end(SplitPattern pattern, std::string_view text, std::size_t pos);

}  // namespace vernier::engine
