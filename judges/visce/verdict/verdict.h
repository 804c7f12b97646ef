// What the judge says of one caption of one image.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "judges/chat/chat_model.h"
#include "judges/visce/context/visual_context.h"
#include "judges/visce/rating/number_chances.h"

namespace vernier::visce {

enum class VerdictStatus : std::uint8_t {
  kOk,
  kEmpty,             ///< a caption of white space: 0, nobody was asked
  kTruncated,         ///< rated by its beginning: it is longer than what is shown
  kContextTruncated,  ///< rated with the objects of its context only: all did not fit
  kUnparsed,          ///< the model gave no number: no score, in no mean, counted
  kFailed,            ///< picture unreadable, no answer: see `failure`
};
/// ok, empty, truncated, context_truncated, unparsed, failed.
std::string_view verdict_status_name(VerdictStatus status);

struct Verdict {
  VerdictStatus status = VerdictStatus::kOk;
  chat::ChatFailure failure = chat::ChatFailure::kNone;
  std::string error;

  /// From 0 to 100, whatever the scale that was asked for; nothing where there is no number.
  std::optional<double> score;
  /// The distribution that it is the expectation of; nothing for a score read out of a text.
  std::optional<Rating> rating;  ///< on the scale that was asked for
  std::vector<double> deciles;   ///< probability of each tenth of the scale; empty without one
  double pruned = 0;             ///< probability that was not followed
  std::string said;              ///< the text that the score was read from, or could not be
  std::string rationale;
  std::shared_ptr<const VisualContext> context;  ///< null where none was asked for
  /// "context-cut", "loop", "no-objects", "no-features", "no-relationships", "from-text",
  /// "asked-again": what was not as it should be.
  std::vector<std::string> flags;

  std::uint64_t prompt = 0;  ///< a digest of everything that was shown, the picture too
  std::size_t tokens_in = 0, reused = 0;

  bool scored() const { return score.has_value(); }
  /// There is no verdict.
  void fail(chat::ChatFailure why, std::string what) {
    status = VerdictStatus::kFailed;
    failure = why;
    error = std::move(what);
  }
};

}  // namespace vernier::visce
