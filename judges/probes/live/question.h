// Questions that a model is asked itself, with the answers that the data set has.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace vernier::probes {

struct LiveQuestion {
  std::string kind;  ///< existence, count, ...; position and needle for pictures in groups
  std::string id;    ///< names it among those of its kind
  std::string image_id;
  /// All pictures that are shown, in their order; empty where it is `image_id` alone.
  std::vector<std::string> images;
  std::size_t place = 0;  ///< of `image_id` among them, from 0
  std::string text, label;
  std::string negative;  ///< of a no: "hard" or "easy", as the data set says; else empty
  std::string group;     ///< of pictures; empty where one is shown alone
  std::string order;     ///< in which the group is shown
  double depth = std::numeric_limits<double>::quiet_NaN();  ///< of a needle, 0 to 1

  /// What belongs together in statistics: the image, or the group of images.
  const std::string& cluster() const { return group.empty() ? image_id : group; }
  /// The pictures that are shown.
  std::vector<std::string> shown() const {
    return images.empty() ? std::vector<std::string>{image_id} : images;
  }
};

struct LiveQuestions {
  std::string name;  ///< printable path
  std::vector<LiveQuestion> questions;
  std::uint64_t digest = 0;  ///< of ids, images, texts and labels, for signatures

  /// Kinds in the order of their first question.
  std::vector<std::string> kinds() const;
};

/// Questions about one picture each: `question_id` (`id`, ...; else the line), `image_id` or
/// `image`, `text` or `question`, `answer` or `label` (one text or number), `category` (`kind`,
/// `type`; else the kind is "questions"; MME's "position" becomes "position questions", as it is
/// none of groups), `negative`. POPE's files and those of `vernier synth`. Throws Error(kBadInput),
/// FILE:LINE:, for what is missing and for an id that comes twice.
LiveQuestions read_live_questions(const std::string& path);

/// Questions about one of several pictures, all of one kind: `group`, `order`, `position` (from 1),
/// `image_id`, `images`, `text`, `label`; `depth` where `kind` is needle. As `vernier synth --write
/// groups,needles` writes them.
LiveQuestions read_live_groups(const std::string& path, const std::string& kind);

}  // namespace vernier::probes
