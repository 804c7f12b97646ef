// Captions that people have rated.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/score_samples.h"
#include "tests/support/shared.h"

namespace vernier::tests {

using Json = nlohmann::json;

inline const std::string kRatings = "data/meta_eval/";

inline Json read_json(const std::string& path) {
  std::string text;
  for (const std::string& line : read_lines(shared(kRatings + path))) text += line + "\n";
  return Json::parse(text);
}

struct RatedSamples {
  std::vector<TextSample> samples;
  std::vector<double> ratings;  // three for each sample
};

inline RatedSamples read_flickr8k_expert() {
  RatedSamples rated;
  const Json images = read_json("flickr8k_expert/flickr8k_expert.json.gz");
  for (const auto& [image, entry] : images.items()) {
    const Json& judgements = entry["human_judgement"];
    for (std::size_t i = 0; i < judgements.size(); i += 3) {
      rated.samples.push_back({judgements[i]["caption"], entry["ground_truth"]});
      for (std::size_t k = 0; k < 3; ++k) rated.ratings.push_back(judgements[i + k]["rating"]);
    }
  }
  return rated;
}

inline std::vector<double> three_times(const std::vector<double>& values) {
  std::vector<double> repeated;
  for (const double value : values) repeated.insert(repeated.end(), 3, value);
  return repeated;
}

}  // namespace vernier::tests
