// What a judge left in the meta of a sample (docs/judge.md): its verdict, what it saw of the image,
// the claims it was asked about, the caption it compared with.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::report {

/// What the model wrote down of an image before it rated captions.
struct SeenImage {
  struct Thing {
    std::string name, features;
  };
  std::vector<Thing> things;
  std::vector<std::string> relations;
  std::string text;  ///< all that it wrote
};

/// The distribution that a score is the mean of.
struct RatedNumber {
  double raw = 0;           ///< the likeliest number, on the scale that was asked for
  double spread = 0;        ///< standard deviation, in points of 100
  double entropy_bits = 0;  ///< of the numbers
  double mass = 0;          ///< of all that it could have written, what was numbers
};

struct AskedClaim {
  std::string text, kind, verdict;
  double p_yes = 0;
};

/// Which caption is better, asked in both orders: the probability of this one, shown first and
/// second.
struct RivalVote {
  std::string rival;
  double first = 0, second = 0;
};

struct JudgeNote {
  std::string status;  ///< empty where there are claims or a vote only
  std::optional<double> score;
  std::optional<RatedNumber> rating;
  std::vector<double> deciles;  ///< ten probabilities, or none
  std::string said, rationale;
  std::vector<std::string> flags;
  std::optional<SeenImage> seen;
  std::vector<AskedClaim> claims;
  std::optional<RivalVote> vote;
};

/// `meta`: a JSON object, or empty. What is not as judges write it is not read, and no error: meta
/// may hold anything.
std::optional<JudgeNote> judge_note(std::string_view meta);

/// `meta` without the members that judge_note() reads, as JSON; empty where nothing is left.
std::string meta_without_judge(std::string_view meta);

}  // namespace vernier::report
