#include "judges/probes/drift/measures.h"

namespace vernier::probes::drift {

const MeasureInfo& measure_info(std::size_t measure) {
  using enum Harm;
  using enum Need;
  static constexpr std::array<MeasureInfo, kMeasures> kInfo = {{
      {"length", "words a caption", kBoth, kWords, false},
      {"length-sd", "standard deviation of the words a caption", kDown, kWords, false},
      {"distinct-1", "different words of a fixed number of words", kDown, kWords, false},
      {"distinct-2", "the same of pairs in a row", kDown, kWords, false},
      {"distinct-3", "the same of three in a row", kDown, kWords, false},
      {"entropy", "entropy of words, bits", kDown, kWords, false},
      {"word-divergence", "Jensen-Shannon divergence of words from round 0, bits", kUp, kWords,
       true},
      {"commonest", "captions that are the most frequent one", kUp, kWords, false},
      {"duplicates", "captions that another image or caption has too", kUp, kWords, false},
      {"phrases", "words in phrases of five that many captions have", kUp, kWords, false},
      {"repeats", "four words in a row that the caption said before", kUp, kWords, false},
      {"facts", "objects, attributes and relations a caption", kDown, kScenes, false},
      {"object-divergence", "Jensen-Shannon divergence of objects from round 0, bits", kUp, kScenes,
       true},
      {"object-shift", "largest standardised change of one object since round 0", kUp, kScenes,
       true},
      {"chair-i", "mentions of objects that the image does not have", kUp, kObjects, false},
      {"chair-s", "captions with such a mention", kUp, kObjects, false},
      {"recall", "objects of the images that are mentioned", kDown, kObjects, false},
      {"coverage", "facts of round 0 that are said again", kDown, kScenes, false},
      {"new-facts", "facts that round 0 does not have", kNone, kScenes, false},
  }};
  return kInfo[measure];
}

}  // namespace vernier::probes::drift
