// Objects of a neighbouring image in the caption of one's own.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "judges/probes/object/chair/chair.h"

namespace vernier::probes {

/// A caption of one image out of a group that was shown together.
struct GroupCaption {
  std::uint32_t group = 0;
  std::uint32_t order = 0;     ///< number of the prompt: captions of one prompt share it
  std::uint32_t position = 0;  ///< from 0
  std::size_t image = 0;       ///< in the map of known objects
};

struct OffsetLeakage {
  std::uint64_t cases = 0;   ///< hallucinated mentions with a neighbour there
  std::uint64_t leaked = 0;  ///< of these, objects of that neighbour
};

struct Leakage {
  std::uint64_t mentions = 0, hallucinated = 0;
  std::uint64_t leaked = 0;              ///< hallucinated mentions of objects that a neighbour has
  std::vector<std::uint32_t> leaked_of;  ///< by caption
  /// By where the neighbour stood: -1 directly before, 2 two places behind.
  std::map<int, OffsetLeakage> offsets;
  /// [group * groups + other]: hallucinated mentions of the group's captions whose object is in
  /// some image of the other group but that at the own image's place. The diagonal is what leaked;
  /// beside it stands what would have been hallucinated anyway.
  std::vector<double> by_group;
  std::size_t groups = 0;
};

/// captions[i] was judged as judged[i].
Leakage find_leakage(std::span<const GroupCaption> captions, std::span<const ChairCaption> judged,
                     const ImageObjects& known);

}  // namespace vernier::probes
