// The audit through the real program: planted flaws are found, a fair judge is not accused.
#include <gtest/gtest.h>

#include <map>

#include "tests/runners/model/drawn_scenes.h"

namespace vernier::tests {
namespace {

using Json = nlohmann::json;

struct Audited {
  Finished done;
  std::map<std::string, Json> rows;
  std::string state(const std::string& row) const { return rows.at(row)["state"]; }
};

Audited audit(const DrawnScenes& scenes, const std::string& flaws,
              const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {
      "judge",  "--audit", scenes.path("set"), "--model", "truth:" + scenes.path("set") + flaws,
      "--json", "--quiet"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Audited out{vernier(arguments), {}};
  const Json json = Json::parse(out.done.out, nullptr, false);
  EXPECT_TRUE(json.is_object()) << out.done.err;
  if (!json.is_object()) return out;
  EXPECT_EQ(json["schema"], "vernier.judge.audit/1");
  for (const Json& row : json["rows"]) out.rows[row["name"]] = row;
  EXPECT_EQ(out.rows.size(), 13U);
  return out;
}

const DrawnScenes& drawn() {
  static const DrawnScenes scenes(60);
  return scenes;
}

TEST(JudgeAudit, AFairJudgeIsNotAccused) {
  const Audited fair = audit(drawn(), "");
  EXPECT_EQ(fair.done.code, 0) << fair.done.out;
  for (const auto& [name, row] : fair.rows) {
    const bool needs_another = name == "self-preference" || name == "precision";
    EXPECT_EQ(row["state"], needs_another ? "not measured" : "fine") << name << row.dump();
    EXPECT_EQ(row.contains("reason"), needs_another) << name;
  }
}

TEST(JudgeAudit, PlantedFlawsAreFound) {
  struct Plant {
    std::string flaw, row;
  };
  for (const Plant& plant :
       {Plant{"length", "verbosity"}, Plant{"first", "position"}, Plant{"obeys", "injection"},
        Plant{"blind", "blindness"}, Plant{"context", "own words"}, Plant{"objects-only", "faults"},
        Plant{"yes", "yes"}}) {
    const Audited found = audit(drawn(), "?flaws=" + plant.flaw);
    const std::string state = found.state(plant.row);
    if (plant.flaw == "yes") {  // a quarter of all noes: too little for 60 images
      EXPECT_NE(state, "fine");
      continue;
    }
    EXPECT_EQ(state, "flagged") << plant.flaw;
    EXPECT_EQ(found.done.code, 1);
  }
}

// A judge that writes four numbers only: the likeliest one ties what is different, the expectation
// does not.
TEST(JudgeAudit, TheExpectationUntiesWhatNumbersTie) {
  const Audited coarse = audit(drawn(), "?flaws=coarse");
  EXPECT_EQ(coarse.state("clustering"), "fine");
  double raw = 0, score = 100;
  for (const Json& measure : coarse.rows.at("clustering")["measures"]) {
    if (measure["name"] == "likeliest number: ties between unequal captions, %") {
      raw = measure["value"];
    }
    if (measure["name"] == "score: ties between unequal captions, %") score = measure["value"];
  }
  EXPECT_GT(raw, 10);
  EXPECT_LT(score, 5);
}

// Noise is no flaw of these kinds. At 5 % a row, two sides of an interval: of 8 audits with five
// rows about one is expected to be flagged.
TEST(JudgeAudit, NoiseIsNoBias) {
  int flagged = 0;
  for (int seed = 1; seed <= 8; ++seed) {
    const Audited noisy = audit(drawn(), "?noise=6&seed=" + std::to_string(seed));
    for (const char* row : {"verbosity", "position", "injection", "own words", "yes"}) {
      flagged += noisy.state(row) == "flagged";
    }
  }
  // P(5 or more of 40) at 2.5 % is 0.3 %.
  EXPECT_LE(flagged, 4);
}

TEST(JudgeAudit, ASecondModelAndAnotherPrecision) {
  const std::string truth = "truth:" + drawn().path("set");
  const Audited found =
      audit(drawn(), "",
            {"--other-model", truth + "?noise=4", "--other-precision", truth + "?noise=1&seed=9"});
  EXPECT_EQ(found.state("self-preference"), "fine");
  EXPECT_EQ(found.state("precision"), "fine");
  const Audited rough = audit(drawn(), "", {"--other-precision", truth + "?noise=20"});
  EXPECT_EQ(rough.state("precision"), "flagged");
}

TEST(JudgeAudit, TheDefaultModelIsMeasured) {
  const Finished done = vernier({"judge", "--audit", drawn().path("set"), "--audit-scenes", "20",
                                 "--mode", "direct", "--json", "--quiet"});
  const Json json = Json::parse(done.out);
  std::map<std::string, Json> rows;
  for (const Json& row : json["rows"]) rows[row["name"]] = row;
  EXPECT_EQ(rows.at("blindness")["state"], "fine");
  EXPECT_EQ(rows.at("faults")["state"], "fine");
  for (const char* measured : {"verbosity", "position", "clustering", "scale", "wording",
                               "omissions", "yes", "injection"}) {
    EXPECT_NE(rows.at(measured)["state"], "not measured") << measured;
    EXPECT_FALSE(rows.at(measured)["measures"].empty()) << measured;
  }
  // Without another model no number is made up.
  EXPECT_EQ(rows.at("self-preference")["state"], "not measured");
  EXPECT_EQ(rows.at("own words")["reason"], "mode direct has no visual context");
}

TEST(JudgeAudit, ThreadsDoNotMatter) {
  const auto ask = [&](const char* threads, const char* live) {
    return vernier({"judge", "--audit", drawn().path("set"), "--audit-scenes", "10", "--json",
                    "--quiet", "-t", threads, "--live", live})
        .out;
  };
  EXPECT_EQ(ask("1", "1"), ask("3", "16"));
}

TEST(JudgeAudit, ACalibrationIsForItsJudge) {
  const std::string map = drawn().path("map.json");
  const std::string truth = "truth:" + drawn().path("set");
  ASSERT_EQ(audit(drawn(), "?flaws=length", {"--calibration", map}).done.code, 1);
  const auto judge = [&](const std::string& model) {
    return vernier({"judge", drawn().captions(), "--images", drawn().images(), "--model", model,
                    "--calibrate", map, "--verdicts", drawn().path("v.jsonl"), "--quiet"});
  };
  const Finished own = judge(truth + "?flaws=length");
  EXPECT_EQ(own.code, 0) << own.err;
  const std::vector<Json> verdicts = json_lines(read_file(drawn().path("v.jsonl")));
  EXPECT_TRUE(verdicts.at(1).contains("calibrated")) << verdicts.at(1).dump();
  const Finished other = judge(truth);
  EXPECT_EQ(other.code, 5);
  EXPECT_NE(other.err.find("was made for another judge"), std::string::npos) << other.err;
}

TEST(JudgeAudit, SaysWhatItNeeds) {
  const Finished none = vernier({"judge", "--audit", drawn().path("nothing")});
  EXPECT_EQ(none.code, 2);
  EXPECT_NE(none.err.find("vernier synth"), std::string::npos) << none.err;
  const Finished both = vernier({"judge", drawn().captions(), "--audit", drawn().path("set")});
  EXPECT_EQ(both.code, 2);
  EXPECT_EQ(vernier({"judge"}).code, 2);
}

}  // namespace
}  // namespace vernier::tests
