// vernier probe pope and rbench, as a user sees them: counts by hand, and input that is not as it
// should be.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class ProbePope : public testing::Test {
 protected:
  /// Two images with three questions each; labels yes, no, yes, no, yes, no.
  std::string questions() const {
    std::string text;
    const char* things[] = {"dog", "cat", "car", "cow", "bus", "pig"};
    for (int n = 0; n < 6; ++n) {
      text += json{{"question_id", n + 1},
                   {"image", n < 3 ? "a.jpg" : "b.jpg"},
                   {"text", std::string("Is there a ") + things[n] + " in the image?"},
                   {"label", n % 2 == 0 ? "yes" : "no"},
                   {"kind", n < 4 ? "x" : "y"}}
                  .dump() +
              "\n";
    }
    return folder_.write("questions.json", text);
  }
  std::string answers(const std::vector<std::string>& texts) const {
    std::string out;
    for (std::size_t n = 0; n < texts.size(); ++n) {
      out += json{{"question_id", n + 1}, {"text", texts[n]}}.dump() + "\n";
    }
    return folder_.write("answers.jsonl", out);
  }
  Finished probe(std::vector<std::string> more, const std::string& answer_file) const {
    std::vector<std::string> arguments = {"probe", "pope", answer_file, "--questions", questions()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return vernier(arguments);
  }
  json scored(const std::vector<std::string>& texts, std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"-f", "json"});
    const Finished done = probe(more, answers(texts));
    EXPECT_EQ(done.code, 0) << done.err;
    return json::parse(done.out);
  }
  void expect_refused(const Finished& done, const std::string& part, int code = 3) const {
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(part), std::string::npos) << done.err;
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
    EXPECT_EQ(done.out, "");
  }
  TemporaryFolder folder_;
};

TEST_F(ProbePope, OfficialAndStrictSideBySide) {
  // Official: yes, no, yes (NO is none of its words), yes (empty), yes, no.
  const json out = scored({"Yes", "No", "NO", "", "Yes.", "no"});
  EXPECT_EQ(out["schema"], "vernier.probe.pope/1");
  EXPECT_EQ(out["counts"]["tp"], 3);
  EXPECT_EQ(out["counts"]["fp"], 1);
  EXPECT_EQ(out["counts"]["tn"], 2);
  EXPECT_EQ(out["counts"]["fn"], 0);
  EXPECT_EQ(out["counts"]["unclear"], 1);
  EXPECT_NEAR(out["scores"]["accuracy"], 5.0 / 6, 1e-12);
  EXPECT_EQ(out["strict"]["counts"]["tp"], 2);
  EXPECT_EQ(out["strict"]["counts"]["fp"], 0);
  EXPECT_EQ(out["strict"]["counts"]["fn"], 1);
  EXPECT_NEAR(out["strict"]["scores"]["accuracy"], 4.0 / 6, 1e-12);
  EXPECT_NEAR(out["strict"]["bounds"]["best"]["accuracy"], 5.0 / 6, 1e-12);
  EXPECT_NE(out["signature"].get<std::string>().find("|mode:official|parser:pope-official|"),
            std::string::npos);
  const json strict = scored({"Yes", "No", "NO", "", "Yes.", "no"}, {"--mode", "strict"});
  EXPECT_EQ(strict["counts"], out["strict"]["counts"]);
  EXPECT_EQ(strict["official"]["counts"], out["counts"]);
  EXPECT_NE(strict["signature"], out["signature"]);
}

TEST_F(ProbePope, UnclearIsWrongExcludedOrAnError) {
  const std::vector<std::string> texts = {"Yes", "maybe", "Yes", "No", "Yes", "No"};
  EXPECT_NEAR(scored(texts, {"--mode", "strict"})["scores"]["accuracy"], 5.0 / 6, 1e-12);
  EXPECT_NEAR(scored(texts, {"--mode", "strict", "--unclear", "excluded"})["scores"]["accuracy"], 1,
              1e-12);
  expect_refused(probe({"--mode", "strict", "--unclear", "error"}, answers(texts)), "'maybe'", 5);
}

TEST_F(ProbePope, AModelThatAlwaysSaysTheSame) {
  const json yes = scored({"Yes", "Yes", "Yes", "Yes", "Yes", "Yes"});
  EXPECT_EQ(yes["flags"], json::array({"always-yes"}));
  EXPECT_NEAR(yes["scores"]["precision"], 0.5, 1e-12);
  EXPECT_NEAR(yes["scores"]["recall"], 1, 1e-12);
  const json no = scored({"No", "No", "No", "No", "No", "No"});
  EXPECT_EQ(no["flags"], json::array({"always-no"}));
  EXPECT_TRUE(no["scores"]["precision"].is_null());
  EXPECT_TRUE(no["scores"]["f1"].is_null());
  EXPECT_EQ(no["undefined"]["precision"], "no answer says yes");
  EXPECT_EQ(no["scores"]["recall"], 0);
  const Finished table = probe({}, answers({"No", "No", "No", "No", "No", "No"}));
  EXPECT_NE(table.out.find("always-no"), std::string::npos);
  EXPECT_NE(table.out.find("precision is undefined: no answer says yes"), std::string::npos);
}

TEST_F(ProbePope, OtherLanguagesAreCounted) {
  const json out = scored({"\xE6\x98\xAF", "\xE5\x90\xA6", "Oui", "Nein", "Yes", "No"});
  EXPECT_EQ(out["counts"]["unclear"], 4);
  EXPECT_EQ(out["other_language"], 4);
  EXPECT_EQ(out["strict"]["counts"]["tp"], 1);
}

TEST_F(ProbePope, AllParsersAndSlices) {
  const json out =
      scored({"Yes", "I know", "NO", "no", "Yes", "No"}, {"--all-parsers", "--by", "kind"});
  EXPECT_EQ(out["parsers"].size(), 7u);
  EXPECT_EQ(out["parsers"]["contains"]["counts"]["tn"], 3);
  EXPECT_EQ(out["parsers"]["exact"]["counts"]["unparsed"], 1);
  ASSERT_EQ(out["splits"].size(), 1u);
  const json& groups = out["splits"][0]["groups"];
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0]["value"], "x");
  EXPECT_EQ(groups[0]["counts"]["n"], 4);
  EXPECT_EQ(groups[1]["counts"]["n"], 2);
  expect_refused(probe({"--by", "nothing"}, answers({"a", "b", "c", "d", "e", "f"})),
                 "no question has the field 'nothing'", 2);
}

TEST_F(ProbePope, SeveralFilesAreNamedAggregates) {
  const std::string q = questions();
  const std::string first = answers({"Yes", "No", "Yes", "No", "Yes", "No"});
  const std::string second = folder_.write(
      "other.jsonl",
      R"([{"question_id":1,"text":"No"},{"question_id":2,"text":"No"},{"question_id":3,"text":"Yes"},
          {"question_id":4,"text":"Yes"},{"question_id":5,"text":"Yes"},{"question_id":6,"text":"No"}])");
  const Finished done =
      vernier({"probe", "pope", first, second, "--questions", q, q, "-f", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json out = json::parse(done.out);
  EXPECT_EQ(out["aggregate"], "pooled");
  EXPECT_EQ(out["counts"]["tp"], 5);
  ASSERT_EQ(out["files"].size(), 2u);
  EXPECT_NEAR(out["files"][1]["scores"]["f1"], 4.0 / 6, 1e-12);
  EXPECT_NEAR(out["aggregates"]["mean_f1_over_files"], (1 + 4.0 / 6) / 2, 1e-12);
  EXPECT_NEAR(out["aggregates"]["pooled_f1"], 10.0 / 12, 1e-12);
  expect_refused(vernier({"probe", "pope", first, "--questions", q, q}),
                 "expected a file of answers for each of 2 question files", 2);
}

TEST_F(ProbePope, MissingAnswersAreRefusedOrCounted) {
  const std::string five = answers({"Yes", "No", "Yes", "No", "Yes"});
  const Finished done = probe({}, five);
  expect_refused(done, "1 questions of");
  EXPECT_NE(done.err.find("6 b.jpg \"Is there a pig in the image?\""), std::string::npos);
  EXPECT_NE(done.err.find("(5 of 6 questions answered, 5 answers)"), std::string::npos);
  EXPECT_NE(done.err.find("--allow-missing"), std::string::npos);
  const json out = scored({"Yes", "No", "Yes", "No", "Yes"}, {"--allow-missing"});
  EXPECT_EQ(out["files"][0]["join"]["missing"], 1);
  EXPECT_EQ(out["counts"]["n"], 5);
  EXPECT_NE(out["signature"].get<std::string>().find("coverage:0.833333"), std::string::npos);
}

TEST_F(ProbePope, ExtraAnswers) {
  const std::vector<std::string> seven = {"Yes", "No", "Yes", "No", "Yes", "No", "No"};
  expect_refused(probe({}, answers(seven)), "1 answers are to no question");
  EXPECT_EQ(scored(seven, {"--ignore-extra"})["files"][0]["join"]["extra"], 1);
}

TEST_F(ProbePope, DuplicateKeys) {
  const std::string six = read_file(answers({"Yes", "No", "Yes", "No", "Yes", "No"}));
  const std::string equal = folder_.write("e", six + R"({"question_id":2,"text":"No"})");
  const Finished done = probe({"-f", "json"}, equal);
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(json::parse(done.out)["files"][0]["join"]["duplicate"], 1);
  const std::string other = folder_.write("o", six + R"({"question_id":2,"text":"Yes"})");
  expect_refused(probe({}, other), "o:7: expected one answer to 2");
}

TEST_F(ProbePope, AnswersToOtherQuestions) {
  const std::string six =
      folder_.write("p", R"({"question_id":1,"prompt":"Is there a zebra in the image?","text":"No"}
              {"question_id":2,"prompt":"Is there a cat in the image?","text":"No"}
              {"question_id":3,"text":"No"}{"question_id":4,"text":"No"}
              {"question_id":5,"text":"No"}{"question_id":6,"text":"No"})");
  expect_refused(probe({}, six), "1 answers are to other questions");
}

TEST_F(ProbePope, OrderOnlyOnRequest) {
  std::string text;
  for (const char* thing : {"dog", "cat", "car", "cow", "bus", "pig"}) {
    text +=
        json{{"question", std::string("Is there a ") + thing + " in the image?"}, {"answer", "yes"}}
            .dump() +
        "\n";
  }
  const std::string file = folder_.write("official.json", text);
  expect_refused(probe({}, file), "--join order");
  const Finished done = probe({"--join", "order", "-f", "json"}, file);
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(json::parse(done.out)["files"][0]["join"]["by"], "order");
  const std::string five = folder_.write("five.json", text.substr(text.find('\n') + 1));
  expect_refused(probe({"--join", "order"}, five), "expected 6 answers");
}

TEST_F(ProbePope, WhatIsNoAnswerFile) {
  for (const auto& [content, part] : std::vector<std::pair<std::string, std::string>>{
           {"", "holds no records"},
           {"[]", "holds no records"},
           {"\n\n", "holds no records"},
           {"just text\n", "expected JSON, or a table"},
           {"[1, 2]", "expected an object"},
           {R"({"question_id":1,"text":NaN})", ":1:"},
           {R"({"question_id":1,"text":null})", "expected the answer, a text"},
           {R"({"question_id":1,"text":"Yes"}{"question_id":2,"te)", "last good record: line 1"},
           {"\x1f\x8b garbage", "vernier:"}}) {
    const Finished done = probe({}, folder_.write("bad", content));
    EXPECT_EQ(done.code, 3) << content << done.err;
    EXPECT_NE(done.err.find(part), std::string::npos) << content << ": " << done.err;
    EXPECT_EQ(done.out, "");
  }
  EXPECT_EQ(probe({}, folder_.path("nowhere").string()).code, 2);
  const std::string bad_label =
      folder_.write("l", R"({"question_id":1,"image":"a","text":"Is it?","label":"NaN"})");
  expect_refused(vernier({"probe", "pope", answers({"yes"}), "--questions", bad_label}),
                 "expected the label yes or no, found 'NaN'");
  expect_refused(probe({"--parser", "stric"}, answers({"yes"})), "no parser 'stric'", 2);
}

TEST_F(ProbePope, TextsOfModelsDoNotReachTheTerminal) {
  const Finished done = probe({"--mode", "strict", "--unclear", "error"},
                              answers({"\x1b[31m<b>maybe</b>", "No", "No", "No", "No", "No"}));
  EXPECT_EQ(done.code, 5);
  EXPECT_NE(done.err.find("\\x1b[31m"), std::string::npos) << done.err;
  EXPECT_EQ(done.err.find('\x1b'), std::string::npos);
}

TEST_F(ProbePope, MarkdownAndTable) {
  const std::string six = answers({"Yes", "No", "Yes", "No", "Yes", "No"});
  const Finished table = probe({}, six), markdown = probe({"-f", "markdown"}, six);
  EXPECT_NE(table.out.find("pope-official"), std::string::npos);
  EXPECT_NE(table.out.find("pope|mode:official"), std::string::npos);
  EXPECT_EQ(markdown.out.rfind("| questions |", 0), 0u) << markdown.out;
}

TEST_F(ProbePope, RelationsUseTheSameMachinery) {
  const std::string six = answers({"Yes", "I know", "Yes", "No", "Yes", "No"});
  const Finished done = vernier({"probe", "rbench", six, "--questions", questions(), "--level",
                                 "instance", "--by", "kind", "-f", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json out = json::parse(done.out);
  EXPECT_EQ(out["schema"], "vernier.probe.rbench/1");
  EXPECT_EQ(out["parser"], "contains");
  EXPECT_EQ(out["counts"]["tn"], 3);
  EXPECT_EQ(out["splits"][0]["by"], "kind");
}

TEST_F(ProbePope, SubsetsOfIds) {
  const std::string five = answers({"Yes", "Yes", "Yes", "No", "Yes"});
  const std::string a = folder_.write("a.json", "[1, 2, \"3\", 3]");
  const std::string b = folder_.write("b.txt", "4\n5\r\n6\n");
  const Finished done = vernier({"probe", "rbench", five, "--questions", questions(), "--ids", a, b,
                                 "--allow-missing", "-f", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json out = json::parse(done.out);
  EXPECT_EQ(out["id_lists"][0]["ids"], 3);
  EXPECT_NEAR(out["id_lists"][0]["precision"], 2 / 3.00001, 1e-12);
  EXPECT_EQ(out["id_lists"][1]["unanswered"], 1);
  EXPECT_NEAR(out["mean_over_id_lists"]["recall"], (2 / 2.00001 + 1 / 1.00001) / 2, 1e-12);
  for (const auto& [content, part] :
       std::vector<std::pair<std::string, std::string>>{{"[]", "holds no ids"},
                                                        {"", "holds no ids"},
                                                        {"[{}]", "expected a list of ids"},
                                                        {"7\n", "has the id 7"},
                                                        {"a b\n", "expected an id a line"}}) {
    expect_refused(vernier({"probe", "rbench", five, "--questions", questions(), "--ids",
                            folder_.write("x", content), "--allow-missing"}),
                   part);
  }
}

}  // namespace
}  // namespace vernier::tests
