// Every ROUGE score that rouge_score 0.1.2 gave for real captions, digit for digit.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "metrics/rouge/rouge_lsum.h"
#include "metrics/rouge/rouge_n.h"
#include "metrics/rouge/rouge_score_l.h"
#include "tests/support/score_samples.h"
#include "tests/support/shared.h"

namespace vernier::tests {
namespace {

constexpr double kTolerance = 1e-12;
constexpr const char* kSets[] = {"coco_human",    "flickr30k_human",   "lvlm_long",
                                 "thumb_up_down", "thumb_vinvl_large", "tricky"};
constexpr const char* kTypes[] = {"rouge1", "rouge2", "rouge3", "rougeL", "rougeLsum"};

nlohmann::json read_json(const std::string& path) {
  std::string text;
  for (const std::string& line : read_lines(shared(path))) text += line + "\n";
  return nlohmann::json::parse(text);
}

std::vector<TextSample> read_samples(const std::string& set) {
  std::vector<TextSample> samples;
  for (const std::string& line :
       read_lines(shared("data/oracle/sets/" + set + "/samples.jsonl.gz"))) {
    const auto record = nlohmann::json::parse(line);
    samples.push_back({record["candidate"], record["references"]});
  }
  return samples;
}

// Ours are F1, precision, recall for each type; the file has precision, recall, F1.
void expect_equal(const nlohmann::json& expected, std::span<const double> scores,
                  const std::string& what) {
  for (std::size_t t = 0; t < std::size(kTypes); ++t) {
    const auto& values = expected.at(kTypes[t]);
    for (std::size_t k = 0; k < 3; ++k) {
      ASSERT_NEAR(scores[3 * t + (k + 1) % 3], values[k].get<double>(), kTolerance)
          << what << " " << kTypes[t] << " " << k;
    }
  }
}

class RougeOracle : public testing::TestWithParam<const char*> {};

TEST_P(RougeOracle, ScoresAreThoseOfRougeScore) {
  const std::string set = GetParam();
  const std::string path = "data/oracle/sacrebleu_rouge_score/" + set + ".json.gz";
  VERNIER_REQUIRE_SHARED(path);
  const auto oracle = read_json(path);
  const std::vector<TextSample> samples = read_samples(set);
  ASSERT_EQ(samples.size(), oracle["n"].get<std::size_t>());
  ASSERT_EQ(oracle["rouge_score"].size(), 4u);
  for (const auto& run : oracle["rouge_score"]) {
    std::vector<TextSample> used = samples;
    if (!run["multi_reference"].get<bool>()) {
      for (TextSample& sample : used) sample.references.resize(1);
    }
    const RougeOptions options{.stem = run["use_stemmer"].get<bool>()};
    std::vector<std::unique_ptr<Metric>> metrics;
    for (int n = 1; n <= 3; ++n) metrics.push_back(make_rouge_n(n, options));
    metrics.push_back(make_rouge_score_l(options));
    metrics.push_back(make_rouge_lsum(options));
    const Scored scored = score_samples(std::move(metrics), used);
    expect_equal(run["mean"], scored.corpus, set + " corpus");
    const auto& sentences = run["first_200"];
    ASSERT_EQ(sentences.size(), std::min<std::size_t>(200, samples.size()));
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      expect_equal(sentences[i], scored.sentence[i], set + " sample " + std::to_string(i));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sets, RougeOracle, testing::ValuesIn(kSets),
                         [](const auto& set) { return std::string(set.param); });

}  // namespace
}  // namespace vernier::tests
