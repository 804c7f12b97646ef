// CapScore: what is read of an answer, and captions in all orders.
#include "judges/visce/text_judges/capscore.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/error.h"
#include "tests/support/scripted_model.h"

namespace vernier::visce {
namespace {

using chat::ChatRequest;
using tests::ScriptedModel;
using Numbers = std::vector<double>;

TEST(CapScoreReading, AsAsked) {
  const auto two = read_capscore("0.85,0.20;0.90,0.15", 2);
  ASSERT_TRUE(two);
  EXPECT_EQ(two->similarity, (Numbers{0.85, 0.2}));
  EXPECT_EQ(two->quality, (Numbers{0.9, 0.15}));
  const auto one = read_capscore("  1.00 ; .5\n", 1);
  ASSERT_TRUE(one);
  EXPECT_EQ(one->similarity, Numbers{1});
  EXPECT_EQ(one->quality, Numbers{0.5});
  EXPECT_TRUE(read_capscore("0,1,0;1,0,1", 3));
  EXPECT_TRUE(read_capscore("0.123456,\t0.2 ;\r\n0.3 , 0.4", 2));
}

TEST(CapScoreReading, AnythingElseIsAFailure) {
  const std::vector<std::pair<const char*, std::size_t>> rows = {
      {"", 1},
      {";", 1},
      {"0.8", 1},
      {"0.8,0.9", 1},
      {"0.8;", 1},
      {";0.8", 1},
      {"0.8;0.9;", 1},
      {"0.8;0.9;0.7", 1},
      {"0.8,0.7;0.9", 2},
      {"0.8;0.9,0.7", 2},
      {"0.8,0.7,0.6;0.9,0.8,0.7", 2},
      {"0.8;0.9", 2},
      {"0.8,;0.9,0.8", 2},
      {",0.8;0.9,0.8", 2},
      {"0.8,,0.7;0.9,0.8", 2},
      {"1.01;0.9", 1},
      {"85;90", 1},
      {"-0.1;0.9", 1},
      {"+0.1;0.9", 1},
      {"0.8;nan", 1},
      {"0.8;inf", 1},
      {"0x0;0.9", 1},
      {"1e-1;0.9", 1},
      {"0.8.1;0.9", 1},
      {"1.;0.9", 1},
      {".;0.9", 1},
      {"0 8;0.9", 1},
      {"0,8;0,9", 1},
      {"\"0.8;0.9\"", 1},
      {"(0.8;0.9)", 1},
      {"0.8;0.9.", 1},
      {"0.8;0.9 because both are fine", 1},
      {"Similarity: 0.8; quality: 0.9", 1},
      {"0.8%;0.9", 1},
      {"0.8;0.9\xff", 1},
      {"0.00000000000000000000001;0.9", 1},
      {"0.8\xef\xbc\x9b"
       "0.9",
       1},
      {"0.8;0.9", 0},
  };
  for (const auto& [text, candidates] : rows) {
    EXPECT_FALSE(read_capscore(text, candidates)) << text;
  }
  EXPECT_FALSE(read_capscore(std::string(1000000, ','), 3));
  EXPECT_FALSE(read_capscore(std::string("0.8;0.9\0", 8), 1));
}

const prompts::PromptSet kPrompts = prompts::open_prompts("general");

std::vector<CapScoreVerdicts> all_of(CapScoreJudge& judge, const std::vector<CapScoreCase>& cases) {
  std::vector<CapScoreVerdicts> out(cases.size());
  std::size_t count = 0;
  judge.judge(cases, [&](std::size_t i, const CapScoreVerdicts& verdict) {
    out.at(i) = verdict;
    ++count;
  });
  EXPECT_EQ(count, cases.size()) << "each once";
  return out;
}

/// The captions of a request, in their order.
std::vector<std::string> shown(const ChatRequest& request) {
  const std::string& text = tests::last_text(request);
  std::vector<std::string> out;
  for (std::size_t n = 1;; ++n) {
    const std::string mark = fmt::format("\n{}. \"", n);
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) return out;
    const std::size_t begin = at + mark.size();
    out.push_back(text.substr(begin, text.find('"', begin) - begin));
  }
}

/// By caption, and more for what stands first.
ScriptedModel judge_of(std::map<std::string, double> similarity, double first) {
  return ScriptedModel([=](const ChatRequest& request) {
    std::string similar, quality;
    for (const std::string& caption : shown(request)) {
      const double value = similarity.at(caption) + (similar.empty() ? first : 0);
      similar += fmt::format("{}{:.2f}", similar.empty() ? "" : ",", value);
      quality += fmt::format("{}{:.2f}", quality.empty() ? "" : ",", value / 2);
    }
    return tests::says(similar + ";" + quality);
  });
}

TEST(CapScoreJudge, EachCaptionStandsOnceAtEachPlace) {
  ScriptedModel model = judge_of({{"a", 0.2}, {"b", 0.4}, {"c", 0.6}}, 0.3);
  CapScoreJudge judge(model, kPrompts);
  const auto verdicts = all_of(judge, {{{"a", "b", "c"}, {"what a person wrote"}}});
  ASSERT_EQ(model.asked.size(), 3U);
  EXPECT_EQ(shown(model.asked[0]), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(shown(model.asked[1]), (std::vector<std::string>{"b", "c", "a"}));
  EXPECT_EQ(shown(model.asked[2]), (std::vector<std::string>{"c", "a", "b"}));
  for (const ChatRequest& request : model.asked) {
    EXPECT_TRUE(request.pictures.empty());
    EXPECT_NE(tests::last_text(request).find("\"what a person wrote\""), std::string::npos);
    EXPECT_NE(tests::last_text(request).find("3 in all"), std::string::npos);
  }
  // What the first place is worth is the same for all.
  EXPECT_NEAR(*verdicts[0].candidates[0].similarity, 0.3, 1e-12);
  EXPECT_NEAR(*verdicts[0].candidates[1].similarity, 0.5, 1e-12);
  EXPECT_NEAR(*verdicts[0].candidates[2].similarity, 0.7, 1e-12);
  EXPECT_NEAR(*verdicts[0].candidates[2].quality, 0.35, 1e-12);
  EXPECT_EQ(verdicts[0].asked, 3U);
  EXPECT_EQ(verdicts[0].unread, 0U);
}

TEST(CapScoreJudge, ReferencesAreAskedOneByOneAndAveraged) {
  ScriptedModel model([](const ChatRequest& request) {
    return tests::says(tests::last_text(request).find("near") != std::string::npos ? "0.9;0.7"
                                                                                   : "0.1;0.5");
  });
  CapScoreJudge judge(model, kPrompts);
  const auto verdicts = all_of(judge, {{{"a"}, {"near", "far"}}});
  EXPECT_EQ(model.asked.size(), 2U);
  EXPECT_NEAR(*verdicts[0].candidates[0].similarity, 0.5, 1e-12);
  EXPECT_NEAR(*verdicts[0].candidates[0].quality, 0.6, 1e-12);
}

TEST(CapScoreJudge, ManyCaptionsAreAskedAboutInParts) {
  std::map<std::string, double> similarity;
  CapScoreCase one{{}, {"x"}};
  for (int i = 0; i < 19; ++i) {
    one.candidates.push_back(fmt::format("caption {}", i));
    similarity[one.candidates.back()] = i / 100.0;
  }
  ScriptedModel model = judge_of(similarity, 0);
  CapScoreJudge judge(model, kPrompts);
  const auto verdicts = all_of(judge, {one});
  EXPECT_EQ(model.asked.size(), 19U) << "in three parts of 6, 6 and 7, each in all its orders";
  for (const ChatRequest& request : model.asked) {
    EXPECT_LE(shown(request).size(), CapScoreJudge::kTogether);
  }
  for (std::size_t i = 0; i < 19; ++i) {
    EXPECT_NEAR(*verdicts[0].candidates[i].similarity, static_cast<double>(i) / 100, 1e-12);
  }
}

TEST(CapScoreJudge, UnreadableAnswersAreCountedAndInNoMean) {
  std::size_t asked = 0;
  ScriptedModel model([&](const ChatRequest&) {
    return tests::says(asked++ == 0 ? "Sure! 0.9,0.8;0.7,0.6" : "0.1,0.2;0.3,0.4");
  });
  CapScoreJudge judge(model, kPrompts);
  const auto verdicts = all_of(judge, {{{"a", "b"}, {"x"}}});
  EXPECT_EQ(verdicts[0].asked, 2U);
  EXPECT_EQ(verdicts[0].unread, 1U);
  EXPECT_EQ(verdicts[0].said, "Sure! 0.9,0.8;0.7,0.6");
  EXPECT_NEAR(*verdicts[0].candidates[0].similarity, 0.2, 1e-12) << "the second in that order";
  ScriptedModel mute([](const ChatRequest&) { return tests::says("\xff"); });
  CapScoreJudge other(mute, kPrompts);
  const auto none = all_of(other, {{{"a", "b"}, {"x"}}});
  EXPECT_FALSE(none[0].candidates[0].similarity);
  EXPECT_FALSE(none[0].candidates[1].quality);
  EXPECT_EQ(none[0].unread, 2U);
  EXPECT_EQ(none[0].said, "\uFFFD");
}

TEST(CapScoreJudge, FailuresAreHandedOn) {
  ScriptedModel model([](const ChatRequest& request) {
    return shown(request)[0] == "b" ? tests::fails(chat::ChatFailure::kRequest, "too long")
                                    : tests::says("0.1,0.2;0.3,0.4");
  });
  CapScoreJudge judge(model, kPrompts);
  const auto verdicts = all_of(judge, {{{"a", "b"}, {"x"}}});
  EXPECT_EQ(verdicts[0].failure, chat::ChatFailure::kRequest);
  EXPECT_EQ(verdicts[0].error, "too long");
}

TEST(CapScoreJudge, NeedsWords) {
  ScriptedModel model([](const ChatRequest&) { return tests::says("1"); });
  const prompts::PromptSet scenes = prompts::open_prompts("scenes");
  EXPECT_THROW(CapScoreJudge(model, scenes), Error);
  EXPECT_EQ(CapScoreJudge(model, kPrompts).signature(),
            "capscore|together:8|orders:rotated|" + kPrompts.signature() + "|v:1|model:scripted");
}

}  // namespace
}  // namespace vernier::visce
