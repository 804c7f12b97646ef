// Options come back out of the signatures that they made.
#include "metrics/aggregate/signature_options.h"

#include <gtest/gtest.h>

#include "tests/support/meteor_data.h"

namespace vernier {
namespace {

void expect_read_back(std::string_view name, const MetricOptions& options) {
  const std::string signature = open_metric(name, options)->signature();
  const std::optional<MetricOptions> read = measuring_options(signature);
  ASSERT_TRUE(read) << signature;
  MetricOptions with = *read;
  with.meteor_data = options.meteor_data;
  EXPECT_EQ(open_metric(name, with)->signature(), signature);
}

TEST(SignatureOptions, OfEveryMetricAsItIsUsually) {
  for (const MetricInfo& info : known_metrics()) {
    if (info.name == "meteor" || info.name.starts_with("spice")) continue;  // need data
    expect_read_back(info.name, {});
  }
}

TEST(SignatureOptions, OfEveryOption) {
  MetricOptions options;
  for (const char* tokenizer : {"icu", "char"}) {
    options.tokenizer = tokenizer;
    for (const char* name : {"bleu", "rouge-l", "cider", "cider-plain"}) {
      expect_read_back(name, options);
    }
  }
  options.rouge_stem = true;
  expect_read_back("rouge-lsum", options);
  options.sacrebleu.tokenizer = "char";
  options.sacrebleu.smoothing = "floor";
  options.sacrebleu.smooth_value = 0.125;
  options.sacrebleu.lowercase = options.sacrebleu.effective_order = true;
  options.sacrebleu.max_order = 2;
  expect_read_back("sacrebleu", options);
  options.chrf.char_order = 4;
  options.chrf.beta = 3;
  options.chrf.lowercase = options.chrf.whitespace = options.chrf.eps_smoothing = true;
  expect_read_back("chrf++", options);
  options.ter = {true, true, true, true};
  expect_read_back("ter", options);
}

TEST(SignatureOptions, OfMeteorWithoutParaphrases) {
  VERNIER_REQUIRE_METEOR_DATA();
  MetricOptions options;
  options.meteor_data = tests::meteor_data();
  expect_read_back("meteor", options);
  options.meteor_paraphrase = false;
  expect_read_back("meteor", options);
}

TEST(SignatureOptions, NumbersThatAreNoneAreRefused) {
  EXPECT_FALSE(measuring_options("sacrebleu|n:many|tok:13a"));
  EXPECT_FALSE(measuring_options("chrf|beta:1.2|nc:6"));
  EXPECT_TRUE(measuring_options("rouge-l|beta:1.2|tok:ptb-3.4.1"));
}

}  // namespace
}  // namespace vernier
