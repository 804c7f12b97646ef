// Answers joined to questions.
#include "judges/probes/answers/join/join.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "judges/probes/answers/input/index_file.h"
#include "judges/probes/answers/text/question_text.h"
#include "tests/support/command.h"

namespace vernier::probes {
namespace {

using Items = std::vector<JoinItem>;

Joined joined(const Items& questions, const Items& answers,
              std::optional<JoinBy> by = std::nullopt) {
  JoinOptions options;
  options.by = by;
  return join(questions, answers, options, "q.json", "a.json");
}

template <class Act>
std::string refusal(Act act, ExitCode code = ExitCode::kBadInput) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    return error.what();
  }
  return "accepted";
}

const Items kQuestions = {{"1", "a.jpg", "Is there a dog?", "", 1},
                          {"2", "a.jpg", "Is there a cat?", "", 2},
                          {"3", "b.jpg", "Is there a dog?", "", 3}};

TEST(Join, ById) {
  const Joined out = joined(kQuestions, {{"3", "", "", "no", 1}, {"1", "", "", "yes", 2}});
  EXPECT_EQ(out.answer_of, (std::vector<std::size_t>{1, Joined::kNone, 0}));
  EXPECT_EQ(out.report.matched, 2u);
  EXPECT_EQ(out.report.missing, 1u);
  EXPECT_EQ(out.report.first_missing.size(), 1u);
  EXPECT_EQ(out.report.id_rule, "exact");
  const Joined padded = joined(kQuestions, {{"003", "", "", "no", 1}, {"1.0", "", "", "yes", 2}});
  EXPECT_EQ(padded.report.matched, 2u);
  EXPECT_EQ(padded.report.id_rule, "numeric value");
}

TEST(Join, DuplicatesAndExtras) {
  const Joined out = joined(kQuestions, {{"1", "", "", "yes", 1},
                                         {"1", "", "", "yes", 2},
                                         {"2", "", "", "no", 3},
                                         {"3", "", "", "no", 4},
                                         {"9", "", "", "no", 5}});
  EXPECT_EQ(out.report.duplicate, 1u);
  EXPECT_EQ(out.report.extra, 1u);
  EXPECT_EQ(out.report.matched, 3u);
  EXPECT_NE(refusal([] {
              joined(kQuestions, {{"1", "", "", "yes", 1}, {"1", "", "", "no", 2}});
            }).find("a.json:2: expected one answer"),
            std::string::npos);
  EXPECT_NE(refusal([] {
              joined({{"1", "", "x", "", 1}, {"1", "", "y", "", 2}}, {{"1", "", "", "no", 1}});
            }).find("each question id once"),
            std::string::npos);
}

TEST(Join, IdsOfOtherQuestionsConflict) {
  const Joined out =
      joined(kQuestions, {{"1", "", "Is there a dog? Please answer yes or no.", "yes", 1},
                          {"2", "", "Is there a bird?", "no", 2},
                          {"3", "val/c.jpg", "Is there a dog?", "no", 3}});
  EXPECT_EQ(out.report.matched, 1u);
  EXPECT_EQ(out.report.conflicting, 2u);
  EXPECT_EQ(out.answer_of[1], Joined::kNone);
}

TEST(Join, PromptsMayHoldMoreThanTheQuestion) {
  const Joined out =
      joined(kQuestions,
             {{"1", "", "USER: <image> Is there a dog? Reply in one word. ASSISTANT:", "yes", 1},
              {"2", "", "There is a cat? Is there a catfish?", "no", 2},
              {"3", "", "Is there a dog?!", "no", 3}});
  EXPECT_EQ(out.report.matched, 1u);
  EXPECT_EQ(out.report.conflicting, 2u);
}

TEST(Join, ByTextTheNthIsToTheNth) {
  Items questions = kQuestions;
  questions.push_back({"4", "a.jpg", "is there a  dog?", "", 4});
  const Joined out = joined(questions, {{"", "x/a.jpg", "Is there a dog?", "yes", 1},
                                        {"", "a.jpg", "Is there a cat?", "no", 2},
                                        {"", "a.jpg", "Is there a dog?", "no", 3},
                                        {"", "a.jpg", "Is there a dog?", "no", 4},
                                        {"", "b.jpg", "Is there a dog?", "no", 5}});
  EXPECT_EQ(out.report.by, JoinBy::kText);
  EXPECT_EQ(out.answer_of, (std::vector<std::size_t>{0, 1, 4, 2}));
  EXPECT_EQ(out.report.repeated_questions, 1u);
  EXPECT_EQ(out.report.duplicate, 1u);
}

TEST(Join, ByOrderOnlyWhereAllAgree) {
  const Items answers = {{"", "", "Is there a dog?", "yes", 1},
                         {"", "", "Is there a cat?", "no", 2},
                         {"", "", "Is there a dog?", "no", 3}};
  EXPECT_EQ(joined(kQuestions, answers, JoinBy::kOrder).report.matched, 3u);
  EXPECT_NE(refusal([&] {
              joined(kQuestions, Items(answers.begin(), answers.begin() + 2), JoinBy::kOrder);
            }).find("expected 3 answers"),
            std::string::npos);
  EXPECT_NE(refusal([&] {
              joined(kQuestions, {answers[1], answers[0], answers[2]}, JoinBy::kOrder);
            }).find("a.json:2: expected the answer to 1"),
            std::string::npos);
  EXPECT_NE(refusal([&] {
              joined(kQuestions, {{"", "", "", "a", 1}, {"", "", "", "b", 2}, {"", "", "", "c", 3}},
                     JoinBy::kOrder);
            }).find("expected the question beside its answer"),
            std::string::npos);
  EXPECT_NE(refusal([&] { joined(kQuestions, answers); }).find("--join order"), std::string::npos);
}

TEST(Coverage, RefusesWhatIsNotAllowed) {
  JoinOptions options;
  const auto message = [&](const JoinReport& report) {
    return refusal([&] { require_coverage(report, options, "q.json", "a.json"); });
  };
  JoinReport report;
  report.questions = 3000;
  report.answers = report.matched = 2910;
  report.missing = 90;
  report.first_missing = {"2911"};
  EXPECT_NE(message(report).find("90 questions of q.json have no answer"), std::string::npos);
  EXPECT_NE(message(report).find("2,910 rows"), std::string::npos);
  options.allow_missing = true;
  EXPECT_EQ(message(report), "accepted");
  report.extra = 4;
  EXPECT_NE(message(report).find("--ignore-extra"), std::string::npos);
  options.ignore_extra = true;
  EXPECT_EQ(message(report), "accepted");
  report.matched = 0;
  EXPECT_NE(message(report).find("no answer fits"), std::string::npos);
  EXPECT_NEAR(JoinReport{}.coverage(), 0, 0);
}

TEST(QuestionKey, WhatPromptsAdd) {
  const std::string plain = question_key("Is there a dog in the image?");
  for (const char* same :
       {"is there a dog  in the image? ",
        "Is there a dog in the image?\nAnswer the question using a single word or phrase.",
        "<image>\nIs there a dog in the image? Please answer yes or no.",
        "Question: Is there a dog in the image?\nAnswer:", "Is there a dog in the imange?"}) {
    EXPECT_EQ(question_key(same), plain) << same;
  }
  EXPECT_NE(question_key("Is there a cat in the image?"), plain);
  EXPECT_EQ(question_key("Please answer yes or no."), "please answer yes or no.");
}

class IndexJoin : public testing::Test {
 protected:
  QuestionFile questions() const {
    return questions_of(ObjectFile::read(
        folder_.write("q", R"({"question_id":1,"image":"a","text":"Is there a dog?","label":"yes"}
                {"question_id":2,"image":"a","text":"Is there a cat?","label":"no"})")));
  }
  IndexFile index() const {
    return read_index(folder_.write(
        "i",
        R"({"question_id":10,"image":"a","text":"Is there a cat?\nAnswer the question using a single word or phrase.","category":"x"}
                {"question_id":11,"image":"a","text":"Is there a dog?","category":"x"}
                {"question_id":12,"image":"a","text":"Is there a bird?","category":"y"})"));
  }
  AnswerFile answers(std::string_view text) const {
    return read_answers(folder_.write("a", text), {});
  }
  tests::TemporaryFolder folder_;
};

constexpr const char* kThree =
    R"({"question_id":12,"text":"no"}{"question_id":10,"text":"No"}{"question_id":11,"text":"Yes"})";

TEST_F(IndexJoin, FindsTheCategory) {
  const IndexedJoin out = join_through(index(), "", questions(), answers(kThree));
  EXPECT_EQ(out.category, "x");
  EXPECT_EQ(out.joined.answer_of, (std::vector<std::size_t>{2, 1}));
  EXPECT_EQ(out.joined.report.extra, 0u);  // 12 is of another category
}

TEST_F(IndexJoin, OfTwoThatFitAlikeNeither) {
  const IndexFile twice = read_index(
      folder_.write("i2", R"({"question_id":1,"image":"a","text":"Is there a dog?","category":"x"}
               {"question_id":2,"image":"a","text":"Is there a cat?","category":"x"}
               {"question_id":3,"image":"a","text":"Is there a dog?","category":"y"}
               {"question_id":4,"image":"a","text":"Is there a cat?","category":"y"})"));
  const AnswerFile four = answers(
      R"({"question_id":1,"text":"no"}{"question_id":2,"text":"no"}{"question_id":3,"text":"no"}
         {"question_id":4,"text":"no"})");
  EXPECT_NE(
      refusal([&] { join_through(twice, "", questions(), four); }).find("x (2 of 2), y (2 of 2)"),
      std::string::npos);
  EXPECT_EQ(join_through(twice, "y", questions(), four).joined.answer_of,
            (std::vector<std::size_t>{2, 3}));
}

TEST_F(IndexJoin, SaysWhatIsWrong) {
  const IndexedJoin wrong = join_through(index(), "y", questions(), answers(kThree));
  EXPECT_EQ(wrong.joined.report.matched, 0u);
  EXPECT_EQ(wrong.joined.report.extra, 1u);
  EXPECT_NE(
      refusal([&] { join_through(index(), "z", questions(), answers(kThree)); }, ExitCode::kUsage)
          .find("it has x, y"),
      std::string::npos);
  EXPECT_NE(refusal([&] {
              join_through(index(), "", questions(), answers(R"({"question_id":10,"text":"No"})"));
            }).find("x (1 of 2)"),
            std::string::npos);
  const IndexedJoin extra =
      join_through(index(), "x", questions(),
                   answers(R"({"question_id":10,"text":"No"}{"question_id":77,"text":"No"})"));
  EXPECT_EQ(extra.joined.report.missing, 1u);
  EXPECT_EQ(extra.joined.report.extra, 1u);
}

TEST_F(IndexJoin, AnswersNeedATextThatIsOne) {
  for (const char* text : {R"({"question_id":1,"response":null,"text":"Is there a dog?"})",
                           R"({"question_id":1,"text":3})", R"({"question_id":1})"}) {
    EXPECT_NE(refusal([&] { answers(text); }).find("expected the answer, a text"),
              std::string::npos)
        << text;
  }
  const AnswerFile merged = answers(R"({"question_id":1,"text":"Is it?","response":""})");
  EXPECT_EQ(merged.items[0].question, "Is it?");
  EXPECT_EQ(merged.items[0].answer, "");
}

}  // namespace
}  // namespace vernier::probes
