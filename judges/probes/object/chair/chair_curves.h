// Where in captions, and for which objects, hallucinations come.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/statistics/rate_curve.h"
#include "judges/probes/object/chair/chair.h"

namespace vernier::probes {

struct InventedObject {
  std::uint32_t object = 0;
  std::uint64_t mentions = 0, hallucinated = 0;
  std::uint64_t images = 0;      ///< that have it, of all that are known
  std::uint64_t with_first = 0;  ///< hallucinated mentions in images that have `companion`
  std::int64_t companion = -1;   ///< the object most often in those images; -1: none
};

struct ChairCurves {
  /// Hallucinated mentions of all, by the number of the sentence (1, 2, ...; the last point holds
  /// the rest) and by the place of the word (steps of 16).
  std::vector<RatePoint> sentences, tokens;
  /// How often an object that is not in the image is named, by the share of images that have it,
  /// and by the largest share of the images of one of the image's objects that have it as well.
  std::vector<RatePoint> frequency, co_occurrence;
  std::vector<InventedObject> objects;  ///< by hallucinated mentions, most first
};

/// images[i]: of captions[i], a number in `known`.
ChairCurves chair_curves(std::span<const ChairCaption> captions,
                         std::span<const std::size_t> images, const ImageObjects& known,
                         std::size_t classes);

}  // namespace vernier::probes
