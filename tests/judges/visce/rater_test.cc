// Verdicts of models that behave and of models that do not.
#include "judges/visce/rater.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "judges/visce/shown_caption.h"
#include "judges/visce/verdict/verdict_json.h"
#include "tests/support/scripted_model.h"

namespace vernier::visce {
namespace {

using chat::ChatAnswer;
using chat::ChatFailure;
using chat::ChatRequest;
using tests::fails;
using tests::last_text;
using tests::says;
using tests::ScriptedModel;
using tests::writes;

const std::string kContext = "Objects:\n- dog\nFeatures:\n- dog: brown\nRelationships:\n- none";
const std::string kStart = "Rating: ";

const prompts::PromptSet& general() {
  static const prompts::PromptSet set = prompts::open_prompts("general");
  return set;
}

Seen picture(const std::string& bytes) {
  auto picture = std::make_shared<chat::Picture>();
  picture->name = bytes;
  picture->bytes = bytes;
  return see(picture);
}

RatingCase rated(const std::string& caption, const std::string& image = "one") {
  return {caption, {}, picture(image), nullptr};
}

bool has_flag(const Verdict& verdict, const std::string& flag) {
  return std::ranges::find(verdict.flags, flag) != verdict.flags.end();
}

/// Writes kContext, then `number`.
ScriptedModel fair(const std::string& number) {
  return ScriptedModel([number](const ChatRequest& request) {
    return request.choices.empty() ? says(kContext) : writes(request, kStart, number);
  });
}

TEST(Rater, TwoStagesAndOneContextAnImage) {
  ScriptedModel model = fair("85");
  Rater rater(model, general(), {});
  const std::vector<Verdict> verdicts =
      rater.rate(std::vector{rated("a dog"), rated("a cat"), rated("a dog", "two")});
  for (const Verdict& verdict : verdicts) {
    EXPECT_EQ(verdict.status, VerdictStatus::kOk);
    EXPECT_DOUBLE_EQ(verdict.score.value(), 85);
    EXPECT_EQ(verdict.rating->raw, 85);
    EXPECT_EQ(verdict.rating->entropy_bits, 0);
    EXPECT_EQ(verdict.context->objects.at(0).name, "dog");
    EXPECT_TRUE(verdict.flags.empty());
  }
  EXPECT_EQ(std::ranges::count_if(model.asked, [](const auto& r) { return r.choices.empty(); }), 2);
  // Image, instruction, context, and the caption last.
  const ChatRequest& asked = model.asked.at(2);
  ASSERT_EQ(asked.messages.size(), 3U);
  EXPECT_TRUE(asked.messages[0].content[0].image);
  EXPECT_EQ(asked.messages[1].content[0].text, kContext);
  EXPECT_TRUE(last_text(asked).ends_with("Caption: \"a dog\""));
  EXPECT_NE(verdicts[0].prompt, verdicts[1].prompt);
  EXPECT_NE(verdicts[0].prompt, verdicts[2].prompt);
  // Remembered: nothing is asked again for an image that was seen.
  const std::size_t before = model.asked.size();
  rater.rate(std::vector{rated("a fish")});
  EXPECT_TRUE(std::all_of(model.asked.begin() + static_cast<std::ptrdiff_t>(before),
                          model.asked.end(), [](const auto& r) { return !r.choices.empty(); }));
}

TEST(Rater, OtherModes) {
  ScriptedModel model = fair("7");
  Rater direct(model, general(), {.mode = RatingMode::kDirect, .scale = {0, 10}});
  const Verdict verdict = direct.rate(std::vector{rated("a dog")})[0];
  EXPECT_DOUBLE_EQ(verdict.score.value(), 70);
  EXPECT_EQ(verdict.rating->raw, 7);
  EXPECT_EQ(verdict.context, nullptr);
  EXPECT_NE(last_text(model.asked[0]).find("from 0 to 10"), std::string::npos);

  RatingCase with = rated("a dog");
  with.references = {"a brown\ndog", "one dog"};
  Rater reference(model, general(), {.mode = RatingMode::kReference});
  reference.rate(std::vector{with});
  EXPECT_NE(last_text(model.asked.back()).find("- a brown dog\n- one dog\n"), std::string::npos);

  Rater paper(model, general(), {.layout = Layout::kPaper});
  paper.rate(std::vector{rated("a dog")});
  EXPECT_EQ(model.asked.back().messages.size(), 1U);
  const std::string& text = last_text(model.asked.back());
  EXPECT_LT(text.find("\"a dog\""), text.find(kContext));

  EXPECT_NE(direct.signature(), reference.signature());
  EXPECT_NE(paper.signature(), Rater(model, general(), {}).signature());
  EXPECT_NE(Rater(model, general(), {.mode = RatingMode::kDirect, .paraphrase = 1}).signature(),
            Rater(model, general(), {.mode = RatingMode::kDirect}).signature());
}

TEST(Rater, ReasonsFirst) {
  ScriptedModel model([](const ChatRequest& request) {
    if (request.choices.empty()) return says("There is a dog. It is brown. ");
    return writes(request, "There is a dog. It is brown. $", "90");
  });
  Rater rater(model, general(), {.mode = RatingMode::kReasonFirst});
  const Verdict verdict = rater.rate(std::vector{rated("a dog")})[0];
  EXPECT_DOUBLE_EQ(verdict.score.value(), 90);
  EXPECT_EQ(verdict.rationale, "There is a dog. It is brown. ");
  EXPECT_EQ(model.asked[0].stop, std::vector<std::string>{"$"});
}

TEST(Rater, NobodyIsAskedAboutNothing) {
  ScriptedModel model = fair("85");
  Rater rater(model, general(), {});
  const Verdict verdict = rater.rate(std::vector{rated(" \n\t")})[0];
  EXPECT_EQ(verdict.status, VerdictStatus::kEmpty);
  EXPECT_EQ(verdict.score.value(), 0);
  EXPECT_TRUE(model.asked.empty());
}

TEST(Rater, ATextIsReadWhereThereAreNoProbabilities) {
  ScriptedModel model([](const ChatRequest& request) {
    if (request.choices.empty()) return says(kContext);
    ChatAnswer answer = says("I would say 8/10.");
    answer.choices.assign(request.choices.size(), std::nan(""));
    return answer;
  });
  model.continues = false;
  Rater rater(model, general(), {});
  const Verdict verdict = rater.rate(std::vector{rated("a dog")})[0];
  EXPECT_EQ(verdict.status, VerdictStatus::kOk);
  EXPECT_DOUBLE_EQ(verdict.score.value(), 80);
  EXPECT_TRUE(has_flag(verdict, "from-text"));
  EXPECT_EQ(verdict.said, "I would say 8/10.");
  EXPECT_TRUE(verdict.deciles.empty());
}

TEST(Rater, NoNumberIsNoScore) {
  ScriptedModel model([](const ChatRequest& request) {
    ChatAnswer answer = says(request.most_new > 200 ? kContext : "I cannot rate captions.");
    answer.choices.assign(request.choices.size(), -30.0);
    answer.end_choice = -30.0;
    return answer;
  });
  Rater rater(model, general(), {});
  const Verdict verdict = rater.rate(std::vector{rated("a dog")})[0];
  EXPECT_EQ(verdict.status, VerdictStatus::kUnparsed);
  EXPECT_FALSE(verdict.score);
  EXPECT_EQ(verdict.said, "I cannot rate captions.");
  // It was asked in two ways.
  EXPECT_NE(last_text(model.asked.back()), last_text(*(model.asked.end() - 2)));
}

TEST(Rater, TheSecondWayMayDo) {
  ScriptedModel model([](const ChatRequest& request) {
    const bool again = last_text(request).find("and nothing else") != std::string::npos;
    ChatAnswer answer = says(again ? "60" : "Hmm.");
    answer.choices.assign(request.choices.size(), -30.0);
    return answer;
  });
  Rater rater(model, general(), {.mode = RatingMode::kDirect});
  const Verdict verdict = rater.rate(std::vector{rated("a dog")})[0];
  EXPECT_DOUBLE_EQ(verdict.score.value(), 60);
  EXPECT_TRUE(has_flag(verdict, "asked-again"));
}

TEST(Rater, AContextWithoutBulletsIsAskedForAgain) {
  bool learns = true;
  ScriptedModel model([&](const ChatRequest& request) {
    if (!request.choices.empty()) return writes(request, kStart, "50");
    const bool again = last_text(request).find("nothing else") != std::string::npos;
    return says(again && learns ? kContext : "It is a lovely photo.");
  });
  Rater rater(model, general(), {});
  EXPECT_EQ(rater.rate(std::vector{rated("a dog")})[0].context->objects.size(), 1U);
  learns = false;
  const Verdict verdict = rater.rate(std::vector{rated("a dog", "two")})[0];
  EXPECT_EQ(verdict.context->text, "It is a lovely photo.");
  EXPECT_EQ(verdict.status, VerdictStatus::kOk);
  EXPECT_TRUE(has_flag(verdict, "no-objects"));
}

TEST(Rater, WhatDoesNotFitIsShortened) {
  ScriptedModel model([](const ChatRequest& request) {
    if (request.choices.empty()) return says(kContext);
    if (request.messages[1].content[0].text == kContext) {
      return fails(ChatFailure::kRequest, "too long");
    }
    return writes(request, kStart, "40");
  });
  Rater rater(model, general(), {});
  const Verdict verdict = rater.rate(std::vector{rated("a dog")})[0];
  EXPECT_EQ(verdict.status, VerdictStatus::kContextTruncated);
  EXPECT_DOUBLE_EQ(verdict.score.value(), 40);
  EXPECT_EQ(verdict.context->text, "Objects:\n- dog");
}

TEST(Rater, FailuresHaveNoScore) {
  ScriptedModel model([](const ChatRequest& request) {
    if (request.pictures[0]->name == "broken") return fails(ChatFailure::kPicture, "broken: no");
    return request.choices.empty() ? says(kContext) : writes(request, kStart, "85");
  });
  Rater rater(model, general(), {});
  const auto verdicts = rater.rate(std::vector{rated("a", "broken"), rated("a")});
  EXPECT_EQ(verdicts[0].status, VerdictStatus::kFailed);
  EXPECT_EQ(verdicts[0].failure, ChatFailure::kPicture);
  EXPECT_FALSE(verdicts[0].score);
  EXPECT_EQ(verdicts[1].status, VerdictStatus::kOk);
}

TEST(Rater, LongCaptionsEndAtASentence) {
  std::string caption;
  for (int i = 0; i < 100; ++i) caption += "One two three four five. ";
  const ShownCaption shown = shown_caption(caption);
  EXPECT_TRUE(shown.cut);
  EXPECT_TRUE(shown.text.ends_with("five."));
  EXPECT_EQ(std::ranges::count(shown.text, ' '), 379);
  EXPECT_FALSE(shown_caption("One two.").cut);
  ScriptedModel model = fair("85");
  Rater rater(model, general(), {.mode = RatingMode::kDirect});
  EXPECT_EQ(rater.rate(std::vector{rated(caption)})[0].status, VerdictStatus::kTruncated);
}

TEST(Rater, TheReasonComesAfterwards) {
  ScriptedModel model([](const ChatRequest& request) {
    return request.choices.empty() ? says("There is no cat.") : writes(request, kStart, "10");
  });
  Rater rater(model, general(), {.mode = RatingMode::kDirect, .rationale = true});
  const Verdict verdict = rater.rate(std::vector{rated("a cat")})[0];
  EXPECT_EQ(verdict.rationale, "There is no cat.");
  EXPECT_EQ(model.asked.back().messages[1].content[0].text, "Rating: 10");
}

TEST(Rater, NeedsWordsForIt) {
  ScriptedModel model = fair("1");
  const prompts::PromptSet few = prompts::parse_prompts(
      "name = \"few\"\nversion = 1\n[direct]\nuser = \"{caption}\"\n", "few.toml");
  EXPECT_NO_THROW(Rater(model, few, {.mode = RatingMode::kDirect}));
  EXPECT_THROW(Rater(model, few, {}), Error);
  EXPECT_THROW(Rater(model, few, {.mode = RatingMode::kDirect, .paraphrase = 1}), Error);
}

TEST(VerdictJson, ReadsWhatItWrites) {
  ScriptedModel model = fair("85");
  Rater rater(model, general(), {.rationale = true});
  for (const char* caption : {"a dog", "", "a \"quoted\" dog"}) {
    const Verdict verdict = rater.rate(std::vector{rated(caption)})[0];
    std::string json = "{";
    append_verdict(json, verdict, {});
    json += "}";
    std::string again = "{";
    append_verdict(again, read_verdict(json), {});
    EXPECT_EQ(json, again + "}");
  }
}

}  // namespace
}  // namespace vernier::visce
