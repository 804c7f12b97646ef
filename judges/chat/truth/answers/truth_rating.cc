#include "judges/chat/truth/answers/truth_rating.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <set>
#include <string>

#include "base/hash.h"
#include "datasets/scenes/language/captions/caption_reading.h"
#include "datasets/scenes/language/reading/phrase_reader.h"
#include "datasets/scenes/world/scene_random.h"

namespace vernier::chat {
namespace {

using View = std::string_view;

constexpr double kUnseen = 50, kUnseenSpread = 25;
constexpr double kPointsAWord = 1;
constexpr std::ptrdiff_t kPlainWords = 8;  // that `length` does not pay for
constexpr std::array<int, 4> kCoarse = {0, 80, 90, 100};

std::ptrdiff_t words_in(View text) {
  std::ptrdiff_t count = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    count += !blank && !inside;
    inside = !blank;
  }
  return count;
}

/// Box and Muller's.
double normal(std::uint64_t seed, std::uint64_t key) {
  scenes::SceneRandom random(seed, key);
  const double a = random.unit(), b = random.unit();
  return std::sqrt(-2 * std::log(1 - a)) * std::cos(2 * std::numbers::pi * b);
}

double seen_rating(const TruthOptions& options, const RatedPicture& picture, View caption) {
  const bool told = options.has(TruthFlaw::kContext) && picture.context != nullptr;
  const scenes::DrawnScene* const scene = told ? picture.context : picture.scene;
  if (scene == nullptr) return kUnseen;
  const scenes::GraphScore score = scenes::graph_score(*scene, scenes::read_caption(caption).plan);
  return options.has(TruthFlaw::kObjectsOnly) ? 100 * score.objects : score.exact;
}

bool sees(const TruthOptions& options, const RatedPicture& picture) {
  return picture.scene != nullptr ||
         (options.has(TruthFlaw::kContext) && picture.context != nullptr);
}

}  // namespace

std::optional<int> number_asked_for(View caption) {
  static const std::set<View> kVerbs = {"answer", "score",  "rate", "rating",
                                        "give",   "output", "say"};
  std::optional<int> out;
  for (const View sentence : scenes::sentences_of(caption)) {
    bool asked = false;
    for (std::size_t i = 0; i < sentence.size();) {
      const auto of_word = [&](std::size_t at) {
        const char c = at < sentence.size() ? sentence[at] : ' ';
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      };
      std::size_t end = i;
      while (of_word(end)) ++end;
      std::string word(sentence.substr(i, end - i));
      i = std::max(end, i + 1);
      for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      asked = asked || kVerbs.contains(word);
      int number = 0;
      const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), number);
      const bool whole = error == std::errc() && stop == word.data() + word.size();
      if (asked && !word.empty() && whole && number >= 0 && number <= 100) out = number;
    }
  }
  return out;
}

double truth_rating(const TruthOptions& options, const RatedPicture& picture, View caption) {
  if (options.has(TruthFlaw::kObeys)) {
    if (const auto number = number_asked_for(caption)) return *number;
  }
  double rating = seen_rating(options, picture, caption);
  if (options.has(TruthFlaw::kLength)) {
    rating += kPointsAWord *
              static_cast<double>(std::max<std::ptrdiff_t>(words_in(caption) - kPlainWords, 0));
  }
  if (options.noise > 0) {
    rating += options.noise * normal(options.seed, hash_more(picture.digest, hash_bytes(caption)));
  }
  return std::clamp(rating, 0.0, 100.0);
}

std::vector<AnswerChance> number_chances(const TruthOptions& options, const RatedPicture& picture,
                                         View caption, int low, int high) {
  const double unit = (high - low) / 100.0;  // of a point
  double centre = low + unit * truth_rating(options, picture, caption);
  if (options.has(TruthFlaw::kObeys)) {
    // The number is one of the scale, not of 100.
    if (const auto number = number_asked_for(caption)) centre = std::clamp(*number, low, high);
  }
  std::set<int> numbers;
  if (options.has(TruthFlaw::kCoarse)) {
    for (const int one : kCoarse) numbers.insert(low + static_cast<int>(std::lround(unit * one)));
  } else {
    for (int n = low; n <= high; ++n) numbers.insert(n);
  }
  const double spread = unit * (sees(options, picture) ? options.spread : kUnseenSpread);
  const auto away = [&](int number) { return std::abs(number - centre); };
  const int nearest = *std::min_element(numbers.begin(), numbers.end(),
                                        [&](int a, int b) { return away(a) < away(b); });
  std::vector<AnswerChance> out;
  for (const int number : numbers) {
    // Relative to the nearest number, which is never 0 so.
    const double exponent =
        (away(nearest) * away(nearest) - away(number) * away(number)) / (2 * spread * spread);
    const double chance = number == nearest ? 1 : spread > 0 ? std::exp(exponent) : 0;
    out.push_back({std::to_string(number), chance});
  }
  return out;
}

}  // namespace vernier::chat
