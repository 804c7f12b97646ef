// CHAIR: how many of the objects that captions name are not in the images (Rohrbach et al. 2018).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "judges/probes/object/chair/image_objects.h"
#include "judges/probes/object/words/object_finder.h"

namespace vernier::probes {

/// A mention and whether its object is in the image.
struct JudgedMention {
  std::string word;  ///< the form that was found
  std::uint32_t object = 0;
  CharacterRange place;
  std::uint32_t token = 0, sentence = 0;
  bool hallucinated = false;
};

/// One caption against the objects of its image.
struct ChairCaption {
  std::vector<JudgedMention> mentions;
  std::uint32_t objects = 0;   ///< of the image
  std::uint32_t recalled = 0;  ///< of these, mentioned
  std::uint32_t tokens = 0, sentences = 0;

  std::uint32_t hallucinated() const;
};

/// `objects`: of the image, ascending.
ChairCaption judge_caption(const FoundObjects& found, std::span<const std::uint32_t> objects);

/// Sums over captions.
struct ChairCounts {
  std::uint64_t captions = 0, hallucinated_captions = 0;
  std::uint64_t mentions = 0, hallucinated_mentions = 0;
  std::uint64_t objects = 0, recalled = 0, tokens = 0;

  void add(const ChairCaption& caption);
};

/// In percent; NaN where undefined (no captions, no mentions, no objects).
struct ChairScores {
  double chair_s = 0;  ///< captions with a hallucinated mention
  double chair_i = 0;  ///< hallucinated mentions, of all mentions
  double recall = 0;   ///< objects of images that are mentioned, of all
  double length = 0;   ///< tokens a caption
};
ChairScores chair_scores(const ChairCounts& counts);

}  // namespace vernier::probes
