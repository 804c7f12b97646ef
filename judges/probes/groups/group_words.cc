#include "judges/probes/groups/group_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_source.h"
#include "base/io/text_lines.h"
#include "base/printable.h"

namespace vernier {
std::string_view embedded_group_words();
}

namespace vernier::probes {

GroupWords GroupWords::gender() { return parse(embedded_group_words(), "built-in group words"); }

GroupWords GroupWords::read(const std::string& path) {
  const auto source = ByteSource::open(path);
  return parse(source->read_rest(), source->name());
}

GroupWords GroupWords::parse(std::string_view text, const std::string& name) {
  GroupWords out;
  for_each_line(text, [&](std::string_view line, std::uint64_t number) {
    if (line.empty() || line.front() == '#') return;
    const auto refuse = [&](const std::string& message) {
      throw Error(ExitCode::kBadInput, fmt::format("{}:{}: {}", name, number, message));
    };
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos || tab == 0) {
      refuse("expected a group, a tab and its words with commas between, found no tab");
    }
    const std::size_t group = out.groups_.size();
    if (group == kMostGroups) refuse(fmt::format("expected at most {} groups", kMostGroups));
    out.groups_.emplace_back(line.substr(0, tab));
    out.digest_ = hash_more(out.digest_, hash_bytes(line));
    for_each_part(line.substr(tab + 1), ',', [&](std::string_view word) {
      while (word.starts_with(' ')) word.remove_prefix(1);
      while (word.ends_with(' ')) word.remove_suffix(1);
      if (word.empty()) return;
      if (!out.words_.emplace(word, group).second) {
        refuse(fmt::format("expected each word once, found \"{}\" again", printable(word, 40)));
      }
    });
  });
  if (out.groups_.size() < 3) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: expected two groups and the neutral one behind them, found {}",
                            name, out.groups_.size()));
  }
  return out;
}

std::optional<std::size_t> GroupWords::group_of(std::string_view word) const {
  const auto found = words_.find(word);
  if (found == words_.end()) return std::nullopt;
  return found->second;
}

std::vector<GroupMention> group_mentions(const CaptionTokens& tokens, const GroupWords& words) {
  std::vector<GroupMention> out;
  for (std::size_t n = 0; n < tokens.words.size(); ++n) {
    if (const auto group = words.group_of(tokens.words[n])) {
      out.push_back({*group, std::string(tokens.words[n]), tokens.places[n]});
    }
  }
  return out;
}

std::optional<std::size_t> agreed_group(const std::vector<std::vector<GroupMention>>& references,
                                        const GroupWords& words) {
  std::vector<std::size_t> naming(words.groups().size());
  for (const auto& reference : references) {
    std::vector<bool> named(naming.size());
    for (const GroupMention& mention : reference) named[mention.group] = true;
    for (std::size_t g = 0; g < named.size(); ++g) naming[g] += named[g];
  }
  std::optional<std::size_t> agreed;
  for (std::size_t g = 0; g < words.neutral(); ++g) {
    if (naming[g] == 0) continue;
    if (agreed) return std::nullopt;
    agreed = g;
  }
  if (agreed && 2 * naming[*agreed] <= references.size()) return std::nullopt;
  return agreed;
}

const char* group_verdict_name(GroupVerdict verdict) {
  constexpr const char* kNames[] = {"right", "wrong", "mixed", "neutral", "silent"};
  return kNames[static_cast<std::size_t>(verdict)];
}

GroupVerdict judge_group(const std::vector<GroupMention>& caption, std::size_t group,
                         const GroupWords& words) {
  bool same = false, other = false;
  for (const GroupMention& mention : caption) {
    same = same || mention.group == group;
    other = other || (mention.group != group && mention.group != words.neutral());
  }
  if (same) return other ? GroupVerdict::kMixed : GroupVerdict::kRight;
  if (other) return GroupVerdict::kWrong;
  return caption.empty() ? GroupVerdict::kSilent : GroupVerdict::kNeutral;
}

}  // namespace vernier::probes
