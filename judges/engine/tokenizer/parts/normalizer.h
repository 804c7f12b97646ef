// What is done to text before anything splits it: `normalizer` of a tokenizer.json.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::engine {

struct NormalizerStep {
  enum class Kind : std::uint8_t {
    kPrepend,       ///< `to` in front, of a text that is not empty
    kReplace,       ///< `from` (not empty), wherever it stands, by `to`
    kReplaceSpace,  ///< each run of white space by `to`
    kLower,         ///< each character's own small form, whatever stands around it
    kNfc,           ///< Unicode's canonical composition
  };
  Kind kind = Kind::kNfc;
  std::string from, to;
};

/// Steps in order.
using Normalizer = std::vector<NormalizerStep>;

/// `text`: valid UTF-8, before and after. Throws Error(kBadInput) where it gets above 2 GiB.
void normalize(const Normalizer& normalizer, std::string& text);

/// Leftmost occurrences that do not overlap. `from` is not empty.
void replace_all(std::string& text, std::string_view from, std::string_view to);

}  // namespace vernier::engine
