#include "judges/probes/object/chair/chair.h"

#include <algorithm>

#include "judges/probes/answers/score/share.h"

namespace vernier::probes {

std::uint32_t ChairCaption::hallucinated() const {
  return static_cast<std::uint32_t>(
      std::ranges::count(mentions, true, &JudgedMention::hallucinated));
}

ChairCaption judge_caption(const FoundObjects& found, std::span<const std::uint32_t> objects) {
  ChairCaption caption;
  caption.objects = static_cast<std::uint32_t>(objects.size());
  caption.tokens = found.tokens;
  caption.sentences = found.sentence_count;
  std::vector<std::uint32_t> recalled;
  for (const Mention& mention : found.mentions) {
    const bool there = std::ranges::binary_search(objects, mention.object);
    if (there && std::ranges::find(recalled, mention.object) == recalled.end()) {
      recalled.push_back(mention.object);
    }
    caption.mentions.push_back({std::string(mention.word), mention.object, mention.place,
                                mention.token, mention.sentence, !there});
  }
  caption.recalled = static_cast<std::uint32_t>(recalled.size());
  return caption;
}

void ChairCounts::add(const ChairCaption& caption) {
  const std::uint32_t bad = caption.hallucinated();
  ++captions;
  hallucinated_captions += bad > 0;
  mentions += caption.mentions.size();
  hallucinated_mentions += bad;
  objects += caption.objects;
  recalled += caption.recalled;
  tokens += caption.tokens;
}

ChairScores chair_scores(const ChairCounts& counts) {
  return {Share{counts.hallucinated_captions, counts.captions}.percent(),
          Share{counts.hallucinated_mentions, counts.mentions}.percent(),
          Share{counts.recalled, counts.objects}.percent(),
          Share{counts.tokens, counts.captions}.ratio()};
}

}  // namespace vernier::probes
