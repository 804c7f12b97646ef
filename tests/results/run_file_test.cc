// Run files: what is written is read back, and nothing else is taken for a run.
#include "results/run/run_file.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "tests/results/made_up_run.h"

namespace vernier {
namespace {

using tests::TemporaryFolder;

RunHeader header(bool compact) {
  return {"9.9.9",
          "abc",
          "equal strings",
          {{"cider", "cider|v:1", {"cider"}, {"cider"}, "mean", false},
           {"ter", "ter|v:1", {"edits", "reference_length"}, {"ter"}, "own", true}},
          "def",
          compact};
}

std::string run_text(std::size_t samples, bool compact = false) {
  const RunHeader h = header(compact);
  tests::RunLines lines;
  append_run_header(lines.text, h);
  lines.close_line();
  for (std::size_t n = 0; n < samples; ++n) {
    const std::string id = "s" + std::to_string(n);
    const std::string_view references[] = {"one \"quoted\"", "z\u00e9\u2028bra"};
    const double scores[] = {n == 1 ? NAN : 0.1 * static_cast<double>(n), 25};
    const double row[] = {0.1 * static_cast<double>(n), 1, 4};
    append_run_sample(lines.text, h,
                      {n, id, n == 2 ? "image" : std::string_view(id), "a caption", references,
                       n == 0 ? "{\"k\":[1,\"x\"]}" : "", scores, row});
    lines.close_line();
  }
  const RunCount counts[] = {{"scored", samples}, {"empty_candidate", 0}};
  const double corpus[] = {0.5, NAN};
  append_run_footer(lines.text, h, samples, counts, corpus, lines.digest);
  return lines.text;
}

Run read_text(const std::string& text) {
  const TemporaryFolder folder;
  return read_run(folder.write("run.jsonl", text));
}

std::pair<ExitCode, std::string> failure(const std::string& text) {
  try {
    read_text(text);
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  return {ExitCode::kOk, ""};
}

TEST(RunFile, ReadsWhatWasWritten) {
  const auto run = read_text(run_text(3));
  EXPECT_EQ(run.header().version, "9.9.9");
  EXPECT_EQ(run.header().dataset_digest, "abc");
  EXPECT_EQ(run.header().id_rule, "equal strings");
  EXPECT_EQ(run.header().candidates_digest, "def");
  EXPECT_FALSE(run.header().compact);
  ASSERT_EQ(run.header().metrics.size(), 2u);
  EXPECT_EQ(run.header().metrics[0].aggregate, "mean");
  EXPECT_FALSE(run.header().metrics[0].less_is_better);
  EXPECT_TRUE(run.header().metrics[1].less_is_better);
  EXPECT_EQ(run.header().metrics[1].columns,
            (std::vector<std::string>{"edits", "reference_length"}));
  ASSERT_EQ(run.samples().size(), 3u);
  EXPECT_EQ(run.samples()[0].id, "s0");
  EXPECT_EQ(run.samples()[0].image_id, "s0");
  EXPECT_EQ(run.samples()[0].meta, "{\"k\":[1,\"x\"]}");
  EXPECT_EQ(run.samples()[2].image_id, "image");
  EXPECT_EQ(run.samples()[1].candidate, "a caption");
  ASSERT_EQ(run.references(run.samples()[1]).size(), 2u);
  EXPECT_EQ(run.references(run.samples()[1])[0], "one \"quoted\"");
  EXPECT_EQ(run.references(run.samples()[2])[1], "z\u00e9\u2028bra");
  EXPECT_EQ(run.scores(2)[0], 0.2);
  EXPECT_TRUE(std::isnan(run.scores(1)[0]));
  EXPECT_EQ(run.row(2)[0], 0.2);
  EXPECT_EQ(run.row(2)[2], 4);
  EXPECT_EQ(run.corpus_scores()[0], 0.5);
  EXPECT_TRUE(std::isnan(run.corpus_scores()[1]));
  EXPECT_EQ(run.counts()[0], (std::pair<std::string, std::uint64_t>{"scored", 3}));
  EXPECT_EQ(run.find("s2"), 2u);
  EXPECT_EQ(run.find("s3"), vernier::Run::npos);
  EXPECT_TRUE(run.has_texts());
}

TEST(RunFile, CompactRunsHaveNoTexts) {
  const auto run = read_text(run_text(2, true));
  EXPECT_FALSE(run.has_texts());
  EXPECT_TRUE(run.references(run.samples()[0]).empty());
  EXPECT_EQ(run.row(1)[0], 0.1);
}

TEST(RunFile, LongRunsAreReadInPieces) {
  const auto run = read_text(run_text(30000));  // 5 MB
  EXPECT_EQ(run.samples().size(), 30000u);
  EXPECT_EQ(run.samples()[29999].id, "s29999");
}

TEST(RunFile, WithoutItsEndItIsIncomplete) {
  const std::string text = run_text(3);
  const std::size_t footer = text.rfind("{\"footer\"");
  for (const std::size_t size : {footer, footer - 10, footer + 5, text.size() - 1}) {
    const auto [code, message] = failure(text.substr(0, size));
    EXPECT_EQ(code, ExitCode::kIncomplete) << size << ": " << message;
    EXPECT_NE(message.find("--resume"), std::string::npos) << message;
  }
}

TEST(RunFile, RefusesWhatIsNoRun) {
  for (const char* text : {"", "\n", "hello\n", "[1,2]\n", "{\"id\":\"1\",\"caption\":\"x\"}\n",
                           "{\"schema\":\"vernier.score/1\"}\n"}) {
    const auto [code, message] = failure(text);
    EXPECT_EQ(code, ExitCode::kBadInput) << text;
    EXPECT_NE(message.find(":1: not a run file"), std::string::npos) << message;
  }
  const auto [code, message] = failure("{\"schema\":\"vernier.run/2\"}\n");
  EXPECT_EQ(code, ExitCode::kBadInput);
  EXPECT_NE(message.find("reads vernier.run/1"), std::string::npos) << message;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(RunFile, RefusesEditedRuns) {
  const std::string text = run_text(3);
  const std::pair<std::string, std::string> edits[] = {
      {replaced(text, "\"cider\":0.2", "\"cider\":0.3"), "digest"},
      {replaced(text, "a caption", "A caption"), "digest"},
      {replaced(text, "\"s1\"", "\"s0\""), "the id s0 occurs twice"},
      {replaced(text, "[0.2]", "[0.2,1]"), "expected 1 numbers in the row of \"cider\""},
      {replaced(text, "\"ter\":25", "\"tar\":25"), "expected the score \"ter\""},
      {replaced(text, "\"samples\":3", "\"samples\":4"), "the footer does not count"},
      {replaced(text, "[0.2]", "[\"x\"]"), "expected a number or null"},
      {replaced(text, "{\"id\":\"s1\"", "{\"id\":17"), "expected a string \"id\""},
      {text + "{}\n", "a line behind the footer"}};
  for (const auto& [edited, expected] : edits) {
    const auto [code, message] = failure(edited);
    EXPECT_EQ(code, ExitCode::kBadInput) << expected;
    EXPECT_NE(message.find(expected), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace vernier
