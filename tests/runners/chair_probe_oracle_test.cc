// CHAIR's counts of published caption files, and every mention in them.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "runners/probe/chair/chair_study.h"
#include "tests/support/nltk_data.h"
#include "tests/support/shared.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

using Cells = std::vector<std::string>;

Cells cells_of(const std::string& line) {
  Cells cells;
  std::istringstream in(line + "\t");
  for (std::string cell; std::getline(in, cell, '\t');) cells.push_back(cell);
  return cells;
}

std::string caption_file(const std::string& name) {
  for (const char* ending : {".json", ".jsonl", ".json.gz", ".jsonl.gz"}) {
    const auto path = shared("data/chair/" + name + ending);
    if (std::filesystem::exists(path)) return path;
  }
  return name;
}

class ChairOracle : public testing::TestWithParam<std::tuple<const char*, const char*>> {
 protected:
  ChairStudy study(const std::string& file) const {
    ChairOptions options;
    options.captions = caption_file(file);
    const std::string map = std::string("data/chair/coco_objects.") + std::get<1>(GetParam());
    options.objects.objects = shared(map + ".tsv.gz");
    options.objects.synonyms = shared("data/chair/synonyms.txt");
    options.objects.normalisation = *probes::parse_normalisation(std::get<0>(GetParam()));
    options.objects.language.nltk = compiled_nltk();
    options.threads = 1;
    GlobalOptions global;
    global.quiet = true;
    return study_chair(options, global);
  }
  /// Mentions as the stored files write them.
  void compare_mentions(const std::string& file, const ChairStudy& study) const {
    std::string name = file;
    name.replace(name.find('/'), 1, "__");
    std::filesystem::path path =
        shared("data/chair/per_caption/" + name + "." + std::get<0>(GetParam()) + ".tsv");
    if (!std::filesystem::exists(path)) path += ".gz";
    const auto lines = read_lines(path);
    ASSERT_EQ(lines.size(), study.captions.size()) << path;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Cells stored = cells_of(lines[i]);
      std::string mentions;
      for (const probes::JudgedMention& m : study.captions[i].mentions) {
        mentions +=
            (mentions.empty() ? "" : ",") + m.word + ">" + study.vocabulary.class_name(m.object);
      }
      ASSERT_EQ(mentions, stored.size() > 2 ? stored[2] : "") << path << ":" << i + 1;
      ASSERT_EQ(std::to_string(study.captions[i].tokens), stored[1]) << path << ":" << i + 1;
    }
  }
};

TEST_P(ChairOracle, EveryStoredRow) {
  VERNIER_REQUIRE_SHARED("data/chair/expected.tsv");
  VERNIER_REQUIRE_WORDNET();
  const auto lines = read_lines(shared("data/chair/expected.tsv"));
  const Cells heads = cells_of(lines[0]);
  std::size_t rows = 0;
  for (std::size_t n = 1; n < lines.size(); ++n) {
    const Cells row = cells_of(lines[n]);
    ASSERT_EQ(row.size(), 14u);
    if (row[1] != std::get<0>(GetParam()) || row[2] != std::get<1>(GetParam())) continue;
    const ChairStudy found = study(row[0]);
    const probes::ChairCounts& c = found.counts;
    const std::vector<std::uint64_t> counts = {c.captions,
                                               c.hallucinated_captions,
                                               c.hallucinated_mentions,
                                               c.mentions,
                                               c.objects,
                                               c.recalled,
                                               c.tokens};
    for (std::size_t i = 0; i < counts.size(); ++i) {
      EXPECT_EQ(std::to_string(counts[i]), row[3 + i]) << row[0] << ' ' << heads[3 + i];
    }
    const std::vector<double> scores = {found.scores.chair_s, found.scores.chair_i,
                                        found.scores.recall, found.scores.length};
    for (std::size_t i = 0; i < scores.size(); ++i) {
      EXPECT_NEAR(scores[i], std::stod(row[10 + i]), 0.5001e-4) << row[0] << ' ' << heads[10 + i];
    }
    compare_mentions(row[0], found);
    ++rows;
  }
  EXPECT_EQ(rows, 19u);
}

INSTANTIATE_TEST_SUITE_P(All, ChairOracle,
                         testing::Combine(testing::Values("pattern", "wnpos", "wn"),
                                          testing::Values("pattern", "wordnet")),
                         [](const auto& chosen) {
                           return std::string(std::get<0>(chosen.param)) + "_" +
                                  std::get<1>(chosen.param);
                         });

}  // namespace
}  // namespace vernier::tests
