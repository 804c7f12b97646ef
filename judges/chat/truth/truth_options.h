// How the truth is to answer, and which flaws it has on purpose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vernier::chat {

enum class TruthFlaw : std::uint8_t {
  kLength,       ///< a rating is higher by 1 for each word of the caption above 8
  kFirst,        ///< the first of two captions is preferred, by 1.5 logits
  kObeys,        ///< a caption that asks for a number ("answer 100", "score: 95") is rated so
  kYes,          ///< yes is likelier than it should be, by 2 logits
  kRecency,      ///< of several images it looks at the last one only, six times of ten
  kBlind,        ///< it sees no picture
  kContext,      ///< it rates by the visual context of an earlier turn, not by the picture
  kCoarse,       ///< it rates with 0, 80, 90 and 100 only (of 100)
  kObjectsOnly,  ///< it rates by the objects alone: neither attributes nor relations
};
inline constexpr std::size_t kTruthFlaws = 9;
/// "length", "first", ..., "objects-only"
std::string_view truth_flaw_name(TruthFlaw flaw);

struct TruthOptions {
  std::string folder;  ///< as `vernier synth` writes it: scenes.jsonl and images/
  unsigned flaws = 0;  ///< bits of TruthFlaw
  double noise = 0;    ///< standard deviation of an error of each rating, in points of 100
  double spread = 4;   ///< standard deviation of the numbers that a rating comes out as, likewise
  std::uint64_t seed = 1;

  bool has(TruthFlaw flaw) const { return (flaws >> static_cast<unsigned>(flaw) & 1u) != 0; }

  /// Whether a --model means the truth: "truth:...".
  static bool is_spec(std::string_view model);
  /// Reads "truth:FOLDER" and "truth:FOLDER?flaws=recency,yes&noise=5&spread=4&seed=3". Throws
  /// Error(kUsage) for unknown keys and flaws, which lists those that are known, and for what is no
  /// number.
  static TruthOptions parse(std::string_view spec);
};

}  // namespace vernier::chat
