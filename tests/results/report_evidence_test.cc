// Evidence on the report's page: marked in captions, summed up, never markup.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "results/report/evidence/marked_text.h"
#include "results/report/report.h"
#include "tests/results/report_page.h"

namespace vernier {
namespace {

using nlohmann::json;
using tests::data_of;
using tests::has;
using tests::made_up_run;
using tests::MadeUpRun;
using tests::quick_options;

json mention(int start, int end, const std::string& object, const char* verdict) {
  return {{"start", start},     {"end", end}, {"object", object},
          {"verdict", verdict}, {"token", 1}, {"sentence", start + 1}};
}

MadeUpRun run_with(const std::vector<json>& mentions, const std::string& caption,
                   const json& objects = json::array()) {
  MadeUpRun how;
  for (const json& of_sample : mentions) {
    how.metas.push_back(
        json{{"chair", {{"objects", objects}, {"mentions", of_sample}}}, {"k", 1}}.dump());
    how.candidates.push_back(caption);
  }
  return how;
}

/// A caption's pieces, marks as [class label|text], levels as number.
std::string pieces(const std::vector<report::Segment>& segments,
                   const report::CaptionEvidence& evidence) {
  std::string out;
  for (const report::Piece& piece : report::pieces_of(segments, evidence)) {
    if (piece.mark != nullptr) {
      out += "[" + std::string(report::mark_class(piece.mark->finding)) + " " + piece.mark->label +
             "|" + std::string(piece.text) + "]";
    } else {
      out += std::to_string(piece.level) + std::string(piece.text);
    }
  }
  return out;
}

TEST(MarkedText, MarksCutSegments) {
  const std::string_view text = "a red car here";
  const std::vector<report::Segment> segments = {
      {0, text.substr(0, 2)}, {2, text.substr(2, 5)}, {0, text.substr(7)}};
  report::CaptionEvidence evidence;
  evidence.marks = {{2, 5, Finding::kOther, "x"}, {6, 9, Finding::kInvented, "car: y"}};
  EXPECT_EQ(pieces(segments, evidence), "0a [other x|red]2 [bad car: y|car]0 here");
  evidence.marks = {{0, text.size(), Finding::kSupported, "all"}};
  EXPECT_EQ(pieces(segments, evidence), "[good all|a red car here]");
  // Of an excerpt that ends inside a mark the mark is not drawn.
  evidence.marks = {{2, 5, Finding::kSupported, "x"}, {6, 40, Finding::kInvented, "y"}};
  EXPECT_EQ(pieces(segments, evidence), "0a [good x|red]2 c0ar here");
  EXPECT_EQ(pieces(segments, {}), "0a 2red c0ar here");
}

TEST(MarkedText, ProbesShareAWord) {
  const std::string meta =
      json{{"a",
            {{"objects", {"cat"}},
             {"mentions",
              {mention(0, 3, "dog", "supported"), mention(4, 7, "dog", "hallucinated"),
               mention(8, 9, "dog", "hallucinated")}}}},
           {"b",
            {{"objects", {"cat"}},
             {"mentions", {mention(0, 3, "red", "hallucinated"), mention(3, 6, "x", "unclear")}}}}}
          .dump();
  const auto evidence = report::caption_evidence(evidence_of(meta, "dog dog x"));
  ASSERT_EQ(evidence.marks.size(), 3u);
  EXPECT_EQ(evidence.marks[0].finding, Finding::kInvented) << "the worse one counts";
  EXPECT_EQ(evidence.marks[0].label, "dog: supported; red: hallucinated");
  EXPECT_EQ(evidence.marks[1].label, "x: unclear") << "it begins first";
  EXPECT_EQ(evidence.invented, (std::vector<std::string>{"dog (2 times)", "red"}));
  EXPECT_EQ(evidence.left_out, std::vector<std::string>{"cat"});
}

TEST(ReportEvidence, MarksCardsAndData) {
  const MadeUpRun how = run_with(
      {{mention(3, 6, "dog", "supported"), mention(9, 10, "cat", "hallucinated")}, json::array()},
      "😀 \xc3\xa9"
      "dog 日 🐈",
      {"dog", "bed"});
  const auto run = made_up_run({1, 2}, how);
  const std::string page = html_report(std::span(&run, 1), quick_options());
  EXPECT_TRUE(has(page,
                  "<mark class=\"good\" title=\"dog: supported\">dog</mark> 日 <mark class=\"bad\" "
                  "title=\"cat: hallucinated\">🐈</mark>"))
      << page.substr(page.find("<dl>"), 400);
  EXPECT_TRUE(has(page, "<small>invented</small> cat</span>"));
  EXPECT_TRUE(has(page, "<small>left out</small> bed</span>"));
  EXPECT_TRUE(has(page, "1 of 2 mentions invented (50.0\u00a0%), in 1 of 2 captions"));
  EXPECT_TRUE(has(page, "Invented, by sentence"));
  EXPECT_TRUE(has(page, "<a href=\"#evidence\">"));
  const json sample = data_of(page)["samples"][0];
  EXPECT_EQ(sample[3][0], json::array({0, "😀 é", json::array({"good", "dog: supported"}), "dog", 0,
                                       " 日 ", json::array({"bad", "cat: hallucinated"}), "🐈"}));
  EXPECT_EQ(sample[6], "{\"k\":1}") << "evidence is shown, not printed";
  EXPECT_EQ(sample[7], json::array({json::array({json::array({"cat"}), json::array({"bed"})})}));
  // Nothing of it where there is no evidence.
  const auto plain = made_up_run({1, 2});
  EXPECT_FALSE(has(html_report(std::span(&plain, 1), quick_options()), "id=\"evidence\""));
}

TEST(ReportEvidence, TwoRunsStandSideBySide) {
  std::vector<vernier::Run> runs;
  runs.push_back(made_up_run({1, 2}, run_with({json::array({mention(0, 1, "dog", "supported")}),
                                               json::array({mention(0, 1, "car", "hallucinated")})},
                                              "abc")));
  runs.push_back(made_up_run({2, 2}, run_with({json::array({mention(0, 1, "dog", "hallucinated")}),
                                               json::array({mention(0, 1, "dog", "hallucinated")})},
                                              "abc")));
  const std::string page = html_report(runs, quick_options());
  EXPECT_TRUE(has(page, "1 of 2 mentions invented"));
  EXPECT_TRUE(has(page, "2 of 2 mentions invented"));
  // dog: never in A; twice in B, of two.
  EXPECT_TRUE(has(page, "dog</span></th><td class=\"number\">0</td>"));
  EXPECT_TRUE(has(page, "<g class=\"series run-1\">"));
  // A run without evidence beside one with.
  runs[0] = made_up_run({1, 2});
  EXPECT_TRUE(has(html_report(runs, quick_options()), "no evidence of this probe"));
}

TEST(ReportEvidence, HostileNamesStayText) {
  const std::string evil = "<script>alert(1)</script>\"'><img src=x>\x1b[31m\xe2\x80\xae";
  MadeUpRun how =
      run_with({json::array({mention(0, 2, evil, "hallucinated")}),
                json::array({json{{"start", 0}, {"end", 2}, {"verdict", evil}, {"word", evil}}})},
               "ab cd", json::array({evil}));
  how.metas.push_back(
      json{{evil, {{"mentions", json::array({mention(0, 2, "x", "hallucinated")})}}}}.dump());
  const auto run = made_up_run({1, 2, 3}, how);
  const std::string page = html_report(std::span(&run, 1), quick_options());
  for (const char* raw : {"<script>alert", "<img", "\x1b", "\xe2\x80\xae"}) {
    EXPECT_FALSE(has(page, raw)) << raw;
  }
  EXPECT_TRUE(has(page,
                  "title=\"&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img "
                  "src=x&gt;\\x1b[31m\\u202e: hallucinated\""));
  EXPECT_EQ(data_of(page)["samples"].size(), 3u);
}

TEST(ReportEvidence, MentionsThatCannotBeMarkedAreCounted) {
  const auto run = made_up_run(
      {1}, run_with({{mention(0, 99, "x", "hallucinated"), mention(0, 2, "y", "supported"),
                      mention(1, 3, "z", "supported"), 7}},
                    "abcd"));
  const std::string page = html_report(std::span(&run, 1), quick_options());
  EXPECT_TRUE(has(page, "2 mentions not marked")) << page.substr(page.find("id=\"evidence\""), 600);
  EXPECT_TRUE(has(page, "1 mention not readable"));
}

TEST(ReportEvidence, QuestionsStandAboveTheirAnswers) {
  MadeUpRun how;
  how.metas = {R"({"question":"Is there a <b>dog</b>?"})", R"({"question":3})",
               R"({"k":"\"question\""})"};
  const auto run = made_up_run({1, 2, 3}, how);
  const std::string page = html_report(std::span(&run, 1), quick_options());
  EXPECT_TRUE(has(page, "<p class=\"question\">Is there a &lt;b&gt;dog&lt;/b&gt;?</p>"));
  const json samples = data_of(page)["samples"];
  EXPECT_EQ(samples[0][7], 0);
  EXPECT_EQ(samples[0][8], "Is there a <b>dog</b>?");
  EXPECT_EQ(samples[1].size(), 7u) << "a number asks nothing";
  EXPECT_EQ(samples[2].size(), 7u);
}

TEST(ReportEvidence, CompactRunsHaveSumsAndNoMarks) {
  MadeUpRun how = run_with({json::array({mention(0, 1, "x", "hallucinated")})}, "abcd");
  how.compact = true;
  const auto run = made_up_run({1}, how);
  const std::string page = html_report(std::span(&run, 1), quick_options());
  EXPECT_TRUE(has(page, "1 of 1 mention invented"));
  EXPECT_FALSE(has(page, "not marked"));
  EXPECT_FALSE(has(page, "<mark class=\"bad\""));
}

}  // namespace
}  // namespace vernier
