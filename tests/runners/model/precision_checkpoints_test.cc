// `vernier precision --model-a --model-b` through the real program: planted damage is found and
// named, a copy is not accused.
#include <gtest/gtest.h>

#include "tests/runners/model/drawn_scenes.h"

namespace vernier::tests {
namespace {

using Json = nlohmann::json;

const DrawnScenes& drawn() {
  static const DrawnScenes scenes(40);
  return scenes;
}

std::string default_model() { return VERNIER_SOURCE "/judges/model/default"; }

/// The default model with one tensor's values set to zero.
std::string damaged(const TemporaryFolder& folder, const std::string& tensor) {
  const std::filesystem::path copy = folder.path("damaged");
  std::filesystem::copy(default_model(), copy);
  std::string file = read_file(copy / "model.safetensors");
  std::uint64_t size = 0;
  std::memcpy(&size, file.data(), sizeof size);
  const Json header = Json::parse(file.substr(8, size));
  const auto range = header.at(tensor).at("data_offsets");
  const auto begin = range[0].get<std::size_t>(), end = range[1].get<std::size_t>();
  std::fill_n(file.begin() + static_cast<std::ptrdiff_t>(8 + size + begin), end - begin, '\0');
  std::ofstream(copy / "model.safetensors", std::ios::binary) << file;
  return copy.string();
}

struct Compared {
  Finished done;
  Json json;
  const Json& pair(std::size_t i = 0) const { return json.at("pairs").at(i); }
  std::string verdict(const std::string& rule) const {
    for (const Json& one : pair()["gate"]["rules"]) {
      if (one["metric"] == rule) return one["verdict"];
    }
    return "no such rule";
  }
};

Compared compare(const std::vector<std::string>& models_b,
                 const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"precision", "--model-a", default_model(), "--json",
                                        "--quiet"};
  for (const std::string& model : models_b) {
    arguments.insert(arguments.end(), {"--model-b", model});
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  Compared out{vernier(arguments), {}};
  out.json = Json::parse(out.done.out, nullptr, false);
  EXPECT_TRUE(out.json.is_object()) << out.done.err;
  return out;
}

std::vector<std::string> on_scenes(std::vector<std::string> more = {}) {
  more.insert(more.begin(), drawn().path("set"));
  return more;
}

TEST(PrecisionCheckpoints, ACopyIsTheSameAtEveryLevel) {
  const TemporaryFolder folder;
  std::filesystem::copy(default_model(), folder.path("copy"));
  const Compared same = compare({folder.path("copy").string()},
                                on_scenes({"--levels", "logits,captions,answers,verdicts,units"}));
  EXPECT_EQ(same.done.code, 0) << same.done.err;
  const Json& pair = same.pair();
  EXPECT_EQ(same.json["schema"], "vernier.precision.checkpoints/1");
  EXPECT_EQ(pair["logits"]["kl"]["max"], 0.0);
  EXPECT_EQ(pair["logits"]["same_top"]["value"], 1.0);
  EXPECT_EQ(pair["captions"]["equal"], pair["captions"]["pictures"]);
  EXPECT_EQ(pair["captions"]["pictures"], 40);
  for (const Json& kind : pair["answers"]["kinds"]) EXPECT_EQ(kind["changed"], 0) << kind;
  EXPECT_EQ(pair["verdicts"]["largest"], 0.0);
  EXPECT_EQ(pair["verdicts"]["people"]["change"]["value"], 0.0);
  EXPECT_TRUE(pair["units"]["changed"].empty());
  EXPECT_EQ(pair["gate"]["verdict"], "pass");
  EXPECT_EQ(pair["gate"]["rules"].size(), 5U);
}

TEST(PrecisionCheckpoints, ALayerThatIsGoneFailsTheGateAndIsNamed) {
  const TemporaryFolder folder;
  const std::string broken = damaged(folder, "language_model.model.layers.2.mlp.down_proj.weight");
  const Compared found =
      compare({broken}, on_scenes({"--levels", "logits,captions,answers,units"}));
  EXPECT_EQ(found.done.code, 1) << found.done.err;
  EXPECT_EQ(found.verdict("kl"), "regression");
  ASSERT_EQ(found.pair()["units"]["changed"].size(), 1U);
  EXPECT_EQ(found.pair()["units"]["changed"][0]["name"], "language layer 2, mlp");
  EXPECT_LT(found.pair()["captions"]["equal"], 40);

  std::vector<std::string> text = {"precision", "--model-a",         default_model(), "--model-b",
                                   broken,      drawn().path("set"), "--limit",       "10",
                                   "--levels",  "logits,units"};
  const Finished printed = vernier(text);
  EXPECT_EQ(printed.code, 1);
  EXPECT_NE(printed.out.find("mostly language layer 2, mlp"), std::string::npos) << printed.out;
}

TEST(PrecisionCheckpoints, TooFewLevelsFailTheGate) {
  const TemporaryFolder folder;
  const std::string good = folder.path("good").string(), bad = folder.path("bad").string();
  ASSERT_EQ(vernier({"quantize", "--method", "rtn", "--bits", "8", "-o", good}).code, 0);
  ASSERT_EQ(vernier({"quantize", "--method", "rtn", "--levels", "4", "-o", bad}).code, 0);
  const Compared one = compare({bad}, on_scenes({"--levels", "logits,answers"}));
  EXPECT_EQ(one.done.code, 1) << one.done.err;
  EXPECT_EQ(one.verdict("kl"), "regression");
  EXPECT_EQ(one.verdict("answers-changed"), "regression");
  // Of a grid it is enough that one passes.
  const Compared grid = compare({bad, good}, on_scenes({"--levels", "logits,answers"}));
  EXPECT_EQ(grid.done.code, 0) << grid.done.err;
  EXPECT_EQ(grid.pair(0)["gate"]["verdict"], "regression");
  EXPECT_EQ(grid.pair(1)["gate"]["verdict"], "pass");
  EXPECT_GT(grid.pair(0)["logits"]["kl"]["value"],
            1000 * grid.pair(1)["logits"]["kl"]["value"].get<double>());
}

TEST(PrecisionCheckpoints, NumbersDependOnNothingElse) {
  const TemporaryFolder folder;
  const std::string int4 = folder.path("int4").string(), kept = folder.path("kept").string();
  ASSERT_EQ(vernier({"quantize", "--method", "rtn", "-o", int4}).code, 0);
  const std::string levels = "logits,captions,answers,verdicts,units";
  const auto more = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--levels", levels, "--limit", "12", "--unit-texts", "4"});
    return on_scenes(arguments);
  };
  const Compared first = compare({int4}, more({"-o", kept, "-t", "1", "--live", "3"}));
  EXPECT_EQ(first.done.code, 5) << "twelve pictures decide nothing: " << first.done.err;
  const Compared second = compare({int4}, more({"-t", "2"}));
  // What is kept is not asked again.
  const std::string captions = kept + "/b/captions.jsonl";
  const auto written = std::filesystem::last_write_time(captions);
  const Compared again = compare({int4}, more({"-o", kept}));
  EXPECT_EQ(std::filesystem::last_write_time(captions), written);
  const auto numbers = [](Json json) {
    for (Json& pair : json["pairs"]) {
      pair["gate"].erase("baseline");
      pair["gate"].erase("candidate");
      for (const char* level : {"captions", "answers", "verdicts"}) {
        pair[level]["comparison"].erase("a");
        pair[level]["comparison"].erase("b");
      }
    }
    return json;
  };
  EXPECT_EQ(numbers(first.json), numbers(second.json));
  EXPECT_EQ(numbers(first.json), numbers(again.json));
  EXPECT_TRUE(std::filesystem::exists(kept + "/precision.json"));
  // The runs are runs like others.
  EXPECT_EQ(
      vernier({"compare", kept + "/b/answers.a.run.jsonl", kept + "/b/answers.b.run.jsonl"}).code,
      0);
}

TEST(PrecisionCheckpoints, SaysWhatWasNotMeasured) {
  const Compared bare =
      compare({default_model()}, {"--images", drawn().images(), "--limit", "4", "--levels",
                                  "logits,captions,answers,verdicts,units"});
  EXPECT_EQ(bare.done.code, 5) << bare.done.err;  // nothing that a rule is about
  std::vector<std::string> skipped;
  for (const Json& one : bare.pair()["skipped"]) skipped.push_back(one["level"]);
  EXPECT_EQ(skipped, (std::vector<std::string>{"logits", "answers", "verdicts", "units"}));
  EXPECT_EQ(bare.pair()["captions"]["equal"], 4);
}

TEST(PrecisionCheckpoints, APolicyOfOnesOwn) {
  const TemporaryFolder folder;
  const std::string policy =
      folder.write("precision.toml", "[[rule]]\nmetric = \"cider\"\nmax_drop = 0.1\n");
  const Compared one =
      compare({default_model()},
              on_scenes({"--levels", "captions", "-m", "cider,bleu", "--policy", policy}));
  EXPECT_EQ(one.done.code, 0) << one.done.err;
  EXPECT_EQ(one.verdict("cider"), "pass");
  // What it demands and nobody measured is no pass.
  const std::string more = folder.write("more.toml",
                                        "[[rule]]\nmetric = \"kl\"\nmax_increase = "
                                        "0.1\n[[rule]]\nmetric = \"cider\"\nmax_drop = 0.1\n");
  const Compared two = compare(
      {default_model()}, on_scenes({"--levels", "captions", "-m", "cider", "--policy", more}));
  EXPECT_EQ(two.done.code, 2);
  EXPECT_EQ(two.verdict("kl"), "invalid");
  // The usual one, as it is written, does for all levels.
  const std::string usual = folder.path("usual.toml").string();
  EXPECT_EQ(vernier({"precision", "--init", "--policy", usual}).code, 0);
  EXPECT_EQ(vernier({"precision", "--init", "--policy", usual}).code, 6);
  const Compared all = compare({default_model()}, on_scenes({"--policy", usual, "--limit", "6"}));
  EXPECT_EQ(all.done.code, 0) << all.done.err;
  EXPECT_GT(all.json["a"]["speed"]["new_tokens_per_second"], 0);
}

TEST(PrecisionCheckpoints, SaysHowManyPicturesWouldDecideAboutAgreement) {
  const TemporaryFolder folder;
  const std::string rounded = folder.path("rounded").string();
  ASSERT_EQ(vernier({"quantize", "--method", "rtn", "-o", rounded}).code, 0);
  const std::vector<std::string> verdicts =
      on_scenes({"--levels", "verdicts", "--limit", "12", "-o", folder.path("kept").string()});
  const Compared found = compare({rounded}, verdicts);
  // An allowed drop just beside what was found cannot be decided with twelve pictures.
  const double lost = -found.pair()["verdicts"]["people"]["change"]["value"].get<double>();
  const std::string policy = folder.write(
      "own.toml",
      "[[rule]]\nmetric = \"tau-people\"\nmax_drop = " + std::to_string(lost + 1e-3) + "\n");
  std::vector<std::string> again = verdicts;
  again.insert(again.end(), {"--policy", policy});
  const Compared judged = compare({rounded}, again);
  EXPECT_EQ(judged.done.code, 5) << judged.done.err;
  ASSERT_EQ(judged.verdict("tau-people"), "inconclusive");
  const Json& rule = judged.pair()["gate"]["rules"][0];
  EXPECT_GT(rule["clusters_wanted"], 12.0);
  const std::string reason = rule["reason"];
  EXPECT_NE(reason.find("images would decide (now 12)"), std::string::npos) << reason;
}

TEST(PrecisionCheckpoints, AnAgreementThatIsUndefinedIsADash) {
  const TemporaryFolder folder;
  std::string captions;
  for (const Json& line : json_lines(read_file(drawn().captions()))) {
    Json same = line;
    if (same.contains("rating")) same["rating"] = 50;  // nothing to agree with
    captions += same.dump() + "\n";
  }
  const Finished done =
      vernier({"precision", "--model-a", default_model(), "--model-b", default_model(), "--images",
               drawn().images(), "--candidates", folder.write("captions.jsonl", captions),
               "--levels", "verdicts", "--limit", "5"});
  EXPECT_EQ(done.code, 5) << done.err;
  EXPECT_NE(done.out.find("verdicts: "), std::string::npos) << done.out;
  EXPECT_EQ(done.out.find("nan"), std::string::npos) << done.out;
}

TEST(PrecisionCheckpoints, SaysWhatCannotBe) {
  const TemporaryFolder folder;
  const auto refused = [&](const std::vector<std::string>& arguments, int code,
                           const char* message) {
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(message), std::string::npos) << done.err;
  };
  refused({"precision"}, 2, "--model-b");
  refused({"precision", "--model-b", default_model()}, 2, "--images");
  refused({"precision", "--model-b", folder.path("none").string(), drawn().path("set")}, 4, "none");
  refused({"precision", "--model-b", default_model(), drawn().path("set"), "--levels", "speeds"}, 2,
          "--levels");
  refused({"precision", "--model-b", default_model(), "--images", folder.path("none").string()}, 2,
          "none");
}

}  // namespace
}  // namespace vernier::tests
