// vernier probe drift on what people wrote: Flickr8k's five captions an image, and planted rounds.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "runners/probe/drift/drift_study.h"
#include "tests/support/command.h"
#include "tests/support/shared.h"

namespace vernier::tests {
namespace {

constexpr const char* kCaptions = "data/captions/flickr8k_en.tsv.gz";

class DriftOracle : public testing::Test {
 protected:
  /// `rounds` of `images` images chosen at random: a round has one of the captions of each.
  std::vector<std::vector<std::string>> resample(std::size_t rounds, std::size_t images,
                                                 std::uint32_t seed) {
    if (captions_.empty()) {
      std::map<std::string, std::vector<std::string>> by_image;
      for (const std::string& line : read_lines(shared(kCaptions))) {
        const std::size_t tab = line.find('\t');
        by_image[line.substr(0, tab)].push_back(line.substr(line.find('\t', tab + 1) + 1));
      }
      for (auto& [image, captions] : by_image) {
        if (captions.size() == 5) captions_.push_back(std::move(captions));
      }
    }
    std::mt19937 random(seed);
    std::shuffle(captions_.begin(), captions_.end(), random);
    std::vector<std::vector<std::string>> out(rounds);
    for (std::size_t i = 0; i < images; ++i) {
      std::shuffle(captions_[i].begin(), captions_[i].end(), random);
      for (std::size_t r = 0; r < rounds; ++r) out[r].push_back(captions_[i][r]);
    }
    return out;
  }
  DriftStudy study(const std::vector<std::vector<std::string>>& rounds, bool scenes,
                   std::size_t draws) const {
    DriftOptions options;
    for (std::size_t r = 0; r < rounds.size(); ++r) {
      std::string text;
      for (std::size_t i = 0; i < rounds[r].size(); ++i) {
        text += "image" + std::to_string(i) + "\t" + rounds[r][i] + "\n";
      }
      options.input.files.push_back(folder_.write("round" + std::to_string(r), text));
    }
    options.input.read.format = Format::kFlickr;
    options.read.scenes = scenes;
    options.read.objects.language.own = true;
    options.statistics.draws = draws;
    GlobalOptions global;
    global.quiet = true;
    return study_drift(options, global);
  }
  std::vector<std::vector<std::string>> captions_;
  TemporaryFolder folder_;
};

TEST_F(DriftOracle, PlantedRoundsAreNamed) {
  VERNIER_REQUIRE_SHARED(kCaptions);
  for (const int percent : {5, 10, 20}) {
    auto rounds = resample(4, 1000, static_cast<std::uint32_t>(percent));
    std::mt19937 random(5);
    for (std::string& caption : rounds[2]) {
      if (static_cast<int>(random() % 100) < percent) caption = "Two dogs playing in the snow .";
    }
    for (std::string& caption : rounds[3]) caption += " with a cell phone .";
    const DriftStudy found = study(rounds, true, 299);
    EXPECT_EQ(found.first_bad, 2u) << percent;
    EXPECT_EQ(found.rounds[1].verdict, DriftVerdict::kOk);
    EXPECT_TRUE(found.rounds[2].measures[probes::drift::kCommonest].harmful);
    EXPECT_EQ(found.rounds[2].commonest.text, "two dogs playing in the snow");
    EXPECT_TRUE(found.rounds[3].measures[probes::drift::kObjectShift].harmful);
    ASSERT_FALSE(found.rounds[3].risen.empty());
    EXPECT_EQ(found.rounds[3].risen[0].name, "phone");
  }
}

TEST_F(DriftOracle, PeopleAlarmWithinAlpha) {
  VERNIER_REQUIRE_SHARED(kCaptions);
  int alarms = 0;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    const DriftStudy found = study(resample(4, 150, 100 + seed), seed % 2 == 0, 199);
    alarms += std::ranges::any_of(
        found.rounds, [](const DriftRound& round) { return round.verdict != DriftVerdict::kOk; });
  }
  EXPECT_LE(alarms, 6);  // 2 expected at most; more than 6 has a probability below 0.005
}

}  // namespace
}  // namespace vernier::tests
