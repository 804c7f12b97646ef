// vernier probe vqa, as a user sees it.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/support/command.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

/// Answers of ten people, `first` by so many, `second` by the rest.
json people(const std::string& first, int count, const std::string& second) {
  json answers = json::array();
  for (int n = 0; n < 10; ++n) {
    answers.push_back({{"answer", n < count ? first : second},
                       {"answer_confidence", "yes"},
                       {"answer_id", n + 1}});
  }
  return answers;
}

class VqaProbe : public testing::Test {
 protected:
  json scored(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"probe", "vqa"});
    arguments.insert(arguments.end(), {"-f", "json"});
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, 0) << done.err;
    return done.code == 0 ? json::parse(done.out) : json::object();
  }
  void expect_refused(std::vector<std::string> arguments, const std::string& part,
                      int code = 3) const {
    arguments.insert(arguments.begin(), {"probe", "vqa"});
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(part), std::string::npos) << done.err;
    EXPECT_EQ(done.out, "");
  }
  /// VQAv2's two files: questions 1 and 2 are of image 7, question 3 of image 8.
  void write_vqa(const json& change = json::object()) {
    json questions = json::array(), annotations = json::array();
    const auto add = [&](int id, int image, const char* type, const char* kind, json answers) {
      questions.push_back({{"question_id", id}, {"image_id", image}, {"question", "What?"}});
      annotations.push_back({{"question_id", id},
                             {"image_id", image},
                             {"question_type", kind},
                             {"answer_type", type},
                             {"multiple_choice_answer", answers[0]["answer"]},
                             {"answers", answers}});
    };
    add(1, 7, "yes/no", "is the", people("yes", 10, ""));
    add(2, 7, "number", "how many", people("2", 3, "3"));
    add(3, 8, "other", "what", people("dog", 8, "cat"));
    if (!change.empty()) annotations[0].update(change);
    questions_ = folder_.write("q.json", json({{"info", {}}, {"questions", questions}}).dump());
    annotations_ = folder_.write("a.json", json({{"annotations", annotations}}).dump());
  }
  std::string results(const std::string& text) const { return folder_.write("r.json", text); }

  TemporaryFolder folder_;
  std::string questions_, annotations_;
};

constexpr const char* kResults =
    R"([{"question_id":3,"answer":"The dog."},{"question_id":1,"answer":"Yes"},{"question_id":2,"answer":"two"}])";

TEST_F(VqaProbe, Vqa) {
  write_vqa();
  const std::string answers = results(kResults);
  const json out = scored({answers, "--questions", questions_, "--annotations", annotations_});
  EXPECT_EQ(out["schema"], "vernier.probe.vqa/1");
  EXPECT_EQ(out["format"], "vqa");
  EXPECT_EQ(out["normaliser"], "vqa");
  // "Yes" is not normalised where all people say "yes": 0, 0.9, 1.
  EXPECT_NEAR(out["scores"]["soft_accuracy"], 190.0 / 3, 1e-9);
  EXPECT_NEAR(out["scores"]["soft_accuracy_strict"], 290.0 / 3, 1e-9);
  EXPECT_NEAR(out["scores"]["exact_match"], 0, 1e-9);
  EXPECT_NEAR(out["scores"]["exact_match_normalised"], 100, 1e-9);
  // yes; "two" of 2 or 3 is 0; "the dog." of dog is 5 of 8.
  EXPECT_NEAR(out["scores"]["anls"], 100.0 / 3, 1e-9);
  EXPECT_TRUE(out["scores"]["letter_accuracy"].is_null());
  EXPECT_EQ(out["undefined"]["letter_accuracy"], "no question has options");
  EXPECT_EQ(out["yes_no"]["answers_yes"]["numerator"], 1);
  EXPECT_EQ(out["groups"].size(), 6u);
  EXPECT_EQ(out["groups"][0]["by"], "answer_type");
  EXPECT_EQ(out["groups"][1]["value"], "number");
  EXPECT_NEAR(out["groups"][1]["scores"]["soft_accuracy"], 90, 1e-9);
  EXPECT_TRUE(out["groups"][1]["standard_errors"]["soft_accuracy"].is_null());  // one image
  const json strict = scored(
      {answers, "--questions", questions_, "--annotations", annotations_, "--mode", "strict"});
  EXPECT_NEAR(strict["scores"]["soft_accuracy"], 290.0 / 3, 1e-9);
  EXPECT_NE(strict["signature"], out["signature"]);
  // The annotations alone hold all that scores need.
  const json alone = scored({answers, "--questions", annotations_});
  EXPECT_EQ(alone["scores"], out["scores"]);
}

TEST_F(VqaProbe, VqaFilesThatDoNotFit) {
  write_vqa();
  const std::string answers = results(kResults);
  expect_refused({answers, "--questions", questions_}, "--annotations", 2);
  const std::string other = folder_.write(
      "other.json", R"({"questions":[{"question_id":9,"image_id":7,"question":"Why?"}]})");
  expect_refused({answers, "--questions", other, "--annotations", annotations_},
                 "3 annotations are of questions that");
  write_vqa({{"image_id", 12}});
  expect_refused({answers, "--questions", questions_, "--annotations", annotations_},
                 "expected the image 7");
  write_vqa({{"answers", json::array()}});
  expect_refused({answers, "--questions", questions_, "--annotations", annotations_},
                 "question_id 1: expected answers in \"answers\", found none");
  write_vqa({{"answers", "['yes', 'no']"}});
  expect_refused({answers, "--questions", questions_, "--annotations", annotations_},
                 "found a list written as one text");
  write_vqa({{"answers", json::array({1, 2})}});
  expect_refused({answers, "--questions", questions_, "--annotations", annotations_},
                 "found a number");
  write_vqa({{"answers", json::array({{{"text", "x"}}})}});
  expect_refused({answers, "--questions", questions_, "--annotations", annotations_},
                 "an object without it");
  const std::string none = folder_.write("none.json", R"({"annotations":[]})");
  expect_refused({answers, "--questions", none}, "holds no records");
  const std::string texts = folder_.write("texts.json", R"({"annotations":["x"]})");
  expect_refused({answers, "--questions", texts}, "expected objects in \"annotations\"");
}

TEST_F(VqaProbe, AnswersThatDoNotFit) {
  write_vqa();
  const auto refused = [&](const char* text, const char* part) {
    expect_refused({results(text), "--questions", annotations_}, part);
  };
  refused("", "holds no records");
  refused("[]", "holds no records");
  refused(R"([{"question_id":1,"answer":"yes"}])", "2 questions of");
  refused(R"([{"question_id":1,"answer":"yes"},{"question_id":1,"answer":"no"}])",
          "expected one answer to 1");
  refused(R"([{"question_id":1,"answer":1}])", "expected the answer, a text");
  refused(R"([{"question_id":1,"answer":null}])", "expected the answer, a text");
  refused(R"([{"answer":"yes"}])", "expected a question id");
  refused(
      R"([{"question_id":1,"answer":"a"},{"question_id":2,"answer":"b"},{"question_id":3,"answer":"c"},{"question_id":4,"answer":"d"}])",
      "1 answers are to no question");
  const std::string one = results(R"([{"question_id":1,"answer":"yes"}])");
  const json part = scored({one, "--questions", annotations_, "--allow-missing"});
  EXPECT_EQ(part["join"]["missing"], 2);
  EXPECT_EQ(part["counts"]["n"], 1);
  EXPECT_NE(part["signature"].get<std::string>().find("coverage:0.333333"), std::string::npos);
  const std::string keyed = results(R"({"1":"yes","2":"2","3":"dog"})");
  EXPECT_NEAR(scored({keyed, "--questions", annotations_})["scores"]["soft_accuracy"], 290.0 / 3,
              1e-9);
}

TEST_F(VqaProbe, VizWiz) {
  const auto record = [](const char* image, const json& answers, int answerable) {
    return json{{"image", image},
                {"question", "What is it?"},
                {"answers", answers},
                {"answer_type", answerable == 1 ? "other" : "unanswerable"},
                {"answerable", answerable}};
  };
  const std::string questions =
      folder_.write("v.json", json({record("a.jpg", people("basil", 4, "leaf"), 1),
                                    record("b.jpg", people("unanswerable", 10, ""), 0),
                                    record("c.jpg", people("cup", 10, ""), 1)})
                                  .dump());
  const json out = scored({results(R"([{"image":"b.jpg","answer":"unanswerable","answerable":0.4},
{"image":"a.jpg","answer":"basil","answerable":0.2},{"image":"c.jpg","answer":"a cup","answerable":0.9}])"),
                           "--questions", questions});
  EXPECT_EQ(out["format"], "vizwiz");
  EXPECT_NE(out["signature"].get<std::string>().find("join:image"), std::string::npos);
  EXPECT_NEAR(out["scores"]["soft_accuracy"], 200.0 / 3, 1e-9);  // "a cup" where all say "cup"
  EXPECT_NEAR(out["scores"]["soft_accuracy_strict"], 100, 1e-9);
  // The one unanswerable question is the second when sorted by how answerable they look.
  EXPECT_NEAR(out["unanswerable_average_precision"], 50, 1e-9);
}

TEST_F(VqaProbe, TextVqaAndDocuments) {
  json ten = json::array();
  for (int n = 0; n < 10; ++n) ten.push_back(n < 4 ? "dog's" : "cat");
  const std::string text = folder_.write(
      "t.json",
      json({{"data",
             {{{"question_id", 1}, {"image_id", "x"}, {"question", "?"}, {"answers", ten}}}}})
          .dump());
  const json out =
      scored({results(R"([{"question_id":1,"answer":"Dog 's"}])"), "--questions", text});
  EXPECT_EQ(out["format"], "textvqa");
  EXPECT_EQ(out["normaliser"], "evalai");
  EXPECT_NEAR(out["scores"]["soft_accuracy"], 100, 1e-9);
  const json vqa = scored({results(R"([{"question_id":1,"answer":"Dog 's"}])"), "--questions", text,
                           "--normaliser", "vqa"});
  EXPECT_NEAR(vqa["scores"]["soft_accuracy"], 0, 1e-9);
  const std::string document = folder_.write(
      "d.json", R"({"data":[{"questionId":5,"question":"When?","answers":["May 2014","2014"]}]})");
  const json found =
      scored({results(R"([{"questionId":5,"answer":"2015"}])"), "--questions", document});
  EXPECT_EQ(found["format"], "document");
  EXPECT_NEAR(found["scores"]["anls"], 75, 1e-9);
  EXPECT_TRUE(found["scores"]["soft_accuracy"].is_null());
  EXPECT_EQ(found["undefined"]["soft_accuracy"],
            "no question has the answers of four people or more");
}

TEST_F(VqaProbe, Choices) {
  const std::string questions = folder_.write(
      "m.jsonl",
      R"({"id":"v_1","question":"Which?","options":["red","blue"],"answer":"B","question_type":"multiple-choice","subject":"Art"}
{"id":"v_2","question":"Which?","options":["red","blue"],"answer":"red","question_type":"multiple-choice","subject":"Art"}
{"id":"v_3","question":"How many?","options":[],"answer":["12","twelve"],"question_type":"open","subject":"Math"}
{"id":"v_4","question":"Which?","A":"one","B":"two","C":"","answer":"A","subject":"Math"}
)");
  const std::string answers =
      results(R"x({"v_1":"(B)","v_2":"It is blue.","v_3":"12","v_4":"I cannot tell"})x");
  const json out = scored({answers, "--questions", questions, "--by", "subject"});
  EXPECT_EQ(out["format"], "choice");
  EXPECT_NEAR(out["scores"]["letter_accuracy"], 100.0 / 3, 1e-9);
  EXPECT_EQ(out["scored"]["letter_accuracy"], 3);
  EXPECT_EQ(out["counts"]["unparsed_letters"], 1);
  EXPECT_NEAR(out["scores"]["exact_match"], 100, 1e-9);
  EXPECT_EQ(out["scored"]["exact_match"], 1);
  EXPECT_EQ(out["groups"][2]["by"], "subject");
  EXPECT_NEAR(out["groups"][2]["scores"]["letter_accuracy"], 50, 1e-9);
  expect_refused({answers, "--questions", questions, "--by", "topic"}, "no question of", 2);
  const auto refused = [&](const char* record, const char* part) {
    expect_refused({results(R"({"1":"A"})"), "--questions", folder_.write("x.jsonl", record)},
                   part);
  };
  refused(R"({"id":"1","question":"?","options":"['a', 'b']","answer":"A"})",
          "found a list written as one text");
  refused(R"({"id":"1","question":"?","options":["a","b"],"answer":"C"})",
          "expected the letter or the text of an option");
  refused(R"({"id":"1","question":"?","options":["a","b"],"answer":1})",
          "may count from 0 or from 1");
  refused(R"({"id":"1","question":"?","options":["a","a"],"answer":"a"})",
          "found the right one twice");
  refused(R"({"id":"1","question":"?","options":{"A":"a"},"answer":"A"})", "expected a list");
  refused(R"({"id":"1","question":"?"})", "expected the right answers");
  const std::string aokvqa = folder_.write(
      "ok.json",
      R"([{"question_id":"k","image_id":1,"question":"?","choices":["a cat","a dog"],"correct_choice_idx":1,"direct_answers":["dog","dog","dog","dog"]}])");
  const json both =
      scored({results(R"([{"question_id":"k","answer":"dog"}])"), "--questions", aokvqa});
  EXPECT_NEAR(both["scores"]["soft_accuracy"], 100, 1e-9);
  EXPECT_NEAR(both["scores"]["letter_accuracy"], 0, 1e-9);  // "dog" is no option's text
}

TEST_F(VqaProbe, TablesEvidenceAndEscapes) {
  write_vqa();
  const std::string answers = results(
      R"([{"question_id":1,"answer":"\u001b[31myes"},{"question_id":2,"answer":""},{"question_id":3,"answer":"dog"}])");
  const std::string evidence = folder_.path("e.jsonl").string();
  const Finished done = vernier({"probe", "vqa", answers, "--questions", annotations_, "--evidence",
                                 evidence, "-f", "markdown"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.out.find("1 answers are empty"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("how many"), std::string::npos);
  EXPECT_EQ(done.out.find('\x1b'), std::string::npos);
  const std::string lines = read_file(evidence);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
  const json first = json::parse(lines.substr(0, lines.find('\n')));
  EXPECT_EQ(first["question_id"], "1");
  EXPECT_EQ(first["scores"]["soft_accuracy"], 0);
  expect_refused({answers, "--questions", annotations_, "--evidence", answers}, "input", 6);
  const Finished help = vernier({"probe", "vqa", "--help"});
  EXPECT_NE(help.out.find("\n  vernier probe vqa"), std::string::npos);
}

}  // namespace
}  // namespace vernier::tests
