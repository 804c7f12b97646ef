#include "judges/probes/object/words/double_words.h"

#include <string>

#include "metrics/text/text_set.h"

namespace vernier::probes {
namespace {

// After LisaAnne/Hallucination: the pair, and after '>' what it becomes where that is another word.
// "home plate", "train track" are no objects: they keep plate and train from counting.
constexpr std::string_view kPairs[] = {
    "motor bike",        "motor cycle",          "air plane",          "traffic light",
    "street light",      "traffic signal",       "stop light",         "fire hydrant",
    "stop sign",         "parking meter",        "suit case",          "sports ball",
    "baseball bat",      "baseball glove",       "tennis racket",      "wine glass",
    "hot dog",           "cell phone",           "mobile phone",       "teddy bear",
    "hair drier",        "potted plant",         "bow tie>tie",        "laptop computer",
    "home plate",        "train track",          "toilet seat>toilet", "wine glas>wine glass",
    "passenger jet>jet", "passenger train>train"};
constexpr std::string_view kAnimals[] = {"bird",     "cat",  "dog",   "horse",   "sheep",  "cow",
                                         "elephant", "bear", "zebra", "giraffe", "animal", "cub"};

using Seconds = text::TextMap<std::string>;

/// By first word, by second word: what the two become.
const auto& pairs() {
  static const auto made = [] {
    text::TextMap<Seconds> table;
    for (const std::string_view entry : kPairs) {
      const std::string_view pair = entry.substr(0, entry.find('>'));
      const std::size_t blank = pair.find(' ');
      const std::string_view becomes =
          pair.size() == entry.size() ? pair : entry.substr(pair.size() + 1);
      table[std::string(pair.substr(0, blank))].emplace(pair.substr(blank + 1), becomes);
    }
    for (const std::string_view animal : kAnimals) {
      table["baby"].emplace(animal, animal);
      table["adult"].emplace(animal, animal);
    }
    return table;
  }();
  return made;
}

}  // namespace

std::string_view joined_words(std::string_view first, std::string_view second) {
  const auto seconds = pairs().find(first);
  if (seconds == pairs().end()) return {};
  const auto found = seconds->second.find(second);
  return found == seconds->second.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace vernier::probes
