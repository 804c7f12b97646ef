#include "judges/probes/position/leakage.h"

#include <algorithm>

namespace vernier::probes {
namespace {

/// The images of each group, in the order of first appearance: their places.
std::vector<std::vector<std::size_t>> images_of_groups(std::span<const GroupCaption> captions) {
  std::vector<std::vector<std::size_t>> groups;
  for (const GroupCaption& caption : captions) {
    if (caption.group >= groups.size()) groups.resize(std::size_t{caption.group} + 1);
    auto& images = groups[caption.group];
    if (std::ranges::find(images, caption.image) == images.end()) images.push_back(caption.image);
  }
  return groups;
}

/// Whether an image of the list has the object; the one at place `but` is not looked at.
bool holds(const std::vector<std::size_t>& images, std::size_t but, std::uint32_t object,
           const ImageObjects& known) {
  for (std::size_t place = 0; place < images.size(); ++place) {
    if (place != but && known.contains(images[place], object)) return true;
  }
  return false;
}

}  // namespace

Leakage find_leakage(std::span<const GroupCaption> captions, std::span<const ChairCaption> judged,
                     const ImageObjects& known) {
  const auto groups = images_of_groups(captions);
  Leakage found;
  found.groups = groups.size();
  found.by_group.assign(groups.size() * groups.size(), 0);
  found.leaked_of.assign(captions.size(), 0);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>> prompts;
  for (std::size_t i = 0; i < captions.size(); ++i) {
    prompts[{captions[i].group, captions[i].order}].push_back(i);
  }
  for (std::size_t i = 0; i < captions.size(); ++i) {
    const GroupCaption& own = captions[i];
    const auto& images = groups[own.group];
    const auto place =
        static_cast<std::size_t>(std::ranges::find(images, own.image) - images.begin());
    found.mentions += judged[i].mentions.size();
    for (const JudgedMention& mention : judged[i].mentions) {
      if (!mention.hallucinated) continue;
      ++found.hallucinated;
      bool leaked = false;
      for (const std::size_t j : prompts[{own.group, own.order}]) {
        if (j == i || captions[j].image == own.image) continue;
        OffsetLeakage& offset =
            found.offsets[static_cast<int>(captions[j].position) - static_cast<int>(own.position)];
        const bool there = known.contains(captions[j].image, mention.object);
        ++offset.cases;
        offset.leaked += there;
        leaked = leaked || there;
      }
      found.leaked += leaked;
      found.leaked_of[i] += leaked;
      for (std::size_t g = 0; g < groups.size(); ++g) {
        found.by_group[own.group * groups.size() + g] +=
            holds(groups[g], place, mention.object, known);
      }
    }
  }
  return found;
}

}  // namespace vernier::probes
