// Every BLEU, chrF and TER score that sacreBLEU 2.6.0 gave for real captions, with its counts and
// signatures.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "metrics/sacrebleu/chrf.h"
#include "metrics/sacrebleu/sacrebleu.h"
#include "metrics/sacrebleu/ter/ter.h"
#include "tests/support/score_samples.h"
#include "tests/support/shared.h"

namespace vernier::tests {
namespace {

using Json = nlohmann::json;

// Relative. What remains is the last bit of exp() and log() in another C library.
constexpr double kTolerance = 1e-14;
constexpr const char* kSets[] = {"coco_human",    "flickr30k_human",   "lvlm_long",
                                 "thumb_up_down", "thumb_vinvl_large", "tricky"};

Json read_json(const std::string& path) {
  std::string text;
  for (const std::string& line : read_lines(shared(path))) text += line + "\n";
  return Json::parse(text);
}

std::vector<TextSample> read_samples(const std::string& set) {
  std::vector<TextSample> samples;
  for (const std::string& line :
       read_lines(shared("data/oracle/sets/" + set + "/samples.jsonl.gz"))) {
    const auto record = Json::parse(line);
    samples.push_back({record["candidate"], record["references"]});
  }
  return samples;
}

// Options that this test does not know would be options not tested.
void expect_known(const Json& options, const std::vector<std::string>& known) {
  for (const auto& [key, value] : options.items()) {
    EXPECT_NE(std::find(known.begin(), known.end(), key), known.end()) << key;
  }
}

std::unique_ptr<Metric> open(const std::string& metric, const Json& options) {
  if (metric == "BLEU") {
    expect_known(options, {"tokenize", "lowercase", "smooth_method", "effective_order"});
    SacrebleuOptions bleu;
    bleu.tokenizer = options.value("tokenize", bleu.tokenizer);
    bleu.lowercase = options.value("lowercase", false);
    bleu.smoothing = options.value("smooth_method", bleu.smoothing);
    bleu.effective_order = options.value("effective_order", false);
    return make_sacrebleu(bleu);
  }
  if (metric == "CHRF") {
    expect_known(options, {"word_order", "lowercase"});
    return make_chrf({.word_order = options.value("word_order", 0),
                      .lowercase = options.value("lowercase", false)});
  }
  EXPECT_EQ(metric, "TER");
  expect_known(options, {"normalized", "no_punct", "asian_support"});
  return make_ter({.normalized = options.value("normalized", false),
                   .no_punct = options.value("no_punct", false),
                   .asian_support = options.value("asian_support", false)});
}

void expect_close(double got, double expected, const std::string& what) {
  ASSERT_NEAR(got, expected, kTolerance * std::max(1.0, std::abs(expected))) << what;
}

// Sums of the row columns that `run` has under `key` (a number or a list), from column `first` on.
void expect_sums(const Json& run, const char* key, const Scored& scored, std::size_t first) {
  if (!run.contains(key)) return;
  const Json values = run[key].is_array() ? run[key] : Json::array({run[key]});
  for (std::size_t k = 0; k < values.size(); ++k) {
    double sum = 0;
    for (const auto& row : scored.rows) sum += row[first + k];
    expect_close(sum, values[k].get<double>(), std::string(key) + " " + std::to_string(k));
  }
}

class SacrebleuOracle : public testing::TestWithParam<const char*> {};

TEST_P(SacrebleuOracle, ScoresCountsAndSignaturesAreThoseOfSacrebleu) {
  const std::string set = GetParam();
  const std::string path = "data/oracle/sacrebleu_rouge_score/" + set + ".json.gz";
  VERNIER_REQUIRE_SHARED(path);
  const Json oracle = read_json(path);
  const std::vector<TextSample> samples = read_samples(set);
  ASSERT_EQ(samples.size(), oracle["n"].get<std::size_t>());
  ASSERT_GE(oracle["sacrebleu"].size(), 13u);  // lvlm_long has no TER
  for (const Json& run : oracle["sacrebleu"]) {
    const std::string signature = run["signature"];
    SCOPED_TRACE(run["metric"].get<std::string>() + " " + signature);
    std::vector<std::unique_ptr<Metric>> metrics;
    metrics.push_back(open(run["metric"], run["options"]));
    const Scored scored = score_samples(std::move(metrics), samples);
    EXPECT_NE(scored.signatures[0].find("|" + signature + "|"), std::string::npos)
        << scored.signatures[0];
    expect_close(scored.corpus[0], run["score"].get<double>(), "corpus score");
    // add-k reports its counts after smoothing: those of orders 2 to 4 are one larger.
    if (run["options"].value("smooth_method", "") != "add-k") {
      expect_sums(run, "counts", scored, 2);
      expect_sums(run, "totals", scored, 6);
    }
    expect_sums(run, "sys_len", scored, 0);
    if (run["metric"] == "BLEU") expect_sums(run, "ref_len", scored, 1);
    expect_sums(run, "num_edits", scored, 0);
    expect_sums(run, "ref_length", scored, 1);
    if (!run.contains("sentence")) continue;
    const Json& sentences = run["sentence"];
    ASSERT_EQ(sentences.size(), std::min<std::size_t>(200, samples.size()));
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      expect_close(scored.sentence[i][0], sentences[i].get<double>(),
                   "sample " + std::to_string(i));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sets, SacrebleuOracle, testing::ValuesIn(kSets),
                         [](const auto& set) { return std::string(set.param); });

}  // namespace
}  // namespace vernier::tests
