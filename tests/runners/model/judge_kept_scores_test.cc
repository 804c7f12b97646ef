// Captions that are given as a run keep their scores beside the judge's.
#include <gtest/gtest.h>

#include "results/estimate/run_estimates.h"
#include "runners/judge/judged_output.h"
#include "runners/judge/kept/kept_scores.h"
#include "tests/runners/model/drawn_scenes.h"

namespace vernier::tests {
namespace {

using Json = nlohmann::json;

const DrawnScenes& drawn() {
  static const DrawnScenes scenes(6);
  return scenes;
}

/// The drawn captions, scored.
const std::string& scored() {
  static const std::string path = [] {
    std::string run = drawn().path("scores.jsonl");
    const Finished done = vernier({"score", drawn().captions(), "-m", "bleu,cider,spice-fast", "-o",
                                   run, "--quiet", "-f", "csv"});
    EXPECT_EQ(done.code, 0) << done.err;
    return run;
  }();
  return path;
}

std::string judge(const std::string& input, const std::string& name,
                  const std::vector<std::string>& more = {}) {
  std::string out = drawn().path(name);
  std::vector<std::string> arguments = {"judge", input, "--images", drawn().images(),
                                        "-o",    out,   "--quiet"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Finished done = vernier(arguments);
  EXPECT_EQ(done.code, 0) << done.err;
  return out;
}

std::vector<std::string> names_of(const Run& run) {
  std::vector<std::string> out;
  for (const MetricDescription& metric : run.header().metrics) out.push_back(metric.name);
  return out;
}

/// Scores by name, of a sample or of the whole run.
Json scores_of(const std::string& path, const std::string& id) {
  for (const Json& line : json_lines(read_file(path))) {
    if (line.contains("footer")) return id.empty() ? line["footer"]["scores"] : Json();
    if (!id.empty() && line.value("id", "") == id) return line["scores"];
  }
  return {};
}

TEST(JudgeKeptScores, RowsScoresAndReferencesStay) {
  const std::string path = judge(scored(), "judged.jsonl");
  const auto before = read_run(scored()), after = read_run(path);
  EXPECT_EQ(names_of(after),
            (std::vector<std::string>{"bleu", "cider", "spice-fast", "visce", "visce-gross"}));
  ASSERT_EQ(after.samples().size(), before.samples().size());
  for (std::size_t n = 0; n < before.samples().size(); ++n) {
    const auto &was = before.samples()[n], &is = after.samples()[n];
    ASSERT_EQ(is.id, was.id);
    EXPECT_EQ(is.image_id, was.image_id);
    EXPECT_TRUE(std::ranges::equal(after.references(is), before.references(was)));
    EXPECT_TRUE(std::ranges::equal(after.row(n).first(before.row(n).size()), before.row(n),
                                   [](double a, double b) { return a == b; }));
  }
  Json all = scores_of(path, "");
  const Json all_before = scores_of(scored(), "");
  EXPECT_GT(all["visce"], 0);
  ASSERT_FALSE(all_before.empty());
  for (const auto& [name, value] : all_before.items()) EXPECT_EQ(all[name], value) << name;
  const std::string id(before.samples()[3].id);
  Json one = scores_of(path, id);
  const Json one_before = scores_of(scored(), id);
  ASSERT_FALSE(one_before.empty());
  for (const auto& [name, value] : one_before.items()) EXPECT_EQ(one[name], value) << name;
  // The judge is not swayed by it.
  EXPECT_EQ(one["visce"], scores_of(judge(drawn().captions(), "plain.jsonl"), id)["visce"]);
  const std::string page = drawn().path("report.html");
  ASSERT_EQ(vernier({"report", path, "--images", drawn().images(), "-o", page}).code, 0);
  EXPECT_NE(read_file(page).find("<section id=\"disagreement\">"), std::string::npos);
}

TEST(JudgeKeptScores, OtherModesJoinAndTheSameModeReplaces) {
  const std::string first = judge(scored(), "first.jsonl", {"--mode", "direct"});
  const std::string both = judge(first, "both.jsonl", {"--mode", "checklist"});
  EXPECT_EQ(names_of(read_run(both)),
            (std::vector<std::string>{"bleu", "cider", "spice-fast", "visce-direct",
                                      "visce-direct-gross", "checklist", "checklist-sentences"}));
  const Json sample = json_lines(read_file(both)).at(1);
  EXPECT_TRUE(sample["meta"].contains("verdict"));
  EXPECT_TRUE(sample["meta"].contains("checklist"));
  EXPECT_EQ(sample["meta"]["kind"], "correct") << "of the record";
  const std::string again = judge(first, "again.jsonl", {"--mode", "direct"});
  EXPECT_EQ(names_of(read_run(again)), names_of(read_run(first)));
  const std::string text = read_file(again), sign = "\"verdict\":{\"status\"";
  const std::string line = text.substr(text.find('\n') + 1, text.find('\n', text.find('\n') + 1));
  EXPECT_EQ(line.find(sign), line.rfind(sign, line.find('\n')));
  EXPECT_EQ(scores_of(again, "s0000000#0"), scores_of(first, "s0000000#0"));
  const std::string likely = judge(scored(), "likely.jsonl", {"--mode", "likelihood"});
  EXPECT_EQ(names_of(read_run(likely)), (std::vector<std::string>{"bleu", "cider", "spice-fast",
                                                                  "log-likelihood", "perplexity"}));
}

/// A judge that left out some captions.
ProbeRun judged_some(const CaptionFile& file, const std::vector<std::size_t>& captions) {
  ProbeRun run;
  run.metrics = {mean_score("visce", "s")};
  run.samples = captions.size();
  run.counts = {{"scored", captions.size()}};
  run.sample = [&file, captions](std::size_t i) {
    ProbeSample sample = sample_of(file.captions[captions[i]]);
    sample.row = {50};
    return sample;
  };
  return run;
}

TEST(JudgeKeptScores, CorpusScoresAreOfTheCaptionsThatAreLeft) {
  const CaptionFile file = read_scored_captions(scored());
  const std::string path = drawn().path("some.jsonl");
  report_run(judged_some(file, {1, 4, 5}), file, path);
  const auto some = read_run(path);
  EXPECT_NO_THROW(RunEstimator(some, ""));
  // BLEU is no mean: measured again on these three alone.
  std::string captions;
  const std::vector<Json> lines = json_lines(read_file(drawn().captions()));
  for (const std::size_t n : {1, 4, 5}) captions += lines[n].dump() + "\n";
  const std::string alone = drawn().path("alone.jsonl");
  ASSERT_EQ(vernier({"score", drawn().folder().write("three.jsonl", captions), "-m", "bleu", "-o",
                     alone, "--quiet", "-f", "csv"})
                .code,
            0);
  EXPECT_EQ(scores_of(path, "")["bleu-4"], scores_of(alone, "")["bleu-4"]);
  EXPECT_NE(scores_of(path, "")["bleu-4"], scores_of(scored(), "")["bleu-4"]);
}

TEST(JudgeKeptScores, AnUndefinedCorpusScoreStaysUndefined) {
  const std::string one = drawn().folder().write(
      "one.jsonl", json_lines(read_file(drawn().captions())).front().dump() + "\n");
  const std::string run = drawn().path("one.run.jsonl");
  vernier({"score", one, "-m", "cider", "-o", run, "--quiet", "-f", "csv"});
  ASSERT_TRUE(scores_of(run, "")["cider"].is_null()) << "the weights of one image";
  EXPECT_TRUE(scores_of(judge(run, "one.judged.jsonl"), "")["cider"].is_null());
}

TEST(JudgeKeptScores, DamagedRunsAndThoseWithoutTextsAreRefusedBeforeAnyoneIsAsked) {
  std::string text = read_file(scored());
  text.replace(text.find("\"candidate\":\"A") + 13, 1, "B");
  const std::string damaged = drawn().folder().write("damaged.jsonl", text);
  const std::string out = drawn().path("no.jsonl");
  const auto judge_by_nobody = [&](const std::string& input) {
    return vernier({"judge", input, "--images", drawn().images(), "-o", out, "--model",
                    "truth:no-such-folder"});
  };
  const Finished refused = judge_by_nobody(damaged);
  EXPECT_EQ(refused.code, 3) << refused.err;
  const std::string compact = drawn().path("compact.jsonl");
  ASSERT_EQ(vernier({"score", drawn().captions(), "-m", "bleu", "-o", compact, "--compact",
                     "--quiet", "-f", "csv"})
                .code,
            0);
  const Finished other = judge_by_nobody(compact);
  EXPECT_EQ(other.code, 5) << other.err;
  EXPECT_NE(other.err.find("holds no captions to judge"), std::string::npos) << other.err;
}

}  // namespace
}  // namespace vernier::tests
