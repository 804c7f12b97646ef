// vernier explain: through the library every sample of the bundled captions, through the real
// binary what a user sees.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "runners/explain/explained_sample.h"
#include "runners/explain/output/explain_output.h"
#include "runners/explain/sample_choice.h"
#include "tests/fuzz/small_meteor_data.h"
#include "tests/support/command.h"
#include "tests/support/meteor_data.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

const std::string kSample = VERNIER_SOURCE "/datasets/samples/coco_human/samples.jsonl.gz";

class ExplainCommand : public testing::Test {
 protected:
  /// Scores a file; returns the path of the run.
  std::string score(const std::string& input, const std::string& metrics,
                    std::vector<std::string> more = {}) {
    const std::string run = folder_.path("run" + std::to_string(runs_++) + ".jsonl").string();
    std::vector<std::string> command = {"score", input, "-m", metrics, "-o", run, "-q"};
    command.insert(command.end(), more.begin(), more.end());
    const Finished done = vernier(command);
    EXPECT_EQ(done.code, 0) << done.err;
    return run;
  }
  /// A run of one made-up sample behind two that give it weights.
  std::string score_one(const json& candidate, const json& references, const std::string& metrics,
                        std::vector<std::string> more = {}) {
    std::string lines;
    lines +=
        json{{"id", "first"}, {"candidate", "two men talk"}, {"references", {"men talk"}}}.dump() +
        "\n";
    lines +=
        json{{"id", "second"}, {"candidate", "a red bus"}, {"references", {"the bus"}}}.dump() +
        "\n";
    lines +=
        json{{"id", "one"}, {"candidate", candidate}, {"references", references}}.dump() + "\n";
    return score(folder_.write("in.jsonl", lines), metrics, std::move(more));
  }
  /// A copy of a run with a text exchanged wherever it stands, and a footer that fits.
  std::string edit(const std::string& run, std::string_view from, std::string_view to) {
    std::string text = read_file(run);
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
      text.replace(at, from.size(), to);
    }
    RunDigest digest;
    const std::size_t footer = text.rfind("{\"footer\"");
    for (std::size_t begin = 0; begin < footer;) {
      const std::size_t end = text.find('\n', begin) + 1;
      digest.add(RunDigest::line_hash(std::string_view(text).substr(begin, end - begin)));
      begin = end;
    }
    const std::string key = "\"digest\":\"";
    text.replace(text.find(key, footer) + key.size(), 16, fmt::format("{:016x}", digest.value()));
    return folder_.write("edited.jsonl", text);
  }
  std::string small_meteor() { return folder_.write("small.bin", fuzz::small_meteor_data()); }
  static std::size_t widest_line(const std::string& text) {
    std::size_t widest = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      widest = std::max(widest, end - begin);
      begin = end + 1;
    }
    return widest;
  }

  TemporaryFolder folder_;
  int runs_ = 0;
};

void expect_every_sample_equal(const Run& run, const ExplainOptions& options) {
  SampleExplainer explainer(run, options);
  for (std::size_t n = 0; n < run.samples().size(); ++n) {
    const ExplainedSample sample = explainer.explain(n);
    for (const ExplainedMetric& metric : sample.metrics) {
      const std::string what = metric.metric->name + " of " + std::string(sample.record().id);
      EXPECT_EQ(metric.unexplained, "") << what;
      EXPECT_FALSE(metric.differs) << what;
      if (const auto* cider = std::get_if<CiderExplanation>(&metric.explanation.how)) {
        double shares = 0;
        for (const auto& gram : cider->grams) shares += gram.share;
        EXPECT_NEAR(shares, metric.scores[0], 1e-12) << what;
      }
      if (const auto* meteor = std::get_if<MeteorAlignment>(&metric.explanation.how)) {
        EXPECT_EQ(meteor->score, metric.scores[0]) << what;
        EXPECT_EQ(meteor->reference_scores[meteor->reference], metric.scores[0]) << what;
        if (!meteor->matches.empty()) {
          EXPECT_EQ(meteor->mean * (1 - meteor->penalty), metric.scores[0]) << what;
        }
      }
    }
    EXPECT_EQ(json::parse(explain_json(sample))["id"], sample.record().id);
    EXPECT_FALSE(explain_table(sample, {}, {}).empty());
  }
}

TEST_F(ExplainCommand, EverySampleAndMetricComesOutAsInTheRun) {
  const auto run = read_run(
      score(kSample,
            "bleu,rouge-l,cider,cider-plain,rouge-1,rouge-2,rouge-3,rouge-score-l,rouge-lsum,"
            "sacrebleu,chrf,chrf++,ter"));
  ASSERT_EQ(run.samples().size(), 500u);
  expect_every_sample_equal(run, {});
}

TEST_F(ExplainCommand, EverySampleOfMeteorComesOutAsInTheRun) {
  VERNIER_REQUIRE_METEOR_DATA();
  for (const bool paraphrase : {true, false}) {
    std::vector<std::string> flags = {"--meteor-data", meteor_data()};
    if (!paraphrase) flags.emplace_back("--meteor-no-paraphrase");
    expect_every_sample_equal(
        read_run(score(kSample, "meteor", flags)),
        {.metrics = {}, .document_frequencies = "", .meteor_data = meteor_data()});
  }
}

TEST_F(ExplainCommand, TheDocumentShowsWhatIsPrinted) {
  VERNIER_REQUIRE_METEOR_DATA();
  const std::string document = read_file(VERNIER_SOURCE "/docs/explain.md");
  const std::size_t begin = document.find("candidate    Assortment");
  const std::string shown = document.substr(begin, document.find("```", begin) - begin);
  const std::string run = score(kSample, "meteor", {"--meteor-data", meteor_data()});
  const std::string out = vernier({"explain", run, "382", "--meteor-data", meteor_data()}).out;
  EXPECT_EQ(out.substr(std::min(out.find("candidate "), out.size())), shown);
}

TEST_F(ExplainCommand, OptionsAreThoseOfTheRun) {
  const auto run = read_run(
      score(kSample, "bleu,rouge-l,cider,rouge-1,rouge-score-l,sacrebleu,chrf++,ter",
            {"--tokenizer", "icu", "--stem", "--sacrebleu-tokenizer", "intl", "--smooth-method",
             "floor", "--smooth-value", "0.125", "--lowercase", "--chrf-beta", "3",
             "--chrf-whitespace", "--ter-normalized", "--ter-case-sensitive"}));
  expect_every_sample_equal(run, {});
}

TEST_F(ExplainCommand, StoredDocumentFrequenciesAreAskedFor) {
  const std::string weights = folder_.path("weights.df").string();
  ASSERT_EQ(vernier({"df", kSample, "-o", weights}).code, 0);
  const std::string run = score_one("a dog runs", {"the dog runs"}, "cider", {"--df", weights});
  const Finished without = vernier({"explain", run, "one"});
  EXPECT_EQ(without.code, 0);
  EXPECT_NE(without.out.find("--df FILE"), std::string::npos) << without.out;
  const Finished with = vernier({"explain", run, "one", "--df", weights});
  EXPECT_EQ(with.code, 0);
  EXPECT_NE(with.out.find("of 500"), std::string::npos) << with.out;
  EXPECT_EQ(with.out.find("not explained"), std::string::npos) << with.out;
  expect_every_sample_equal(read_run(run),
                            {.metrics = {}, .document_frequencies = weights, .meteor_data = ""});
  // Another file than the one of the run is not taken for it.
  const std::string other = folder_.path("other.df").string();
  ASSERT_EQ(vernier({"df", folder_.path("in.jsonl"), "-o", other}).code, 0);
  EXPECT_NE(vernier({"explain", run, "one", "--df", other}).out.find("would compute"),
            std::string::npos);
  const std::string own = score_one("a dog", {"the dog"}, "cider");
  EXPECT_EQ(vernier({"explain", own, "one", "--df", weights}).code, 2);
}

TEST_F(ExplainCommand, SamplesAreNamedOrTheWorstOrTheBest) {
  const std::string run = score(kSample, "bleu,cider,ter");
  const auto id = [&](std::vector<std::string> arguments) {
    std::vector<std::string> command = {"explain", run, "-f", "json"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const Finished done = vernier(command);
    EXPECT_EQ(done.code, 0) << done.err;
    return json::parse(done.out)["id"].get<std::string>();
  };
  const auto read = read_run(run);
  const auto extreme = [&](std::string_view score, Order order) {
    return std::string(read.samples()[rank_samples(read, score, order).samples[0]].id);
  };
  EXPECT_EQ(id({"1720"}), "1720");
  EXPECT_EQ(id({"-m", "bleu,ter", "1720"}), "1720") << "the id is no name of a metric";
  EXPECT_EQ(id({}), extreme("cider", Order::kWorstFirst));
  EXPECT_EQ(id({"--worst", "bleu-4"}), extreme("bleu-4", Order::kWorstFirst));
  EXPECT_EQ(id({"--best", "cider"}), extreme("cider", Order::kBestFirst));
  const std::size_t worst = rank_samples(read, "ter", Order::kWorstFirst).samples[0];
  for (std::size_t n = 0; n < 500; ++n) EXPECT_LE(read.scores(n)[5], read.scores(worst)[5]);
  EXPECT_EQ(vernier({"explain", run, "--worst", "bleu"}).code, 2) << "bleu is no score";
  EXPECT_EQ(vernier({"explain", run, "1720", "--worst", "cider"}).code, 2);
  EXPECT_EQ(vernier({"explain", run, "1720", "-m", "meteor"}).code, 2);
}

TEST_F(ExplainCommand, UnknownIdsNameNearOnes) {
  const std::string run = score(kSample, "bleu");
  const Finished typo = vernier({"explain", run, "17200"});
  EXPECT_EQ(typo.code, 2);
  EXPECT_NE(typo.err.find("no sample '17200'; did you mean 1720"), std::string::npos) << typo.err;
  const Finished file = vernier({"explain", run, "COCO_val2014_000000001720.jpg"});
  EXPECT_NE(file.err.find("did you mean 1720?"), std::string::npos) << file.err;
  const Finished far = vernier({"explain", run, "nothing\x1b[31m"});
  EXPECT_EQ(far.code, 2);
  EXPECT_NE(far.err.find("the first of its 500 samples is 1491"), std::string::npos) << far.err;
  EXPECT_EQ(far.err.find('\x1b'), std::string::npos);
}

TEST_F(ExplainCommand, CompactRunsCannotBeExplained) {
  const Finished done = vernier({"explain", score(kSample, "bleu", {"--compact"}), "1720"});
  EXPECT_EQ(done.code, 5);
  EXPECT_NE(done.err.find("without --compact"), std::string::npos) << done.err;
}

TEST_F(ExplainCommand, TextsCannotReachTheTerminal) {
  const std::string run =
      score_one("a \x1b[31mdog\x07 `runs`\nhere", {"a \x1b[31mdog", "x\u009b31m"},
                "bleu,rouge-l,cider,rouge-1,chrf");
  const Finished done = vernier({"explain", run, "one"});
  EXPECT_EQ(done.code, 0) << done.err;
  for (const char c : done.out) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  EXPECT_NE(done.out.find("\\x1b[31mdog"), std::string::npos) << done.out;
}

TEST_F(ExplainCommand, RunsThatNameOtherScoresAreNotExplained) {
  const std::string run =
      edit(score_one("a dog", {"the dog"}, "bleu,rouge-l"), "\"bleu-1\"", "\"bleu\\u001b[31m\"");
  const Finished done = vernier({"explain", run, "--worst", "bleu\x1b[31m"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(done.out.find('\x1b'), std::string::npos);
  EXPECT_NE(done.out.find("worst bleu\\x1b[31m"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("not explained: its rows or scores"), std::string::npos) << done.out;
  const std::string later =
      edit(score_one("a dog", {"the dog"}, "bleu,rouge-l"), "beta:1.2", "beta:1.3");
  const Finished other = vernier({"explain", later, "one"});
  EXPECT_NE(other.out.find("not explained: this program would compute"), std::string::npos)
      << other.out;
}

TEST_F(ExplainCommand, WithoutMeteorsDataTheRestIsShown) {
  const std::string run =
      score_one("a dog runs", {"the dog runs"}, "bleu,meteor", {"--meteor-data", small_meteor()});
  const Finished done =
      vernier({"explain", run, "one", "--meteor-data", folder_.path("none.bin").string()});
  EXPECT_EQ(done.code, 0);
  EXPECT_NE(done.out.find("not explained: "), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("make data"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("brevity penalty"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("hyp_length 3"), std::string::npos) << done.out;
}

TEST_F(ExplainCommand, NumbersThatDifferAreSaidLoudly) {
  const std::string edited =
      edit(score_one("a dog runs", {"the dog runs"}, "bleu"), "a dog runs", "a dog eats");
  const Finished done = vernier({"explain", edited, "one"});
  EXPECT_EQ(done.code, 5);
  EXPECT_NE(done.out.find("DIFFERS"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("WARNING"), std::string::npos) << done.out;
  EXPECT_NE(done.err.find("bleu measured again differs"), std::string::npos) << done.err;
  const json parsed = json::parse(vernier({"explain", edited, "one", "-f", "json"}).out);
  EXPECT_EQ(parsed["metrics"]["bleu"]["equal"], false);
  EXPECT_NE(parsed["metrics"]["bleu"]["new_scores"], parsed["metrics"]["bleu"]["scores"]);
}

TEST_F(ExplainCommand, JsonHasTheNumbers) {
  const std::string run =
      score_one("the dog runs", {"the dog runs fast", "a cat"}, "bleu,rouge-l,cider,meteor,ter",
                {"--meteor-data", small_meteor()});
  const Finished done = vernier(
      {"explain", run, "one", "-f", "json", "--meteor-data", folder_.path("small.bin").string()});
  ASSERT_EQ(done.code, 0) << done.err;
  const json parsed = json::parse(done.out);
  EXPECT_EQ(parsed["schema"], "vernier.explain/1");
  EXPECT_EQ(parsed["number"], 3);
  EXPECT_EQ(parsed["references"].size(), 2u);
  EXPECT_EQ(parsed["tokens"]["ptb-3.4.1"]["candidate"], (json{"the", "dog", "runs"}));
  const json& bleu = parsed["metrics"]["bleu"];
  EXPECT_EQ(bleu["equal"], true);
  EXPECT_EQ(bleu["row"]["correct_2"], 2);
  EXPECT_EQ(bleu["explanation"]["orders"][1]["ngrams"][0]["words"], "the dog");
  EXPECT_EQ(parsed["metrics"]["rouge-l"]["explanation"]["references"][0]["in_candidate"],
            (json{0, 1, 2}));
  EXPECT_EQ(parsed["metrics"]["cider"]["explanation"]["documents"], 3);
  const json& meteor = parsed["metrics"]["meteor"]["explanation"];
  EXPECT_EQ(meteor["reference"], 0);
  EXPECT_EQ(meteor["matches"].size(), 3u);
  EXPECT_EQ(meteor["matches"][0]["stage"], "exact");
  EXPECT_EQ(meteor["candidate_function"], (json{true, false, false}));
  EXPECT_TRUE(parsed["metrics"]["ter"]["explanation"].empty());
}

TEST_F(ExplainCommand, LinesFitTheWidth) {
  const std::string run = score(kSample, "bleu,rouge-l,cider,rouge-1,chrf", {});
  for (const char* width : {"72", "80", "120"}) {
    for (const char* way : {"--worst", "--best"}) {
      const Finished done = vernier({"explain", run, way, "cider", "--width", width});
      EXPECT_LE(widest_line(done.out), std::stoul(width)) << done.out;
    }
  }
  EXPECT_EQ(vernier({"explain", run, "--width", "10"}).code, 2);
}

}  // namespace
}  // namespace vernier::tests
