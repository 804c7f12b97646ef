// Claims as yes/no questions to a model.
#include "judges/visce/claim_checker.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "base/error.h"
#include "tests/support/scripted_model.h"

namespace vernier::visce {
namespace {

using chat::ChatAnswer;
using chat::ChatRequest;
using tests::ScriptedModel;

Seen picture(const std::string& name) {
  auto picture = std::make_shared<chat::Picture>();
  picture->name = picture->bytes = name;
  return see(picture);
}

const prompts::PromptSet kPrompts = prompts::open_prompts("scenes");

Claim object(const std::string& what) { return {ClaimKind::kObject, what, {}, {}, {}}; }
Claim attribute(const std::string& what, const std::string& value) {
  return {ClaimKind::kAttribute, what, value, {}, {}};
}
Claim relation(const std::string& subject, const std::string& how, const std::string& object) {
  return {ClaimKind::kRelation, object, {}, subject, how};
}

/// Probabilities of yes, no, Yes, No.
ChatAnswer chances(double yes, double no, double large_yes = 0, double large_no = 0) {
  ChatAnswer answer;
  for (const double p : {yes, no, large_yes, large_no}) {
    answer.choices.push_back(p > 0 ? std::log(p) : std::nan(""));
  }
  return answer;
}

std::vector<CheckedClaim> check(ScriptedModel& model, const std::vector<Claim>& claims) {
  ClaimChecker checker(model, kPrompts, "claims:1");
  std::vector<ClaimCase> cases;
  for (const Claim& claim : claims) cases.push_back({claim, picture("one")});
  return checker.check(cases);
}

TEST(ClaimChecker, AsksInTheWordsOfThePrompts) {
  ScriptedModel model([](const ChatRequest&) { return chances(0.9, 0.1); });
  check(model, {object("a small red circle"), attribute("sign", "red"),
                relation("orange circle", "to the left of", "cyan circle")});
  ASSERT_EQ(model.asked.size(), 3U);
  EXPECT_EQ(tests::last_text(model.asked[0]), "Is there a small red circle?");
  EXPECT_EQ(tests::last_text(model.asked[1]), "Is the sign red?");
  EXPECT_EQ(tests::last_text(model.asked[2]),
            "Is the orange circle to the left of the cyan circle?");
  EXPECT_EQ(model.asked[0].choices, (std::vector<std::string>{"yes", "no", "Yes", "No"}));
  EXPECT_EQ(model.asked[0].most_new, 0U);
  EXPECT_EQ(model.asked[0].pictures.size(), 1U);
}

TEST(ClaimChecker, ReadsProbabilitiesOfBothSpellings) {
  const std::map<std::string, ChatAnswer> told = {
      {"a", chances(0.5, 0.1, 0.2, 0.1)}, {"b", chances(0.1, 0.3, 0.1, 0.3)},
      {"c", chances(0.4, 0.4)},           {"d", chances(0.7, 0)},
      {"e", chances(0, 0, 0.3, 0.2)},
  };
  ScriptedModel model([&](const ChatRequest& request) {
    const std::string& text = tests::last_text(request);
    return told.at(text.substr(9, 1));  // Is there a?
  });
  const auto checked =
      check(model, {object("a"), object("b"), object("c"), object("d"), object("e")});
  EXPECT_NEAR(checked[0].p_yes, 0.7 / 0.9, 1e-12);
  EXPECT_NEAR(checked[0].mass, 0.9, 1e-12);
  EXPECT_EQ(checked[0].verdict, ClaimVerdict::kSupported);
  EXPECT_NEAR(checked[1].p_yes, 0.25, 1e-12);
  EXPECT_EQ(checked[1].verdict, ClaimVerdict::kUnsupported);
  EXPECT_EQ(checked[2].verdict, ClaimVerdict::kUnsupported) << "a tie is no support";
  EXPECT_EQ(checked[3].p_yes, 1) << "what is not told counts nothing";
  EXPECT_NEAR(checked[4].p_yes, 0.6, 1e-12);
  EXPECT_EQ(model.asked.size(), 5U) << "nobody was asked twice";
}

TEST(ClaimChecker, ReadsTheTextWhereProbabilitiesAreOfSomethingElse) {
  const std::map<std::string, std::string> texts = {
      {"a", "Yes, there is"}, {"b", "No."}, {"c", "Perhaps"}, {"d", "\xff\xfe"}, {"e", ""}};
  ScriptedModel model([&](const ChatRequest& request) {
    if (!request.choices.empty()) return chances(0.3, 0.15);
    EXPECT_EQ(request.most_new, 8U);
    return tests::says(texts.at(tests::last_text(request).substr(9, 1)), false);
  });
  const auto checked =
      check(model, {object("a"), object("b"), object("c"), object("d"), object("e")});
  EXPECT_EQ(checked[0].verdict, ClaimVerdict::kSupported);
  EXPECT_TRUE(std::isnan(checked[0].p_yes));
  EXPECT_NEAR(checked[0].mass, 0.45, 1e-12);
  EXPECT_EQ(checked[0].said, "Yes, there is");
  EXPECT_EQ(checked[1].verdict, ClaimVerdict::kUnsupported);
  for (const std::size_t i : {2, 3, 4}) {
    EXPECT_EQ(checked[i].verdict, ClaimVerdict::kUnparsed) << i;
    EXPECT_EQ(checked[i].failure, chat::ChatFailure::kNone);
  }
  EXPECT_EQ(checked[3].said, "\uFFFD\uFFFD") << "valid UTF-8";
}

TEST(ClaimChecker, AServerThatTellsHowItBeginsIsAskedOnce) {
  ScriptedModel model([](const ChatRequest& request) {
    EXPECT_EQ(request.most_new, 8U);
    ChatAnswer answer = chances(0, 0);
    answer.text = "no";
    return answer;
  });
  model.continues = false;
  const auto checked = check(model, {object("a")});
  EXPECT_EQ(checked[0].verdict, ClaimVerdict::kUnsupported);
  EXPECT_EQ(model.asked.size(), 1U);
}

TEST(ClaimChecker, AsksTheSameQuestionOncePerPicture) {
  ScriptedModel model([](const ChatRequest& request) {
    return request.pictures[0]->bytes == "one" ? chances(0.9, 0.05) : chances(0.1, 0.8);
  });
  ClaimChecker checker(model, kPrompts, "claims:1");
  const std::vector<ClaimCase> cases = {{object("a dog"), picture("one")},
                                        {object("a dog"), picture("two")},
                                        {object("a dog"), picture("one")},
                                        {object("a cat"), picture("one")}};
  const auto checked = checker.check(cases);
  EXPECT_EQ(model.asked.size(), 3U);
  EXPECT_EQ(checked[0].p_yes, checked[2].p_yes);
  EXPECT_GT(checked[0].p_yes, checked[1].p_yes);
}

TEST(ClaimChecker, WhatIsKnownIsNotAskedAgain) {
  ScriptedModel model([](const ChatRequest& request) {
    if (tests::last_text(request) == "Is there c?") {
      return request.choices.empty() ? tests::says("No.") : chances(0.2, 0.2);
    }
    return tests::last_text(request) == "Is there d?"
               ? tests::fails(chat::ChatFailure::kService, "gone")
               : chances(0.2, 0.8);
  });
  ClaimChecker checker(model, kPrompts, "claims:1");
  std::map<std::pair<std::uint64_t, std::string>, CheckedClaim> memory;
  checker.known = [&](std::uint64_t picture, const std::string& question) {
    const auto found = memory.find({picture, question});
    return found == memory.end() ? std::nullopt : std::optional(found->second);
  };
  checker.on_new = [&](std::uint64_t picture, const std::string& question,
                       const CheckedClaim& told) {
    memory[{picture, question}] = told;
  };
  CheckedClaim before;
  before.verdict = ClaimVerdict::kSupported;
  before.p_yes = 0.75;
  memory[{picture("one").digest, "Is there a?"}] = before;
  const std::vector<ClaimCase> cases = {{object("a"), picture("one")},
                                        {object("b"), picture("one")},
                                        {object("c"), picture("one")},
                                        {object("d"), picture("one")}};
  const auto first = checker.check(cases);
  EXPECT_EQ(first[0].p_yes, 0.75);
  EXPECT_EQ(first[2].verdict, ClaimVerdict::kUnsupported);
  EXPECT_EQ(memory.size(), 3U) << "failures are not kept";
  const std::size_t asked = model.asked.size();
  EXPECT_EQ(asked, 4U);
  const auto second = checker.check(cases);
  EXPECT_EQ(model.asked.size(), asked + 1) << "what failed is tried again";
  for (const std::size_t i : {0, 1, 2}) EXPECT_EQ(second[i].verdict, first[i].verdict);
}

TEST(ClaimChecker, FailuresAreNoVerdicts) {
  ScriptedModel model([](const ChatRequest& request) {
    if (tests::last_text(request) == "Is there a?") {
      return tests::fails(chat::ChatFailure::kService, "gone");
    }
    return request.choices.empty() ? tests::fails(chat::ChatFailure::kRequest, "too long")
                                   : chances(0.1, 0.1);
  });
  const auto checked = check(model, {object("a"), object("b")});
  EXPECT_EQ(checked[0].failure, chat::ChatFailure::kService);
  EXPECT_EQ(checked[0].error, "gone");
  EXPECT_EQ(checked[1].failure, chat::ChatFailure::kRequest);
  EXPECT_EQ(checked[1].verdict, ClaimVerdict::kUnparsed);
}

TEST(ClaimChecker, NeedsWordsForAllKinds) {
  ScriptedModel model([](const ChatRequest&) { return chances(1, 0); });
  const prompts::PromptSet some = prompts::parse_prompts(
      "name = \"x\"\nversion = 1\n[checklist]\nobject = \"{object}?\"\n", "x.toml");
  try {
    const ClaimChecker checker(model, some, "claims:1");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage);
    EXPECT_NE(std::string(error.what()).find("mode checklist"), std::string::npos);
  }
}

TEST(ClaimChecker, SaysWhatItIs) {
  ScriptedModel model([](const ChatRequest&) { return chances(1, 0); });
  const ClaimChecker checker(model, kPrompts, "claims:1|parser:x");
  EXPECT_EQ(checker.signature(),
            "checklist|claims:1|parser:x|" + kPrompts.signature() + "|v:1|model:scripted");
  EXPECT_EQ(relation("man", "riding", "horse").text(), "the man riding the horse");
  EXPECT_EQ(attribute("sign", "red").text(), "the sign: red");
  EXPECT_EQ(object("a dog").text(), "a dog");
}

}  // namespace
}  // namespace vernier::visce
