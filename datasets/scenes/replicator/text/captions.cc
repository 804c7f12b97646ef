#include "datasets/scenes/replicator/text/captions.h"

#include <algorithm>

#include "datasets/scenes/replicator/select.h"
#include "datasets/scenes/replicator/text/english.h"
#include "datasets/scenes/replicator/text/phrases.h"
#include "datasets/scenes/replicator/text/questions.h"

namespace vernier::replicator {
namespace {

constexpr std::size_t kMostSentences = 12;  // about relations
constexpr std::size_t kBriefNames = 3;

std::string there_is(const PhraseGroup& first) {
  return first.count > 1 || is_plural_only(first.phrase) ? "There are " : "There is ";
}

std::string global_caption(const Phrases& phrases) {
  const std::vector<PhraseGroup> groups = phrases.groups();
  std::vector<std::string> parts;
  for (const PhraseGroup& group : groups) parts.push_back(counted(group.phrase, group.count));
  std::string out = there_is(groups.front()) + list_of(parts) + ".";
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
