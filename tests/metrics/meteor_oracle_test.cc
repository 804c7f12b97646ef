// METEOR against what the Meteor 1.5 program printed: every sentence score, the counts behind it,
// and the corpus scores, all equal to the last digit.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "metrics/meteor/score/statistics.h"
#include "tests/support/meteor_data.h"
#include "tests/support/score_samples.h"
#include "tests/support/shared.h"
#include "tests/support/whitespace_tokenizer.h"

namespace vernier {
namespace {

using tests::TextSample;

tests::Scored score(const std::vector<TextSample>& samples) {
  std::vector<std::unique_ptr<Metric>> metrics;
  metrics.push_back(
      make_meteor({tests::meteor_data(), true, std::make_shared<tests::WhitespaceTokenizer>()}));
  return tests::score_samples(std::move(metrics), samples);
}

/// The 23 numbers of the program as a row: without the two that are sums, and without the chunk of
/// a perfect segment.
std::vector<double> as_row(std::vector<double> printed) {
  const double chunks = printed[20], hyp_matched = printed[21], ref_matched = printed[22];
  printed.resize(meteor::kCountTotal);
  if (chunks == 1 && hyp_matched == printed[0] && ref_matched == printed[1]) printed[20] = 0;
  return printed;
}

TEST(MeteorOracle, EverySetEqualsTheReferenceProgram) {
  VERNIER_REQUIRE_SHARED("data/oracle/sets");
  VERNIER_REQUIRE_METEOR_DATA();
  std::size_t sets = 0;
  for (const auto& entry : std::filesystem::directory_iterator(tests::shared("data/oracle/sets"))) {
    SCOPED_TRACE(entry.path().filename());
    std::vector<TextSample> samples;
    std::vector<nlohmann::json> expected;
    for (const std::string& line : tests::read_lines(entry.path() / "expected.jsonl.gz")) {
      expected.push_back(nlohmann::json::parse(line));
      samples.push_back({expected.back()["candidate_tokens"], expected.back()["reference_tokens"]});
    }
    ASSERT_FALSE(samples.empty());
    const tests::Scored got = score(samples);
    std::size_t wrong_scores = 0, wrong_rows = 0;
    std::string first;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const double want = expected[i]["scores"]["meteor"];
      const bool right_score = got.sentence[i][0] == want;
      const bool right_row = got.rows[i] == as_row(expected[i]["meteor_statistics"]);
      wrong_scores += !right_score;
      wrong_rows += !right_row;
      if (first.empty() && !(right_score && right_row)) first = samples[i].candidate;
    }
    EXPECT_EQ(wrong_scores, 0u) << "first: " << first;
    EXPECT_EQ(wrong_rows, 0u) << "first: " << first;
    std::string corpus;
    for (const std::string& line : tests::read_lines(entry.path() / "corpus.json")) corpus += line;
    const nlohmann::json scores = nlohmann::json::parse(corpus);
    EXPECT_EQ(got.corpus[0], (scores.contains("scores") ? scores["scores"] : scores)["meteor"]);
    ++sets;
  }
  EXPECT_GE(sets, 12u);
}

// What the caption tools' PTB tokeniser drops from its tokens.
bool is_dropped(const std::string& token) {
  static const std::vector<std::string> kDropped = {"''", "'", "``", "`",  ".",   "?", "!",
                                                    ",",  ":", "-",  "--", "...", ";"};
  return std::find(kDropped.begin(), kDropped.end(), token) != kDropped.end();
}

TEST(MeteorOracle, WholeFlickr30k) {
  VERNIER_REQUIRE_SHARED("data/oracle/ptb_tokens.tsv.gz");
  VERNIER_REQUIRE_METEOR_DATA();
  std::vector<TextSample> samples;
  std::string last_image;
  for (const std::string& line :
       tests::read_lines(tests::shared("data/oracle/ptb_tokens.tsv.gz"))) {
    std::istringstream fields(line);
    std::string set, image, number, tokens, text;
    std::getline(fields, set, '\t');
    std::getline(fields, image, '\t');
    std::getline(fields, number, '\t');
    if (!set.starts_with("flickr30k")) continue;
    while (std::getline(fields, tokens, ' ')) {
      if (!is_dropped(tokens)) text += tokens + " ";
    }
    if (image != last_image) {
      samples.push_back({text, {}});
    } else {
      samples.back().references.push_back(text);
    }
    last_image = image;
  }
  ASSERT_EQ(samples.size(), 31014u);
  EXPECT_EQ(score(samples).corpus[0], 0.24892265913157569);
}

}  // namespace
}  // namespace vernier
