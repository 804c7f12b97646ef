// vernier probe position through the real binary, on planted groups.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "tests/support/command.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class PositionProbe : public testing::Test {
 protected:
  Finished position(const std::string& records, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"probe", "position", folder_.write("in", records)};
    command.insert(command.end(), more.begin(), more.end());
    return vernier(command);
  }
  json measure(const std::string& records, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> options = {"-f", "json"};
    if (std::ranges::find(more, "--draws") == more.end()) {
      options.insert(options.end(), {"--draws", "1999"});
    }
    options.insert(options.end(), more.begin(), more.end());
    const Finished done = position(records, options);
    EXPECT_EQ(done.code, 0) << done.err;
    return done.code == 0 ? json::parse(done.out) : json();
  }
  /// Answers in all rotations of the groups, right with the probability that `effect` gives to a
  /// position from 0 to 1; `keep`: the share of records kept.
  template <class Effect>
  static std::string answers(double keep, std::uint32_t seed, Effect effect) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform;
    constexpr int kGroups = 40, kSize = 5;
    std::string text;
    for (int g = 0; g < kGroups; ++g) {
      for (int order = 0; order < kSize; ++order) {
        for (int p = 0; p < kSize; ++p) {
          const bool right = uniform(random) < effect(double(p) / (kSize - 1));
          if (uniform(random) >= keep) continue;
          text += json{{"group", g},
                       {"order", order},
                       {"position", p + 1},
                       {"image_id", std::to_string(g) + "-" + std::to_string((p + order) % kSize)},
                       {"correct", right ? 1 : 0}}
                      .dump() +
                  "\n";
        }
      }
    }
    return text;
  }
  static std::string biases(const json& found) {
    std::string out;
    for (const json& verdict : found["verdicts"]) {
      out += verdict["value"].get<std::string>() + ":" + verdict["bias"].get<std::string>() + " ";
    }
    return out;
  }
  void refuses(const std::string& records, int code, const std::string& message,
               const std::vector<std::string>& more = {}) const {
    const Finished done = position(records, more);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(message), std::string::npos) << done.err;
    EXPECT_TRUE(done.out.empty());
  }
  TemporaryFolder folder_;
};

TEST_F(PositionProbe, FindsEachPlantedBias) {
  for (const double keep : {1.0, 0.75}) {
    const json recency = measure(answers(keep, 1, [](double x) { return 0.4 + 0.35 * x; }));
    EXPECT_EQ(recency["design"]["balanced"], keep == 1.0);
    EXPECT_EQ(biases(recency), "correct:recency ");
    EXPECT_LT(recency["values"]["correct"]["slope"]["p"], 0.01);
    EXPECT_LT(recency["values"]["correct"]["recency"]["p"], 0.01);
    EXPECT_EQ(biases(measure(answers(keep, 2, [](double x) { return 0.75 - 0.35 * x; }))),
              "correct:primacy ");
    const json bowl =
        measure(answers(keep, 3, [](double x) { return 0.4 + 1.4 * (x - 0.5) * (x - 0.5); }));
    EXPECT_EQ(biases(bowl), "correct:U-shape ");
    EXPECT_LT(bowl["values"]["correct"]["curvature"]["p"], 0.01);
    EXPECT_EQ(biases(measure(answers(keep, 4, [](double) { return 0.6; }))), "");
  }
}

TEST_F(PositionProbe, WithoutBiasAlarmsStayWithinAlpha) {
  int alarms = 0;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    const json none =
        measure(answers(seed % 2 == 0 ? 1 : 0.75, 50 + seed, [](double) { return 0.6; }),
                {"--draws", "299", "--seed", std::to_string(seed)});
    alarms += !none["verdicts"].empty();
  }
  EXPECT_LE(alarms, 6);  // 2 expected at most; more than 6 has a probability below 0.005
}

TEST_F(PositionProbe, LeakageIsToldFromCommonInventions) {
  std::string objects, leaking, inventing;
  const std::vector<std::string> things = {"dog", "cat", "car", "pizza", "bed", "cup"};
  for (int g = 0; g < 12; ++g) {
    for (int i = 0; i < 3; ++i) {
      objects += std::to_string(g * 3 + i) + "\t" + things[(g + 2 * i) % 6] + "\n";
    }
    for (int order = 0; order < 3; ++order) {
      for (int p = 0; p < 3; ++p) {
        const int own = (p + order) % 3, before = (own + 2) % 3;
        const auto record = [&](const std::string& caption) {
          return json{{"group", g},
                      {"order", order},
                      {"position", p},
                      {"image_id", g * 3 + own},
                      {"caption", caption}}
                     .dump() +
                 "\n";
        };
        const std::string thing = things[(g + 2 * own) % 6];
        // Every caption but the first names what the image before it shows.
        leaking += record("a " + thing +
                          (p > 0 ? " and a " + things[(g + 2 * before) % 6] : std::string()));
        inventing += record("a " + thing + " and a person");  // in no image at all
      }
    }
  }
  const std::vector<std::string> with = {"--objects", folder_.write("objects.tsv", objects),
                                         "--own-tools"};
  const json leaked = measure(leaking, with);
  EXPECT_LT(leaked["leakage"]["p"], 0.01);
  EXPECT_NE(biases(leaked).find("leakage:leakage"), std::string::npos) << biases(leaked);
  EXPECT_EQ(leaked["leakage"]["hallucinated"], 12 * 3 * 2);
  EXPECT_EQ(leaked["leakage"]["leaked"], 12 * 3 * 2);
  for (const json& offset : leaked["leakage"]["offsets"]) {
    if (offset["offset"] == -1.0) {
      EXPECT_EQ(offset["leaked"], 72);
    } else {
      EXPECT_EQ(offset["leaked"], 0) << offset;
    }
  }
  EXPECT_EQ(leaked["values"]["leaked"]["positions"][0]["mean"], 0);
  EXPECT_EQ(leaked["values"]["leaked"]["positions"][0]["position"], 0) << "as the file counts";
  const json invented = measure(inventing, with);
  EXPECT_EQ(invented["leakage"]["leaked"], 0);
  EXPECT_GT(invented["leakage"]["p"], 0.9);
  EXPECT_EQ(biases(invented), "");
}

TEST_F(PositionProbe, ReadsRunsOfScore) {
  std::string records;
  int id = 0;
  for (int g = 0; g < 6; ++g) {
    for (int order = 0; order < 3; ++order) {
      for (int p = 0; p < 3; ++p) {
        records += json{{"id", ++id},
                        {"image_id", g * 3 + (p + order) % 3},
                        {"caption", p == 2 ? "a dog runs on grass" : "no idea what this is"},
                        {"references", {"a dog runs on grass"}},
                        {"group", g},
                        {"order", order},
                        {"position", p + 1}}
                       .dump() +
                   "\n";
      }
    }
  }
  const std::string run = folder_.path("run.jsonl");
  const Finished scored =
      vernier({"score", folder_.write("scored", records), "-m", "rouge-l,bleu", "-o", run});
  ASSERT_EQ(scored.code, 0) << scored.err;
  const Finished done =
      vernier({"probe", "position", run, "--value", "rouge-l", "-f", "json", "--draws", "999"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json found = json::parse(done.out);
  EXPECT_EQ(found["values"].size(), 1u);
  EXPECT_EQ(found["values"]["rouge-l"]["positions"][2]["mean"], 1.0);
  EXPECT_NE(biases(found).find("rouge-l:recency"), std::string::npos);
  EXPECT_EQ(vernier({"probe", "position", run, "--value", "cider"}).code, 2);
}

TEST_F(PositionProbe, DesignsAreLatinSquares) {
  std::string images;
  for (int i = 0; i < 10; ++i) images += "img" + std::to_string(i) + "\n";
  const std::string list = folder_.write("images.txt", images);
  const Finished done =
      vernier({"probe", "position", "--design", list, "--group-size", "4", "--reversed"});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.err.find("3 groups of 4 images in 8 orders each; 2 places"), std::string::npos)
      << done.err;
  std::map<std::string, std::map<std::size_t, int>> stood;  // by group and image: at a position
  std::set<std::string> seen;
  std::istringstream in(done.out);
  std::size_t lines = 0;
  for (std::string line; std::getline(in, line); ++lines) {
    const json order = json::parse(line);
    for (std::size_t p = 0; p < 4; ++p) {
      const auto image = order["images"][p].get<std::string>();
      ++stood[order["group"].dump() + image][p];
      seen.insert(image);
    }
  }
  EXPECT_EQ(lines, 24u);
  EXPECT_EQ(seen.size(), 10u);
  for (const auto& [image, positions] : stood) {
    EXPECT_EQ(positions.size(), 4u) << image;
    for (const auto& [position, times] : positions) EXPECT_EQ(times, 2) << image;
  }
  EXPECT_EQ(vernier({"probe", "position", "--design", list, "--group-size", "11"}).code, 2);
  EXPECT_EQ(vernier({"probe", "position", "--design", folder_.write("twice", "a\nb\na\n")}).code,
            3);
  EXPECT_EQ(vernier({"probe", "position"}).code, 2);
}

TEST_F(PositionProbe, BadInputIsRefused) {
  const auto record = [](const std::string& position, const std::string& rest) {
    return "{\"group\": 1, \"order\": 1, \"position\": " + position + ", \"image_id\": " + rest +
           "}\n";
  };
  refuses("", 3, "holds no records");
  refuses(record("1", "\"a\", \"correct\": 1"), 3, "at least two positions");
  refuses(record("1", "\"a\", \"correct\": 1") + record("2", "\"b\", \"correct\": 1"), 5,
          "positions cannot be told from images");
  refuses(record("\"first\"", "\"a\", \"correct\": 1"), 3, ":1: image_id a: expected a position");
  refuses(record("1.5", "\"a\", \"correct\": 1"), 3, "found '1.5'");
  refuses(record("1", "\"a\", \"correct\": 1") + record("1", "\"b\", \"correct\": 1"), 3,
          "position 1 of this group and order is taken by line 1");
  refuses(record("1", "\"a\", \"correct\": \"x\""), 3, "expected a finite number in \"correct\"");
  refuses(record("1", "\"a\", \"correct\": 1") + record("2", "\"b\""), 3,
          "expected a number in \"correct\", found none");
  refuses(record("1", "\"a\", \"correct\": 1e999"), 3, "expected a finite number");
  refuses("{\"order\": 1, \"position\": 1, \"image_id\": 2, \"correct\": 1}", 3, "\"group\"");
  refuses(record("1", "\"a\"") + record("2", "\"b\""), 2, "nothing to compare");
}

}  // namespace
}  // namespace vernier::tests
