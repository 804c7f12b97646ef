// vernier gate and vernier compare through the real binary: exit codes, and files that agree with
// them.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/support/bundled_runs.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class Runs : public BundledRuns {
 protected:
  std::string policy(const std::string& text) { return folder_.write("gate.toml", text); }
  Finished gate(const std::string& a, const std::string& b, const std::string& policy_text,
                std::vector<std::string> more = {}) {
    std::vector<std::string> command = {"gate",     "--baseline",       a, "--candidate", b,
                                        "--policy", policy(policy_text)};
    command.insert(command.end(), more.begin(), more.end());
    return vernier(command);
  }
};

const char* const kNoDrop = "[[rule]]\nmetric = \"cider\"\nmax_drop = 0\n";

using GateCommand = Runs;
using CompareCommand = Runs;

TEST_F(GateCommand, OneValueMakesOutputFilesAndExitCode) {
  const std::string a = run("a", 0), b = run("b", 3), c = run("c", 40);
  const struct {
    std::string candidate, policy;
    int code;
    std::string verdict;
    int failures, errors;
  } cases[] = {
      {a, kNoDrop, 0, "pass", 0, 0},
      {b, kNoDrop, 1, "regression", 1, 0},
      {c, "[[rule]]\nmetric = \"cider\"\nmax_drop = 0.02\n", 5, "inconclusive", 0, 1},
      {c, "on_inconclusive = \"pass\"\n[[rule]]\nmetric = \"cider\"\nmax_drop = 0.02\n", 0, "pass",
       0, 0},
      {a, "[[rule]]\nmetric = \"cidr\"\nmax_drop = 0.02\n", 2, "error", 0, 1},
      {a, "[[rule]]\nmetric = \"cider\"\nmax_drop = nan\n", 2, "error", 0, 1},
      {b, "[[rule]]\nmetric = \"ter\"\nmax_increase = 1\n", 1, "regression", 1, 0},
      {a, "min_samples = 501\n" + std::string(kNoDrop), 5, "error", 0, 1},
  };
  for (const auto& c1 : cases) {
    const std::string xml = folder_.path("gate.xml").string();
    const std::string markdown = folder_.path("gate.md").string();
    const std::string page = folder_.path("gate.html").string();
    const Finished done =
        gate(a, c1.candidate, c1.policy,
             {"-f", "json", "--junit", xml, "--markdown", markdown, "--html", page});
    SCOPED_TRACE(c1.policy + done.out + done.err);
    EXPECT_EQ(done.code, c1.code);
    const json report = json::parse(done.out);
    EXPECT_EQ(report["exit_code"], c1.code);
    EXPECT_EQ(report["verdict"], c1.verdict);
    EXPECT_NE(read_file(xml).find("failures=\"" + std::to_string(c1.failures) + "\" errors=\"" +
                                  std::to_string(c1.errors) + "\""),
              std::string::npos)
        << read_file(xml);
    EXPECT_NE(read_file(markdown).find("gate: " + c1.verdict), std::string::npos);
    EXPECT_NE(read_file(page).find("class=\"ruling " + c1.verdict + "\"><h2>gate: " + c1.verdict),
              std::string::npos);
  }
}

TEST_F(GateCommand, RunsThatCannotBeJudgedAreReportedToo) {
  const std::string a = run("a", 0);
  const std::string text = read_file(a);
  const std::string cut = folder_.write("cut.jsonl", text.substr(0, text.size() / 2));
  const std::string other = folder_.path("other.jsonl").string();
  vernier({"score", kBundledSample, "-m", "cider", "--tokenizer", "char", "-o", other});
  const std::string edited =
      folder_.write("edited.jsonl", std::string(text).replace(text.find("\"id\":") + 6, 1, "x"));
  const struct {
    std::string candidate;
    int code;
    std::string message;
  } cases[] = {{cut, 5, "footer is missing"},
               {other, 5, "different signatures: cider: tok:ptb-3.4.1 / tok:char"},
               {edited, 3, "was the file edited"},
               {kBundledSample, 3, "not a run file"},
               {folder_.path("none.jsonl").string(), 2, "none.jsonl"}};
  for (const auto& one : cases) {
    const std::string xml = folder_.path("gate.xml").string();
    const std::string page = folder_.path("gate.html").string();
    const Finished done = gate(a, one.candidate, kNoDrop, {"--junit", xml, "--html", page});
    EXPECT_EQ(done.code, one.code) << done.err;
    EXPECT_NE(done.err.find(one.message), std::string::npos) << done.err;
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
    EXPECT_NE(read_file(xml).find("failures=\"0\" errors=\"1\""), std::string::npos);
    EXPECT_NE(read_file(page).find(one.message), std::string::npos);
    std::filesystem::remove(page);
  }
}

TEST_F(GateCommand, WritesAPolicyToStartFrom) {
  const std::string path = folder_.path("new.toml").string();
  EXPECT_EQ(vernier({"gate", "--init", "--policy", path}).code, 0);
  const std::string text = read_file(path);
  EXPECT_NE(text.find("[[rule]]"), std::string::npos);
  EXPECT_EQ(vernier({"gate", "--init", "--policy", path}).code, 6) << "never overwrites";
  EXPECT_EQ(read_file(path), text);
}

TEST_F(GateCommand, AnnotationsAreEscaped) {
  const std::string a = run("a", 0);
  const Finished done =
      gate(a, a, "[[rule]]\nmetric = \"ci,de:r%\"\nmax_drop = 0\n", {"--annotations"});
  EXPECT_EQ(done.code, 2);
  EXPECT_NE(done.out.find("::error title=vernier gate%3A ci%2Cde%3Ar%25 invalid::"),
            std::string::npos)
      << done.out;
}

TEST_F(GateCommand, GivesTheSameBytesForEveryNumberOfThreads) {
  const std::string a = run("a", 0), c = run("c", 40);
  const Finished one = gate(a, c, kNoDrop, {"-f", "json", "-t", "1"});
  for (const char* threads : {"2", "7"}) {
    EXPECT_EQ(gate(a, c, kNoDrop, {"-f", "json", "-t", threads}).out, one.out);
  }
}

TEST_F(GateCommand, TheAaCheckHasItsOwnVerdict) {
  const std::string a = run("a", 0), b = run("b", 3);
  const Finished done = gate(a, b, kNoDrop, {"--aa", "100", "-f", "json"});
  EXPECT_EQ(done.code, 0) << done.out << done.err;
  const json check = json::parse(done.out);
  EXPECT_EQ(check["passed"], true);
  EXPECT_EQ(check["trials"], 100);
  EXPECT_EQ(check["rules"][0]["most"], 10);
  const Finished table = gate(a, b, kNoDrop, {"--aa", "100"});
  EXPECT_NE(table.out.find("A/A check: passed"), std::string::npos) << table.out;
  EXPECT_EQ(gate(a, b, "[[rule]]\nmetric = \"cidr\"\nmax_drop = 0\n", {"--aa", "100"}).code, 2);
  EXPECT_EQ(gate(a, b, "[[rule]]\nmetric = \"bleu\"\nmax_drop = 0\n", {"--aa", "100"}).code, 2);
}

TEST_F(CompareCommand, ComparesSampleBySample) {
  const std::string a = run("a", 0), b = run("b", 3);
  const Finished done = vernier({"compare", a, b, "-f", "json", "--show", "3"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json report = json::parse(done.out);
  const json cider = report["metrics"]["cider"];
  EXPECT_DOUBLE_EQ(cider["difference"].get<double>(),
                   cider["b"].get<double>() - cider["a"].get<double>());
  EXPECT_LT(cider["ci_high"], 0);
  EXPECT_LT(cider["p"], 0.001);
  EXPECT_GE(cider["p_holm"], cider["p"]);
  EXPECT_GT(cider["mde"], 0);
  EXPECT_EQ(report["metrics"]["ter"]["less_is_better"], true);
  EXPECT_EQ(report["moved"]["worse"].size(), 3u);
  EXPECT_EQ(report["moved"]["worse_count"].get<int>() + report["moved"]["better_count"].get<int>() +
                report["moved"]["same_count"].get<int>(),
            500);
  // The other way round everything has the other sign.
  const json back = json::parse(vernier({"compare", b, a, "-f", "json"}).out)["metrics"]["cider"];
  EXPECT_EQ(back["difference"].get<double>(), -cider["difference"].get<double>());
  EXPECT_EQ(back["p"], cider["p"]);
}

TEST_F(CompareCommand, TheOrderOfSamplesDoesNotMatter) {
  const std::string a = run("a", 0);
  std::vector<std::string> lines = read_lines(kBundledSample);
  std::reverse(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  const std::string b = folder_.path("reversed.jsonl").string();
  ASSERT_EQ(vernier({"score", folder_.write("in.jsonl", text), "-m", "cider,bleu", "-o", b}).code,
            0);
  const Finished done = vernier({"compare", a, b, "-f", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json report = json::parse(done.out);
  EXPECT_EQ(report["metrics"]["cider"]["identical"], true) << done.out;
  EXPECT_EQ(report["metrics"]["cider"]["p"], 1);
  EXPECT_EQ(report["only_in_one"], json::array({"ter"}));
}

TEST_F(CompareCommand, ShowsControlBytesAndNamesUnknownScores) {
  const std::string a = run("a", 0);
  const Finished done = vernier({"compare", a, a, "-m", "ci\x1b[31mder"});
  EXPECT_EQ(done.code, 2);
  EXPECT_NE(done.err.find("ci\\x1b[31mder"), std::string::npos) << done.err;
  EXPECT_EQ(vernier({"compare", a}).code, 2);
  EXPECT_EQ(vernier({"compare", a, a, "-m", "bleu"}).code, 0);
  EXPECT_EQ(vernier({"compare", a, a, "-m", "bleu-4"}).code, 0);
}

}  // namespace
}  // namespace vernier::tests
