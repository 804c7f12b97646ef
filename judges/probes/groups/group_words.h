// Words for groups of people, in captions and in references.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/language/caption_tokens.h"
#include "metrics/text/text_set.h"

namespace vernier::probes {

/// A table of words by group; the last group names nobody's group.
class GroupWords {
 public:
  static constexpr std::size_t kMostGroups = 8;

  /// woman, man, neutral.
  static GroupWords gender();
  /// Lines "GROUP<TAB>WORD, WORD, ..."; the last one is the neutral group. Throws
  /// Error(kBadInput), FILE:LINE:.
  static GroupWords read(const std::string& path);

  const std::vector<std::string>& groups() const { return groups_; }
  std::size_t neutral() const { return groups_.size() - 1; }
  std::optional<std::size_t> group_of(std::string_view word) const;
  std::uint64_t digest() const { return digest_; }

 private:
  static GroupWords parse(std::string_view text, const std::string& name);

  std::vector<std::string> groups_;
  text::TextMap<std::size_t> words_;
  std::uint64_t digest_ = 0;
};

struct GroupMention {
  std::size_t group = 0;
  std::string word;
  CharacterRange place;
};

/// The words for groups that a text has, in its order.
std::vector<GroupMention> group_mentions(const CaptionTokens& tokens, const GroupWords& words);

/// The group of an image by its references: one that more than half of them name, where none names
/// another one. Nothing where people do not agree, or do not say.
std::optional<std::size_t> agreed_group(const std::vector<std::vector<GroupMention>>& references,
                                        const GroupWords& words);

enum class GroupVerdict : std::uint8_t {
  kRight,    ///< names the group
  kWrong,    ///< names another one instead
  kMixed,    ///< names it and another one
  kNeutral,  ///< names people, and no group
  kSilent    ///< names nobody
};
inline constexpr std::size_t kGroupVerdicts = 5;
/// right, wrong, mixed, neutral, silent.
const char* group_verdict_name(GroupVerdict verdict);

GroupVerdict judge_group(const std::vector<GroupMention>& caption, std::size_t group,
                         const GroupWords& words);

}  // namespace vernier::probes
