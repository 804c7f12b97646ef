// vernier probe drift through the real binary, on planted rounds of made-up captions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/support/command.h"

namespace vernier::tests {
namespace {

using nlohmann::json;
using Round = std::vector<std::string>;  // by image: its caption

constexpr int kImages = 400;

/// What somebody might write of an image: what it shows is the image's, how it is said is not.
std::string sentence(int image, std::mt19937& random) {
  const std::vector<std::string> things = {"dog", "cat",  "boy",  "girl", "man",   "woman",
                                           "car", "bird", "boat", "bus",  "horse", "ball"};
  const std::vector<std::string> looks = {"small", "big",   "brown", "young", "old",
                                          "red",   "quick", "white", "wet",   "happy"};
  const std::vector<std::string> acts = {"runs",   "stands", "waits", "plays", "sits",
                                         "sleeps", "moves",  "stops", "turns", "falls"};
  const std::vector<std::string> places = {"on the grass", "in the water",    "near a house",
                                           "by the road",  "under a tree",    "on a bench",
                                           "in the snow",  "behind a fence",  "at the beach",
                                           "in the park",  "next to a stone", "on the street"};
  const auto pick = [&](const std::vector<std::string>& from, int fixed) {
    const bool usual = random() % 10 < 7;
    return from[(usual ? static_cast<std::size_t>(fixed) : random()) % from.size()];
  };
  std::string text = "a ";
  if (random() % 2 == 0) text += pick(looks, image / 3) + " ";
  text += pick(things, image) + " " + pick(acts, image / 5);
  if (random() % 4 > 0) text += " " + pick(places, image / 7);
  if (random() % 5 == 0) text += " with a " + pick(looks, image) + " " + pick(things, image / 2);
  return text;
}

Round people(std::uint32_t seed, int images = kImages) {
  std::mt19937 random(seed);
  Round round;
  for (int i = 0; i < images; ++i) round.push_back(sentence(i, random));
  return round;
}

/// So many percent of the captions are one caption.
Round narrowed(Round round, int percent, std::uint32_t seed) {
  std::mt19937 random(seed);
  for (std::string& caption : round) {
    if (static_cast<int>(random() % 100) < percent) caption = "a man stands on the street";
  }
  return round;
}

class DriftProbe : public testing::Test {
 protected:
  std::string write(const std::string& name, const Round& round) const {
    std::string text;
    for (std::size_t i = 0; i < round.size(); ++i) {
      text += json{{"image_id", i}, {"caption", round[i]}}.dump() + "\n";
    }
    return folder_.write(name, text);
  }
  Finished drift(const std::vector<Round>& rounds,
                 const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"probe", "drift"};
    for (std::size_t r = 0; r < rounds.size(); ++r) {
      command.push_back(write("round" + std::to_string(r), rounds[r]));
    }
    command.insert(command.end(), more.begin(), more.end());
    return vernier(command);
  }
  json measure(const std::vector<Round>& rounds, std::vector<std::string> more = {}) const {
    if (std::ranges::find(more, "--draws") == more.end()) {
      more.insert(more.end(), {"--draws", "599"});
    }
    more.insert(more.end(), {"-f", "json", "--own-tools"});
    const Finished done = drift(rounds, more);
    EXPECT_EQ(done.code, 0) << done.err;
    return done.code == 0 ? json::parse(done.out) : json();
  }
  static bool has_reason(const json& round, const std::string& measure) {
    return std::ranges::any_of(round["reasons"], [&](const json& reason) {
      return reason["measure"] == measure && reason["harmful"] == true;
    });
  }
  TemporaryFolder folder_;
};

TEST_F(DriftProbe, TheCommonestCaptionIsNamedAtTheFirstBadRound) {
  for (const int percent : {5, 10, 20}) {
    const json found = measure({people(1), people(2), narrowed(people(3), percent, 9), people(4)},
                               {"--no-scenes"});
    EXPECT_EQ(found["first_bad_round"], 2) << percent;
    EXPECT_EQ(found["rounds"][1]["verdict"], "ok");
    EXPECT_EQ(found["rounds"][2]["verdict"], "drift");
    EXPECT_EQ(found["rounds"][3]["verdict"], "ok");
    EXPECT_TRUE(has_reason(found["rounds"][2], "commonest")) << found["rounds"][2]["reasons"];
    const json& commonest = found["rounds"][2]["measures"]["commonest"];
    EXPECT_LT(commonest["low"], commonest["change"]);
    EXPECT_GT(commonest["low"], 0);
    EXPECT_EQ(found["rounds"][2]["commonest_caption"]["text"], "a man stands on the street");
  }
}

TEST_F(DriftProbe, AnObjectThatIsEverywhereIsNamed) {
  Round everywhere = people(3), now_and_then = people(4);
  for (std::string& caption : everywhere) caption += " with a cell phone in one hand";
  for (std::size_t i = 0; i < now_and_then.size(); i += 12) now_and_then[i] += " with a cell phone";
  const json found = measure({people(1), people(2), people(5), now_and_then, everywhere});
  EXPECT_EQ(found["first_bad_round"], 3);
  for (const std::size_t r : {3, 4}) {
    const json& round = found["rounds"][r];
    EXPECT_EQ(round["verdict"], "drift");
    EXPECT_TRUE(has_reason(round, "object-shift")) << round["reasons"];
    EXPECT_TRUE(has_reason(round, "object-divergence")) << round["reasons"];
    EXPECT_EQ(round["risen_objects"][0]["object"], "phone");
    EXPECT_EQ(round["risen_objects"][0]["captions_before"], 0);
    EXPECT_TRUE(round["risen_objects"][0]["ratio"].is_null());
  }
  const json& last = found["rounds"][4];
  EXPECT_EQ(last["risen_objects"][0]["captions"], kImages);
  EXPECT_TRUE(has_reason(last, "phrases"));
  EXPECT_EQ(last["top_phrases"][0]["text"], "with a cell phone in one hand");
  EXPECT_EQ(last["top_phrases"][0]["captions"], kImages);
  EXPECT_EQ(last["top_phrases"][0]["captions_before"], 0);
}

TEST_F(DriftProbe, ResampledRoundsAlarmWithinAlpha) {
  // Three rounds of 60 images an experiment, scene graphs and all.
  int alarms = 0;
  for (std::uint32_t n = 0; n < 40; ++n) {
    const json found = measure({people(100 + 4 * n, 60), people(101 + 4 * n, 60),
                                people(102 + 4 * n, 60), people(103 + 4 * n, 60)},
                               {"--draws", "199", "--phrase-captions", "3"});
    bool alarm = false;
    for (const json& round : found["rounds"]) alarm |= round.value("verdict", "ok") != "ok";
    alarms += alarm;
  }
  EXPECT_LE(alarms, 6);  // 2 expected at most; more than 6 has a probability below 0.005
}

TEST_F(DriftProbe, CoverageIsHeldAgainstRoundOne) {
  Round other = people(3);
  std::rotate(other.begin(), other.begin() + 57, other.end());  // captions of other images
  const json found = measure({people(1), people(2), other});
  EXPECT_TRUE(found["rounds"][1]["measures"]["coverage"]["p"].is_null());
  EXPECT_GT(found["rounds"][1]["measures"]["coverage"]["value"], 0.2);
  const json& coverage = found["rounds"][2]["measures"]["coverage"];
  EXPECT_EQ(coverage["reference"], found["rounds"][1]["measures"]["coverage"]["value"]);
  EXPECT_TRUE(has_reason(found["rounds"][2], "coverage"));
  // Facts went astray and nothing else did.
  EXPECT_EQ(found["rounds"][2]["reasons"].size(), 2u) << found["rounds"][2]["reasons"];
  EXPECT_EQ(measure({people(1), people(2)})["undefined"]["coverage"],
            "is held against round 1, so it is tested from round 2 on");
}

TEST_F(DriftProbe, ChairTellsInventionsFromDetail) {
  std::string objects;
  Round honest, inventing;
  for (int i = 0; i < 200; ++i) {
    objects += std::to_string(i) + "\tdog\n";
    honest.push_back("a dog number " + std::to_string(i));
    inventing.push_back("a dog " + std::string(i % 4 == 0 ? "and a cat" : "number") + " " +
                        std::to_string(i));
  }
  const json found = measure({honest, honest, inventing},
                             {"--objects", folder_.write("objects.tsv", objects), "--no-scenes"});
  const json& chair = found["rounds"][2]["measures"];
  EXPECT_EQ(found["first_bad_round"], 2);
  EXPECT_EQ(chair["chair-s"]["value"], 25);
  EXPECT_EQ(chair["chair-i"]["value"], 20);
  EXPECT_EQ(chair["recall"]["value"], 100);
  EXPECT_EQ(chair["recall"]["p"], 1);
  EXPECT_TRUE(has_reason(found["rounds"][2], "chair-i"));
  EXPECT_TRUE(chair["facts"]["value"].is_null());
  EXPECT_EQ(found["undefined"]["facts"], "left out by --no-scenes");
}

TEST_F(DriftProbe, ChangesThatDoNoHarmAreNoDrift) {
  Round longer = people(3);
  for (std::size_t i = 0; i < longer.size(); i += 3) {
    longer[i] += " " + std::to_string(i);  // more varied, hardly longer
  }
  const json found =
      measure({people(1), longer}, {"--no-scenes", "--draws", "99", "--alpha", "0.2"});
  for (const json& reason : found["rounds"][1]["reasons"]) {
    if (reason["measure"] == "distinct-1") {
      EXPECT_EQ(reason["direction"], "up");
      EXPECT_EQ(reason["harmful"], false);
    }
  }
  EXPECT_EQ(found["rounds"][1]["measures"]["distinct-1"]["changed"], true);
  EXPECT_EQ(found["rounds"][1]["measures"]["length"]["harmful"], false);
}

TEST_F(DriftProbe, ExitCodesAndForms) {
  const std::vector<Round> bad = {people(1), narrowed(people(2), 50, 3)};
  EXPECT_EQ(drift(bad, {"--no-scenes", "--draws", "99"}).code, 0);
  const Finished failed = drift(bad, {"--no-scenes", "--draws", "99", "--fail"});
  EXPECT_EQ(failed.code, 1);
  EXPECT_NE(failed.out.find("first bad round: 1"), std::string::npos) << failed.out;
  EXPECT_EQ(drift({people(1), people(2)}, {"--no-scenes", "--draws", "99", "--fail"}).code, 0);
  EXPECT_NE(
      drift(bad, {"--no-scenes", "-f", "markdown", "--draws", "99"}).out.find("| commonest |"),
      std::string::npos);
  const json same = measure({people(1), people(1)});
  EXPECT_EQ(same["rounds"][1]["verdict"], "ok");
  EXPECT_EQ(same["rounds"][1]["measures"]["coverage"]["value"], 1.0);
  EXPECT_EQ(same["rounds"][1]["measures"]["length"]["p"], 1.0);
}

TEST_F(DriftProbe, TheSameBytesWithAnyThreads) {
  const std::vector<Round> rounds = {people(1, 150), people(2, 150),
                                     narrowed(people(3, 150), 9, 3)};
  const std::vector<std::string> form = {"-f", "json", "--own-tools", "--draws", "299", "-t"};
  std::vector<std::string> one = form, four = form;
  one.emplace_back("1");
  four.emplace_back("4");
  EXPECT_EQ(drift(rounds, one).out, drift(rounds, four).out);
}

TEST_F(DriftProbe, ImagesAreJoinedByKeyAndSeveralCaptionsBalanced) {
  // The second round in another order, under file names, with two captions of each image.
  std::string first, second;
  for (int i = 0; i < 20; ++i) {
    first += json{{"image_id", i}, {"caption", "dog " + std::to_string(i)}}.dump() + "\n";
    const int j = 19 - i;
    for (int n = 0; n < 2; ++n) {
      second += json{{"id", std::to_string(j) + "#" + std::to_string(n)},
                     {"image_id", "val_" + std::to_string(1000000 + j).substr(1) + ".jpg"},
                     {"caption", "dog " + std::to_string(j)}}
                    .dump() +
                "\n";
    }
  }
  const Finished done =
      vernier({"probe", "drift", folder_.write("a", first), folder_.write("b", second), "-f",
               "json", "--own-tools", "--draws", "99"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json found = json::parse(done.out);
  EXPECT_EQ(found["images"], 20);
  EXPECT_EQ(found["rounds"][1]["n"], 20);
  EXPECT_EQ(found["rounds"][1]["left_out"], 20);
  EXPECT_EQ(found["rounds"][1]["images"]["ids"], "number in the file name");
  EXPECT_EQ(found["rounds"][1]["measures"]["coverage"]["value"], 1.0) << "captions met their image";
  EXPECT_EQ(found["rounds"][1]["measures"]["word-divergence"]["value"], 0.0);
}

TEST_F(DriftProbe, BadInputIsRefused) {
  const auto refuses = [&](const std::vector<std::string>& arguments, int code,
                           const std::string& message) {
    std::vector<std::string> command = {"probe", "drift"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const Finished done = vernier(command);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(message), std::string::npos) << done.err;
    EXPECT_TRUE(done.out.empty());
  };
  const std::string good = write("good", people(1, 12)), fewer = write("fewer", people(2, 11));
  refuses({}, 2, "at least two rounds");
  refuses({good}, 2, "at least two rounds");
  refuses({"-", good, "-"}, 2, "stdin");
  refuses({good, folder_.write("empty", "")}, 3, "empty");
  refuses({good, good, fewer}, 3, "1 of the 12 images");
  refuses({fewer, good}, 3, "1 of its 12 images are not in");
  refuses({good, folder_.write("other", R"({"image_id": "x", "caption": "a dog"})")}, 3,
          "none of its 1 images is in");
  refuses({good, folder_.write("twice",
                               "{\"image_id\": 1, \"caption\": \"a\"}\n"
                               "{\"image_id\": 1, \"caption\": \"b\"}\n")},
          3, ":2: id 1: has a caption in line 1 already");
  refuses({good, folder_.write("none", R"({"image_id": 1, "caption": null})")}, 3, ":1");
  refuses({good, good, "--objects", folder_.write("objects.tsv", "0\tdog\n")}, 3,
          "11 of 12 images are not in");
  refuses({good, good, "--alpha", "0"}, 2, "--alpha");
  refuses({good, good, "--draws", "1"}, 2, "--draws");
  const Finished rest =
      vernier({"probe", "drift", good, fewer, "--allow-missing", "--own-tools", "--draws", "99"});
  EXPECT_EQ(rest.code, 0) << rest.err;
  EXPECT_NE(rest.out.find("1 images missing"), std::string::npos) << rest.out;
  EXPECT_EQ(vernier({"probe", "drift", fewer, good, "--ignore-extra", "--draws", "99"}).code, 0);
}

TEST_F(DriftProbe, EmptyCaptionsAndForeignBytesAreMeasured) {
  const json found = measure({people(1, 30), Round(30, "")}, {"--draws", "99"});
  EXPECT_EQ(found["rounds"][1]["empty"], 30);
  EXPECT_EQ(found["rounds"][1]["verdict"], "drift");
  EXPECT_TRUE(found["rounds"][1]["measures"]["entropy"]["value"].is_null());
  EXPECT_EQ(found["undefined"]["entropy"], "a round has nothing to measure it of");
  const Finished escapes =
      drift({people(1, 30), Round(30, "red \x1b[31m <b>dog</b> sits on it")}, {"--draws", "99"});
  EXPECT_EQ(escapes.code, 0) << escapes.err;
  EXPECT_EQ(escapes.out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace vernier::tests
