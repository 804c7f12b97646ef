// Any bytes as a file of human judgements: captions, ratings and references that are whole, or one
// typed error; and coefficients between -1 and 1 of what was read. The first byte chooses options.
#include <cmath>
#include <string>
#include <unordered_map>

#include "base/error.h"
#include "datasets/ratings/ratings.h"
#include "results/agreement/agreement.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;

void require_whole(const RatedSet& set) {
  require(!set.captions.empty());
  for (const RatedCaption& caption : set.captions) {
    for (const std::string& text : {caption.image, caption.text, caption.system}) {
      fuzz::require_utf8(text);
    }
    require(caption.ratings.empty() == !set.preferences.empty());
    for (const double rating : caption.ratings) require(std::isfinite(rating));
    require(caption.references == RatedCaption::kNoReferences ||
            caption.references < set.references.size());
  }
  for (const auto& references : set.references) require(!references.empty());
  for (const auto& [better, worse] : set.preferences) {
    require(better < set.captions.size() && worse < set.captions.size() && better != worse);
  }
}

void require_coefficients(const RatedSet& set) {
  HumanJudgements human;
  ScoreColumn score{"length", {}, false};
  std::unordered_map<std::string, std::uint32_t> images;
  for (const RatedCaption& caption : set.captions) {
    human.images.push_back(
        images.try_emplace(caption.image, static_cast<std::uint32_t>(images.size())).first->second);
    if (set.preferences.empty()) human.ratings.push_back(caption.ratings);
    score.values.push_back(static_cast<double>(caption.text.size()));
  }
  for (const auto& [better, worse] : set.preferences) human.preferences.push_back({better, worse});
  AgreementOptions options;
  options.resamples = 3;
  const Agreement found = agreement(human, {score}, options);
  for (const Estimate& e : found.scores[0].estimates) {
    require(std::isnan(e.value) == !e.undefined.empty());
    require(std::isnan(e.value) || std::abs(e.value) <= 1 + 1e-9);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const unsigned choice = input.byte();
  RatingOptions options;
  options.several_ratings = choice % 2 == 1;
  options.replace_invalid = choice / 2 % 2 == 1;
  options.own = static_cast<OwnCaptions>(choice / 4 % 4);
  const fuzz::MemoryFile file{std::string(input.rest())};
  try {
    const RatedSet set = read_ratings(file.path(), options);
    require_whole(set);
    require_coefficients(set);
  } catch (const Error& error) {
    require(error.code() == ExitCode::kBadInput || error.code() == ExitCode::kUsage);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
  }
  return 0;
}
