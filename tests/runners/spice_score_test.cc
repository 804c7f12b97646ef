// vernier score with SPICE on texts that are not captions as usual.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"
#include "tests/support/shared.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

struct Sample {
  std::string candidate;
  std::vector<std::string> references;
};

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int n = 0; n < times; ++n) out += text;
  return out;
}

class SpiceScore : public testing::Test {
 protected:
  std::string write(const std::vector<Sample>& samples) {
    std::string lines;
    for (std::size_t n = 0; n < samples.size(); ++n) {
      lines += json{{"id", std::to_string(n)},
                    {"candidate", samples[n].candidate},
                    {"references", samples[n].references}}
                   .dump() +
               "\n";
    }
    return folder_.write("in.jsonl", lines);
  }

  /// Scores of the samples, one after the other.
  std::vector<json> scores(const std::vector<Sample>& samples) {
    const std::string run = folder_.path("run.jsonl").string();
    last_ = vernier({"score", write(samples), "-m", "spice-fast", "-o", run, "-f", "json"});
    EXPECT_EQ(last_.code, 0) << last_.err;
    std::vector<json> out;
    for (const std::string& line : read_lines(run)) {
      const json record = json::parse(line);
      if (record.contains("id")) out.push_back(record["scores"]["spice-fast"]);
    }
    return out;
  }

  TemporaryFolder folder_;
  Finished last_;
};

const Sample kPlain = {"a brown dog", {"a brown dog runs"}};

TEST_F(SpiceScore, SentencesBeyondTheParserHaveNoScoreAndAreCounted) {
  const std::string longest = repeated("dog ", 500), beyond = longest + "dog";
  const std::vector<json> values =
      scores({kPlain, {beyond, {"a dog"}}, {"a dog", {"a dog", beyond}}, {longest, {"a dog"}}});
  ASSERT_EQ(values.size(), 4u);
  EXPECT_TRUE(values[1].is_null());
  EXPECT_TRUE(values[2].is_null());
  EXPECT_TRUE(values[3].is_number());
  const json report = json::parse(last_.out);
  EXPECT_EQ(report["unscored"],
            (json{{"spice-fast",
                   {{"samples", 2}, {"reason", "hold a sentence of more than 500 words"}}}}));
  EXPECT_NEAR(report["scores"]["spice-fast"].get<double>(),
              (values[0].get<double>() + values[3].get<double>()) / 2, 1e-12);

  const Finished table =
      vernier({"score", write({kPlain, {beyond, {"a dog"}}}), "-m", "spice-fast"});
  EXPECT_NE(
      table.out.find("spice-fast              1 of 2 samples hold a sentence of more than 500 "
                     "words: they have no score and are left out\n"),
      std::string::npos)
      << table.out;
}

TEST_F(SpiceScore, MergedShardsCountThemToo) {
  const std::string beyond = repeated("dog ", 501);
  const std::string in = write({kPlain, {beyond, {"a dog"}}, kPlain, {beyond, {"a dog"}}, kPlain});
  const std::string a = folder_.path("a.jsonl").string(), b = folder_.path("b.jsonl").string();
  ASSERT_EQ(vernier({"score", in, "-m", "spice-fast", "--shard", "1/2", "-o", a}).code, 0);
  ASSERT_EQ(vernier({"score", in, "-m", "spice-fast", "--shard", "2/2", "-o", b}).code, 0);
  const Finished merged =
      vernier({"merge", a, b, "-o", folder_.path("all.jsonl").string(), "-f", "json"});
  ASSERT_EQ(merged.code, 0) << merged.err;
  EXPECT_EQ(json::parse(merged.out)["unscored"]["spice-fast"]["samples"], 2);
}

TEST_F(SpiceScore, NothingIsCountedWhereAllHaveAScore) {
  scores({kPlain});
  EXPECT_FALSE(json::parse(last_.out).contains("unscored"));
}

TEST_F(SpiceScore, TextsWithoutWordsAreGraphsWithoutTuples) {
  // As in SPICE 1.0: no tuple on either side is no agreement, but 0.
  EXPECT_EQ(scores({{"", {"a dog"}}, {"a dog", {""}}, {"", {""}}, {"...", {"!!!"}}}),
            (std::vector<json>{0, 0, 0, 0}));
}

TEST_F(SpiceScore, SentencesOfATextAreOneGraph) {
  // Full stops are dropped before the sentences are split, as the caption tools do it; those inside
  // a text that keeps them would not be.
  const std::vector<json> values = scores({{"A dog. A cat.", {"a dog a cat"}}});
  EXPECT_EQ(values[0], 1.0);
}

TEST_F(SpiceScore, RunOnsOfAHundredWordsHaveAScore) {
  const std::string text = repeated("a man rides a red horse and ", 15) + "sleeps";
  const std::vector<json> values = scores({{text, {text}}, {text, {"a man rides a red horse"}}});
  EXPECT_EQ(values[0], 1.0);
  EXPECT_GT(values[1].get<double>(), 0.2);
}

TEST_F(SpiceScore, OtherLanguagesAreScoredAsTheyStandWithAWarning) {
  const std::vector<json> values =
      scores({{"一只狗在草地上跑", {"一只狗在草地上跑"}}, {"собака бежит", {"кошка спит"}}});
  for (const json& value : values) {  // one unknown word or two: a tuple if it is taken for a noun
    EXPECT_TRUE(value == 0 || value == 1.0) << value;
  }
  EXPECT_NE(last_.err.find("non-Latin letters"), std::string::npos) << last_.err;
}

TEST_F(SpiceScore, OddTextsGiveTheSameInEveryThread) {
  std::vector<Sample> samples;
  for (int n = 0; n < 300; ++n) {
    samples.push_back(
        {"'' `` -LRB- a dog's <b> 1/2 #" + std::to_string(n) + " 100% e.g. U.S.A.",
         {"a dog", repeated("\xF0\x9F\x90\xB6 ", n % 40), "Dr. O'Neil's half-built\tcar"}});
  }
  const std::string in = write(samples);
  const auto score = [&](const char* threads) {
    return vernier({"score", in, "-m", "spice-fast", "-f", "json", "-t", threads});
  };
  const Finished one = score("1"), four = score("4");
  EXPECT_EQ(one.out, four.out);
  EXPECT_EQ(one.code, 0) << one.err;
}

}  // namespace
}  // namespace vernier::tests
