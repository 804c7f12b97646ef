// --by meta.KEY in score, compare and gate, through the real binary.
#include "tests/support/bundled_runs.h"

namespace vernier::tests {
namespace {

using nlohmann::json;
using SlicesCommand = BundledRuns;

TEST_F(SlicesCommand, ScoreGivesEverySliceTheScoresOfItsSamplesAlone) {
  // ROUGE-L of a part is the mean over the part whatever the rest is.
  const std::string all = folder_.path("all.in.jsonl");
  run("all", 0);  // writes the records with their field "third"
  const std::string output = folder_.path("run.jsonl");
  const Finished done = vernier(
      {"score", all, "-m", "rouge-l,bleu", "-o", output, "--by", "meta.third", "-f", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json by = json::parse(done.out)["slices"][0];
  EXPECT_EQ(by["by"], "meta.third");
  ASSERT_EQ(by["groups"].size(), 3u);
  for (int third = 0; third < 3; ++third) {
    std::string part;
    std::size_t count = 0;
    for (const std::string& line : read_lines(all)) {
      if (json::parse(line)["third"] != third) continue;
      part += line + "\n";
      ++count;
    }
    const Finished alone =
        vernier({"score", folder_.write("part.jsonl", part), "-m", "rouge-l,bleu", "-f", "json"});
    const json expected = json::parse(alone.out)["scores"];
    const json& group = by["groups"][static_cast<std::size_t>(third)];
    EXPECT_EQ(group["value"], std::to_string(third));
    EXPECT_EQ(group["samples"], count);
    for (const auto& [name, value] : expected.items()) {
      EXPECT_NEAR(group["scores"][name].get<double>(), value.get<double>(), 1e-12) << name;
    }
  }
  const Finished table =
      vernier({"score", all, "-m", "rouge-l", "-o", output, "--by", "meta.third"});
  EXPECT_NE(table.out.find("meta.third  samples   rouge-l"), std::string::npos) << table.out;
  const Finished csv =
      vernier({"score", all, "-m", "rouge-l", "-o", output, "--by", "meta.third", "-f", "csv"});
  EXPECT_NE(csv.out.find(",\"meta.third\",\"2\",166\n"), std::string::npos) << csv.out;
}

TEST_F(SlicesCommand, HostileValuesAreQuotedAndShown) {
  const std::string input =
      folder_.write("in.jsonl",
                    R"({"id":"1","candidate":"a","references":["a"],"k":"=cmd()\",\u001b[31m|<b>"}
{"id":"2","candidate":"a","references":["a"]}
)");
  const std::string output = folder_.path("run.jsonl");
  const std::vector<std::string> command = {"score", input,  "-m",     "bleu", "-o",
                                            output,  "--by", "meta.k", "-f"};
  const auto with = [&](const std::string& format) {
    std::vector<std::string> arguments = command;
    arguments.push_back(format);
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_EQ(done.out.find('\x1b'), std::string::npos) << done.out;
    return done.out;
  };
  EXPECT_NE(with("csv").find(R"x("=cmd()"",\x1b[31m|<b>",1)x"), std::string::npos) << with("csv");
  EXPECT_NE(with("markdown").find(R"(\x1b[31m\|\<b>)"), std::string::npos) << with("markdown");
  EXPECT_NE(with("table").find("(none)"), std::string::npos) << with("table");
  const json groups = json::parse(with("json"))["slices"][0]["groups"];
  EXPECT_TRUE(groups[1]["value"].is_null());
}

TEST_F(SlicesCommand, CompareAndGateSeeTheSliceThatBroke) {
  const std::string a = run("a", 0), b = run("b", 3);  // every third caption is wrong
  const Finished compared = vernier(
      {"compare", a, b, "-m", "cider", "--by", "meta.third", "-f", "json", "--resamples", "1000"});
  ASSERT_EQ(compared.code, 0) << compared.err;
  const json groups = json::parse(compared.out)["slices"][0]["groups"];
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_LT(groups[0]["metrics"]["cider"]["ci_high"], 0);
  EXPECT_EQ(groups[1]["metrics"]["cider"]["difference"], 0);
  EXPECT_EQ(groups[2]["metrics"]["cider"]["difference"], 0);
  const Finished table = vernier({"compare", a, b, "-m", "cider", "--by", "meta.third"});
  EXPECT_NE(table.out.find("score  meta.third  samples"), std::string::npos) << table.out;

  const std::string policy = folder_.write(
      "gate.toml",
      "resamples = 1000\n[[rule]]\nmetric = \"cider\"\nby = \"meta.third\"\nmax_drop = 0\n");
  const Finished gate = vernier({"gate", "--baseline", a, "--candidate", b, "--policy", policy,
                                 "-f", "json", "--junit", folder_.path("gate.xml")});
  EXPECT_EQ(gate.code, 1) << gate.out;
  const json rules = json::parse(gate.out)["rules"];
  ASSERT_EQ(rules.size(), 3u);
  EXPECT_EQ(rules[0]["slice"], "meta.third = 0");
  EXPECT_EQ(rules[0]["verdict"], "regression");
  EXPECT_EQ(rules[1]["verdict"], "pass");
  EXPECT_NE(read_file(folder_.path("gate.xml")).find("cider [meta.third = 0]"), std::string::npos);
}

TEST_F(SlicesCommand, WhatIsNotThereIsRefused) {
  const std::string a = run("a", 0), in = folder_.path("a.in.jsonl");
  const std::string out = folder_.path("out.jsonl");
  const std::vector<std::vector<std::string>> cases = {
      {"score", in, "-m", "bleu", "--by", "meta.third"},  // no run to read back
      {"score", in, "-m", "bleu", "--by", "meta.third", "-o", "-"},
      {"score", in, "-m", "bleu", "--by", "meta.third", "-o", out, "--shard", "1/2"},
      {"score", in, "-m", "bleu", "--by", "meta.thrid", "-o", out},
      {"score", in, "-m", "bleu", "--by", "third", "-o", out},
      {"compare", a, a, "--by", "meta.thrid"}};
  for (const auto& arguments : cases) {
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, 2) << done.err;
    EXPECT_NE(done.err.find("--by"), std::string::npos) << done.err;
  }
}

}  // namespace
}  // namespace vernier::tests
