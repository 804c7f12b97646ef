#include "datasets/scenes/replicator/text/captions.h"

#include <algorithm>

#include "datasets/scenes/replicator/select.h"
#include "datasets/scenes/replicator/text/english.h"
#include "datasets/scenes/replicator/text/phrases.h"
#include "datasets/scenes/replicator/text/questions.h"

namespace vernier::replicator {
namespace {

constexpr std::size_t kMostSentences = 12;  // about relations
constexpr std::size_t kThingsOfSentence = 2;
constexpr std::size_t kBriefNames = 3;

/// "There is a red circle and two stars. There is also a square." Short sentences: parsers take the
/// colours and shapes of long lists for what they are not.
std::string list_of_things(const std::vector<PhraseGroup>& groups) {
  std::string out;
  for (std::size_t i = 0; i < groups.size(); i += kThingsOfSentence) {
    std::vector<std::string> parts;
    for (std::size_t j = i; j < std::min(i + kThingsOfSentence, groups.size()); ++j) {
      parts.push_back(counted(groups[j].phrase, groups[j].count));
    }
    const bool many = groups[i].count > 1 || is_plural_only(groups[i].phrase);
    out += std::string(i > 0 ? " " : "") + (many ? "There are " : "There is ") +
           (i > 0 ? "also " : "") + list_of(parts) + ".";
  }
  return out;
}

std::string global_caption(const Phrases& phrases) {
  std::string out = list_of_things(phrases.groups());
  std::vector<std::string> said;
  for (const std::size_t edge : spanning_tree(phrases.graph())) {
    if (said.size() == kMostSentences) break;
    const auto sentence = phrases.sentence(phrases.graph().edges[edge]);
    if (!sentence || std::ranges::find(said, *sentence) != said.end()) continue;
    out += " " + *sentence;
    said.push_back(*sentence);
  }
  return out;
}

std::string brief_caption(const Phrases& phrases) {
  const std::vector<PhraseGroup> groups = phrases.groups_by_name();
  std::vector<std::string> parts;
  for (const PhraseGroup& group : groups) {
    if (parts.size() == kBriefNames) {
      parts.emplace_back("more");
      break;
    }
    parts.push_back(counted(group.phrase, group.count));
  }
  return sentence_start(list_of(parts)) + ".";
}

}  // namespace

const char* caption_state_name(CaptionState state) {
  constexpr const char* kNames[] = {"not asked", "written", "no objects", "graph is not full",
                                    "full graph is not saved"};
  return kNames[static_cast<std::size_t>(state)];
}

Captions write_captions(const Graph& full, const GraphOptions& options) {
  Captions out;
  const CaptionState state = full.nodes.empty() ? CaptionState::kNoObjects : CaptionState::kWritten;
  const Phrases phrases(full);
  if (options.global_caption) {
    out.global.state = state;
    if (state == CaptionState::kWritten) out.global.text = global_caption(phrases);
  }
  if (options.brief_caption) {
    out.brief.state = state;
    if (state == CaptionState::kWritten) out.brief.text = brief_caption(phrases);
  }
  if (options.qa_caption) {
    out.questions = state;
    if (state == CaptionState::kWritten) {
      if (full.kind != GraphKind::kFull) out.questions = CaptionState::kNotFull;
      if (!options.save_full_scene_graph) out.questions = CaptionState::kFullNotSaved;
    }
    if (out.questions == CaptionState::kWritten) out.pairs = question_pairs(full);
  }
  return out;
}

}  // namespace vernier::replicator
