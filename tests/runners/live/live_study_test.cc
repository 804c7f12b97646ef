// Live probes of models whose faults are known.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "runners/probe/live/output/live_output.h"
#include "tests/runners/live/stub_models.h"

namespace vernier {
namespace {

using tests::StubData;
using tests::StubModel;
using tests::StubQuestion;

const GlobalOptions kQuiet{true, {}};

LiveStudy ask(const StubData& data, StubModel& model, LiveOptions options = {}) {
  return study_live(data.open(), options, model, nullptr, "", kQuiet);
}

const KindScores& scores_of(const LiveStudy& study, const std::string& kind) {
  for (const LiveKind& one : study.kinds) {
    if (one.scores.kind == kind) return one.scores;
  }
  throw std::runtime_error("no such kind");
}

/// Sees the picture and is right nine times of ten.
std::string fair(const StubQuestion& question) {
  const std::string truth = StubData::truth(question);
  if (truth.empty()) return StubData::guess(question);
  return question.chance < 0.9 ? truth : StubData::wrong(truth);
}

TEST(LiveStudy, AFairModelLooksAtItsPictures) {
  const StubData data(200);
  StubModel model(fair, 1);
  const LiveStudy study = ask(data, model);
  EXPECT_EQ(study.unanswered, 0U);
  EXPECT_EQ(model.asked, study.asked) << "each question once";
  for (const char* kind : {"existence", "count", "position"}) {
    const KindScores& scores = scores_of(study, kind);
    EXPECT_EQ(scores.undefined, "") << kind;
    EXPECT_NEAR(scores.right.value, 0.9, 0.06) << kind;
    EXPECT_LT(scores.right.low, scores.right.value);
    EXPECT_GT(scores.right.high, scores.right.value);
    EXPECT_EQ(scores.unparsed, 0U);
    EXPECT_GT(scores.grey.low, 0.2) << kind;
    EXPECT_GT(scores.other.low, 0.2) << kind;
    EXPECT_LT(scores.grey.p, 0.01);
    EXPECT_NEAR(scores.grey.change, scores.grey.first - scores.grey.second, 1e-12);
  }
  const KindScores& existence = scores_of(study, "existence");
  EXPECT_NEAR(existence.yes_ratio, 0.5, 0.15);
  EXPECT_GT(existence.wrong_hard.whole, 60U);
  EXPECT_LT(existence.wrong_hard.ratio(), 0.2);
  EXPECT_EQ(existence.wrong_easy.whole, 0U);
  EXPECT_TRUE(std::isnan(scores_of(study, "count").yes_ratio));
  ASSERT_TRUE(study.position);
  EXPECT_EQ(study.position->effects.means.size(), 4U);
}

TEST(LiveStudy, APlantedRecencyIsFound) {
  const StubData data(120);
  StubModel model(
      [](const StubQuestion& question) {
        const std::string truth = StubData::truth(question);
        if (truth.empty()) return StubData::guess(question);
        const double right = 0.65 + 0.1 * static_cast<double>(StubData::place(question));
        return question.chance < right ? truth : StubData::wrong(truth);
      },
      3);
  const LiveStudy study = ask(data, model);
  ASSERT_TRUE(study.position);
  EXPECT_EQ(study.position->undefined, "");
  EXPECT_GT(study.position->effects.recency.value, 10);
  EXPECT_LT(study.position->effects.recency.p, 0.01);
  EXPECT_LT(study.position->effects.slope.p, 0.01);
  ASSERT_EQ(study.position->biases.size(), 1U);
  EXPECT_EQ(study.position->biases[0].first, "recency");
  EXPECT_NE(live_text(study, OutputFormat::kTable).find("bias: recency (p 0.000"),
            std::string::npos);
}

TEST(LiveStudy, WhatIsLostInTheMiddleIsFoundByDepth) {
  const StubData data(160);
  data.add_needles();
  StubModel model(
      [](const StubQuestion& question) {
        const std::string truth = StubData::truth(question);
        if (truth.empty()) return StubData::guess(question);
        const std::size_t place = StubData::place(question);
        const double right = place == 0 || place == 3 ? 0.95 : 0.6;
        return question.chance < right ? truth : StubData::wrong(truth);
      },
      13);
  LiveOptions options;
  options.kinds = {"needle"};
  const LiveStudy study = ask(data, model, options);
  ASSERT_TRUE(study.depth);
  EXPECT_FALSE(study.position);
  ASSERT_EQ(study.depth->places.size(), 4U);
  EXPECT_EQ(study.depth->places.back(), 1);
  EXPECT_GT(study.depth->effects.means[0].low, study.depth->effects.means[1].high);
  ASSERT_EQ(study.depth->biases.size(), 1U);
  EXPECT_EQ(study.depth->biases[0].first, "U-shape");
  const auto json = nlohmann::json::parse(live_json(study));
  EXPECT_EQ(json["needle"]["depth"].size(), 4U);
  EXPECT_EQ(json["needle"]["depth"][3]["from"], 1);
}

TEST(LiveStudy, AFairModelIsNotCalledBiasedMoreOftenThanAlpha) {
  const StubData data(60);
  LiveOptions options;
  options.kinds = {"position"};
  int found = 0, recency = 0;
  constexpr int kModels = 100;
  for (int seed = 0; seed < kModels; ++seed) {
    StubModel model(fair, 1000 + static_cast<std::uint64_t>(seed));
    const LiveStudy study = ask(data, model, options);
    ASSERT_EQ(study.position->undefined, "");
    found += !study.position->biases.empty();
    recency += study.position->effects.recency.p < 0.01;
  }
  // 97.5 % quantiles of the binomial distribution at 5 % and 1 %.
  EXPECT_LE(found, 10);
  EXPECT_LE(recency, 3);
}

TEST(LiveStudy, ACoinIsAtChanceAndNothingIsMeasured) {
  const StubData data(100);
  StubModel model([](const StubQuestion& question) { return StubData::guess(question); }, 5);
  const LiveStudy study = ask(data, model);
  for (const LiveKind& kind : study.kinds) EXPECT_EQ(kind.scores.undefined, kAtChance);
  EXPECT_EQ(study.position->undefined, kAtChance);
  const std::string table = live_text(study, OutputFormat::kTable);
  EXPECT_NE(table.find("existence        100  at chance: not measured  "), std::string::npos)
      << table;
  EXPECT_NE(table.find("position in the group: at chance: not measured"), std::string::npos);
  const auto json = nlohmann::json::parse(live_json(study));
  for (const char* kind : {"existence", "count", "position"}) {
    const auto& one = json["kinds"][kind];
    for (const char* key :
         {"right", "low", "high", "grey_right", "grey_change", "other_change", "p_grey"}) {
      EXPECT_TRUE(one[key].is_null()) << kind << " " << key;
    }
    EXPECT_EQ(one["undefined"]["right"], kAtChance);
    EXPECT_EQ(json["undefined"][std::string("right/") + kind], kAtChance);
  }
  EXPECT_TRUE(json["position"]["mean"].is_null());
  EXPECT_FALSE(json["position"].contains("positions"));
  EXPECT_EQ(json["position"]["undefined"]["mean"], kAtChance);
}

// The level of the test: coins are called better than chance in few cases.
TEST(LiveStudy, CoinsAreRarelyTakenForMore) {
  const StubData data(60);
  LiveOptions options;
  options.kinds = {"existence", "count"};
  int measured = 0, all = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    StubModel model([](const StubQuestion& question) { return StubData::guess(question); },
                    100 + seed);
    for (const LiveKind& kind : ask(data, model, options).kinds) {
      measured += kind.scores.undefined.empty();
      ++all;
    }
  }
  EXPECT_LE(measured, 11) << "of " << all;
}

TEST(LiveStudy, ABlindModelChangesNothingWithoutItsPicture) {
  const StubData data(100);
  // It was told the answers with the questions, by what stands in them.
  StubModel model(
      [](const StubQuestion& question) {
        return question.text == "Is it there?" ? std::string("yes") : std::string("1");
      },
      7);
  LiveStudy study = ask(data, model);
  for (const LiveKind& kind : study.kinds) {
    EXPECT_EQ(kind.scores.undefined, kAtChance) << "always the same is no knowledge";
  }

  const tests::TemporaryFolder& folder = data.folder();
  std::string questions;
  for (int i = 0; i < 100; ++i) {
    const std::string label = i % 3 == 0 ? "yes" : "no";
    questions += "{\"image\":\"m" + std::to_string(i) + "\",\"text\":\"Is " +
                 (label == "yes" ? "grass green" : "snow black") + " " + std::to_string(i) +
                 "?\",\"label\":\"" + label + "\"}\n";
  }
  const LiveData open =
      open_live_data({"", folder.write("leaky.jsonl", questions), folder.path("images").string()});
  StubModel blind(
      [](const StubQuestion& question) {
        const bool grass = question.text.find("grass") != std::string::npos;
        const bool slips = question.text.find("3?") != std::string::npos;
        return std::string(grass != slips ? "yes" : "no");
      },
      7);
  study = study_live(open, {}, blind, nullptr, "", kQuiet);
  ASSERT_EQ(study.kinds.size(), 1U);
  const KindScores& scores = study.kinds[0].scores;
  EXPECT_EQ(scores.kind, "questions");
  EXPECT_EQ(scores.undefined, "") << scores.p_above_commonest;
  EXPECT_EQ(scores.grey.change, 0);
  EXPECT_EQ(scores.other.change, 0);
  EXPECT_EQ(scores.grey.low, 0);
  EXPECT_EQ(scores.grey.high, 0);
  EXPECT_EQ(scores.grey.p, 1);
}

TEST(LiveStudy, WhatCannotBeReadIsWrongAndCounted) {
  const StubData data(80);
  StubModel model(
      [](const StubQuestion& question) {
        const std::string truth = StubData::truth(question);
        if (truth.empty() || question.chance < 0.2) return std::string("I would rather not say so");
        return "The answer is " + truth + ".";
      },
      9);
  LiveOptions options;
  options.kinds = {"existence", "count"};
  const LiveStudy study = ask(data, model, options);
  for (const LiveKind& kind : study.kinds) {
    const KindScores& scores = kind.scores;
    EXPECT_GT(scores.unparsed, 5U);
    EXPECT_NEAR(scores.right.value,
                1 - static_cast<double>(scores.unparsed) / static_cast<double>(scores.asked),
                1e-12);
    EXPECT_EQ(scores.grey.second, 0);
  }
}

TEST(LiveStudy, GroupsThatAModelRefusesAreNotMeasuredAndNoFailure) {
  const StubData data(40);
  StubModel model(fair, 1);
  model.most_pictures = 3;
  const LiveStudy study = ask(data, model);
  EXPECT_EQ(study.unanswered, 0U);
  const KindScores& position = scores_of(study, "position");
  EXPECT_NE(position.undefined.find("too many pictures"), std::string::npos) << position.undefined;
  EXPECT_EQ(scores_of(study, "existence").undefined, "");
  EXPECT_NE(
      live_text(study, OutputFormat::kTable).find("position: not measured: the model refuses"),
      std::string::npos);
}

TEST(LiveStudy, KindsAndSizesOfTheQuestion) {
  const StubData data(40);
  StubModel model(fair, 1);
  LiveOptions options;
  options.kinds = {"count"};
  options.limit = 10;
  const LiveStudy study = ask(data, model, options);
  ASSERT_EQ(study.kinds.size(), 1U);
  EXPECT_EQ(study.kinds[0].scores.asked, 10U);
  EXPECT_EQ(study.asked, 30U) << "the picture, a grey one, another scene's";
  options.kinds = {"colour"};
  EXPECT_THROW(ask(data, model, options), Error);
  options.kinds = {"resolution"};
  EXPECT_THROW(ask(data, model, options), Error);
  options.kinds = {"count"};
  options.tesseract = true;
  EXPECT_THROW(ask(data, model, options), Error) << "no signs";
}

TEST(LiveStudy, MissingPicturesCountAgainstTheAllowedFailures) {
  const StubData data(40);
  std::filesystem::remove(data.folder().path("images/m7.png"));
  StubModel model(fair, 1);
  LiveOptions options;
  options.kinds = {"existence"};
  try {
    ask(data, model, options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kIncomplete);
  }
  options.most_failures = 0.1;
  const LiveStudy study = ask(data, model, options);
  EXPECT_EQ(study.kinds[0].scores.unanswered, 1U);
  EXPECT_EQ(study.unanswered, 3U) << "with its picture, in grey, and as another scene's";
}

}  // namespace
}  // namespace vernier
