// vernier precision through the real binary.
#include <cmath>

#include "tests/support/bundled_runs.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class PrecisionCommand : public BundledRuns {
 protected:
  /// Answers to yes/no questions; the right one is yes.
  std::string answers(const std::string& name, const std::string& given) {
    std::string text;
    for (std::size_t n = 0; n < given.size(); ++n) {
      text += json{{"id", "q" + std::to_string(n)},
                   {"image_id", n / 2},
                   {"candidate", given[n] == 'y' ? "Yes." : "No, there is not"},
                   {"references", {"yes"}},
                   {"type", n % 2 == 0 ? "object" : "relation"}}
                  .dump() +
              "\n";
    }
    const std::string run = folder_.path(name);
    const Finished done = vernier(
        {"score", folder_.write(name + ".in", text), "-m", "exact-match,rouge-l", "-o", run});
    EXPECT_EQ(done.code, 0) << done.err;
    return run;
  }
  json precision(const std::string& a, const std::string& b,
                 const std::vector<std::string>& more = {}) {
    std::vector<std::string> command = {"precision", "--runs", a, b, "-f", "json"};
    command.insert(command.end(), more.begin(), more.end());
    const Finished done = vernier(command);
    EXPECT_EQ(done.code, 0) << done.err;
    return json::parse(done.out);
  }
};

TEST_F(PrecisionCommand, CountsFlipsAndTestsThemExactly) {
  const std::string a = answers("a", "yyyyyyyyyynnnnnnyyyy");
  const std::string b = answers("b", "nnnnnnyyyynnnnnyyyyy");  // six broken, one repaired
  const json found = precision(a, b);
  const json flips = found["flips"]["exact-match"];
  EXPECT_EQ(flips["right_in_both"], 8);
  EXPECT_EQ(flips["right_to_wrong"], 6);
  EXPECT_EQ(flips["wrong_to_right"], 1);
  EXPECT_EQ(flips["wrong_in_both"], 5);
  EXPECT_NEAR(flips["p"].get<double>(), 0.125, 1e-12);  // 2 (1 + 7) / 2^7
  EXPECT_EQ(flips["right_to_wrong_ids"], json({"q0", "q1", "q2", "q3", "q4", "q5"}));
  EXPECT_EQ(flips["wrong_to_right_ids"], json({"q15"}));
  EXPECT_EQ(found["texts"]["equal"], 13);
  EXPECT_NEAR(found["metrics"]["exact-match"]["difference"].get<double>(), -0.25, 1e-12);

  const Finished table = vernier({"precision", "--runs", a, b, "--show", "2"});
  EXPECT_NE(table.out.find("exact-match right -> wrong: q0 q1 ..."), std::string::npos)
      << table.out;
  EXPECT_NE(table.out.find("texts: 13 of 20 are the same (65.0 %)"), std::string::npos)
      << table.out;
  EXPECT_EQ(vernier({"precision", "--runs", a, b, "-f", "markdown"}).code, 0);
}

TEST_F(PrecisionCommand, EqualRunsChangeNothing) {
  const std::string a = run("a", 0);
  const json found = precision(a, a);
  for (const auto& [name, shift] : found["shifts"].items()) {
    EXPECT_EQ(shift["mean_absolute_error"], 0) << name;
    EXPECT_EQ(shift["equal"], 500) << name;
  }
  EXPECT_EQ(found["texts"]["equal"], 500);
  EXPECT_EQ(found["metrics"]["cider"]["difference"], 0);
}

TEST_F(PrecisionCommand, MeasuresHowFarSamplesMoved) {
  const std::string a = run("a", 0), b = run("b", 3);
  const json found = precision(a, b, {"--by", "meta.third"});
  double sum = 0;
  std::size_t equal = 0;
  const auto lines_a = read_lines(a), lines_b = read_lines(b);
  for (std::size_t n = 1; n <= 500; ++n) {
    const double x = json::parse(lines_a[n])["scores"]["cider"],
                 y = json::parse(lines_b[n])["scores"]["cider"];
    sum += std::abs(x - y);
    equal += x == y;
  }
  EXPECT_NEAR(found["shifts"]["cider"]["mean_absolute_error"].get<double>(), sum / 500, 1e-12);
  EXPECT_EQ(found["shifts"]["cider"]["equal"], equal);
  EXPECT_EQ(found["texts"]["equal"], 333);
  EXPECT_EQ(found["slices"][0]["groups"].size(), 3u);
}

TEST_F(PrecisionCommand, SeveralSeedsASide) {
  const std::string a1 = answers("a1", "yyyyyyyyyynnnnnn"), a2 = answers("a2", "yyyyyyyynynnnnnn"),
                    b1 = answers("b1", "yyyynnnyyynnnnnn"), b2 = answers("b2", "yyyynnnyynnnnnnn");
  const json found = precision(a1 + "," + a2, b1 + "," + b2);
  EXPECT_EQ(found["samples"], 32);
  EXPECT_EQ(found["clusters"], 8);
  EXPECT_GT(found["metrics"]["exact-match"]["seed_error"], 0);
  EXPECT_EQ(found["flips"]["exact-match"]["right_to_wrong_ids"][0], "q4@1");
  const std::string policy =
      folder_.write("gate.toml", "[[rule]]\nmetric = \"exact-match\"\nmax_drop = 0.5\n");
  const Finished gate = vernier(
      {"gate", "--baseline", a1 + "," + a2, "--candidate", b1 + "," + b2, "--policy", policy});
  EXPECT_EQ(gate.code, 0) << gate.out << gate.err;
  EXPECT_NE(gate.out.find("|seeds:2|"), std::string::npos) << gate.out;
  const Finished uneven = vernier({"compare", a1 + "," + a2, b1});
  EXPECT_EQ(uneven.code, 5);
  EXPECT_NE(uneven.err.find("2 seeds"), std::string::npos) << uneven.err;
  EXPECT_EQ(vernier({"report", a1 + "," + a2, b1 + "," + b2, "-o", folder_.path("r.html")}).code,
            0);
}

TEST_F(PrecisionCommand, CompactRunsAndRefusals) {
  const std::string a = run("a", 0);
  const std::string compact = folder_.path("compact.jsonl");
  vernier(
      {"score", folder_.path("a.in.jsonl"), "-m", "bleu,cider,ter", "--compact", "-o", compact});
  EXPECT_FALSE(precision(a, compact).contains("texts"));
  EXPECT_EQ(vernier({"precision", "--runs", a}).code, 2);
  EXPECT_EQ(vernier({"precision"}).code, 2);
  const std::string other = folder_.path("other.jsonl");
  vernier({"score", kBundledSample, "-m", "cider", "--tokenizer", "char", "-o", other});
  EXPECT_EQ(vernier({"precision", "--runs", a, other}).code, 5);
}

}  // namespace
}  // namespace vernier::tests
