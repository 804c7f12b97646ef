// Do captions name people's groups as those who saw the images do?
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/statistics/rate_curve.h"
#include "judges/probes/groups/group_words.h"
#include "runners/probe/captions/caption_file.h"

namespace vernier {

struct GroupOptions {
  std::string captions, references, words;  ///< no words: woman, man, neutral
  ReadOptions read;
  bool ignore_extra = false;  ///< leave out captions of images without references
};

/// Captions of images of one group.
struct GroupCounts {
  std::string name;  ///< of the group, or "all"
  std::array<std::uint64_t, probes::kGroupVerdicts> verdicts{};
  /// Wrong and mixed, of those that name a group; 95 % interval over images.
  RatePoint error;

  std::uint64_t all() const;
};

/// How often a group is named, in captions and in references of the same images.
struct GroupShare {
  std::string name;
  std::uint64_t captions = 0, references = 0;  ///< that name it
};

struct GroupStudy {
  CaptionFile file;
  probes::GroupWords words;
  std::vector<std::vector<probes::GroupMention>> mentions;  ///< by caption
  std::vector<std::optional<std::size_t>> groups;           ///< by caption: of its image
  std::vector<GroupCounts> counts;                          ///< by group, then all
  std::vector<GroupShare> shares;                           ///< by group
  std::uint64_t all_references = 0, undecided = 0, extra = 0;
  std::string id_rule, signature;
};

/// Throws Error(kBadInput) for captions of images without references, naming ten.
GroupStudy study_groups(const GroupOptions& options);

}  // namespace vernier
