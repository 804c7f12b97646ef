// Words that one text has and another has not.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace vernier::probes {

/// Of words at least so long, one that is a single edit away is a misreading, not another word.
constexpr std::size_t kMisreadLetters = 5;

struct WordDifference {
  std::vector<std::size_t> invented;  ///< places in the output: words beyond those of the reference
  std::vector<bool> misread;          ///< of each of them
  std::vector<std::size_t> missing;   ///< places in the reference: words beyond those of the output
};

/// Multisets: a word that stands twice in the output and once in the reference is invented once,
/// the second time. A misread word takes the place of a missing one, each missing one once, in
/// order.
WordDifference word_difference(std::span<const std::string> output,
                               std::span<const std::string> reference);

/// Whether one insertion, deletion or replacement of a code point turns one into the other, or
/// none.
bool within_one_edit(std::string_view a, std::string_view b);

}  // namespace vernier::probes
