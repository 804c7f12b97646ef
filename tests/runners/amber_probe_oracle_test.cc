// AMBER's counts, scores and nouns of stored responses.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <sstream>

#include "runners/probe/amber/amber_study.h"
#include "tests/support/nltk_data.h"
#include "tests/support/shared.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<Row> read_table(const std::string& path) {
  std::vector<Row> rows;
  std::vector<std::string> heads;
  for (const std::string& line : read_lines(shared(path))) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, '\t');) cells.push_back(cell);
    if (heads.empty()) {
      heads = cells;
      continue;
    }
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < heads.size(); ++i) row[heads[i]] = cells.at(i);
  }
  return rows;
}

const AmberStudy& study(const std::string& name) {
  static std::map<std::string, AmberStudy> studies;
  const auto known = studies.find(name);
  if (known != studies.end()) return known->second;
  AmberOptions options;
  options.responses = shared("data/amber/responses/" + name + ".json.gz");
  options.annotations = shared("data/amber");
  options.language.nltk = compiled_nltk();
  options.threads = 1;
  GlobalOptions global;
  global.quiet = true;
  return studies.emplace(name, study_amber(options, global)).first->second;
}

TEST(AmberOracle, Descriptions) {
  VERNIER_REQUIRE_SHARED("data/amber");
  VERNIER_REQUIRE_WORDNET();
  std::size_t rows = 0;
  for (Row& row : read_table("data/amber/expected_generative.tsv")) {
    const AmberStudy& found = study(row["responses"]);
    const probes::AmberGenerative& t = found.texts;
    const Row counts = {{"n", std::to_string(t.n)},
                        {"chair_bad", std::to_string(t.hallucinated)},
                        {"chair_mentions", std::to_string(t.mentions)},
                        {"cover_hit", std::to_string(t.covered)},
                        {"cover_total", std::to_string(t.truth)},
                        {"cog_hit", std::to_string(t.hit)},
                        {"cog_total", std::to_string(t.targets)},
                        {"non_hal", std::to_string(t.clean)}};
    for (const auto& [name, count] : counts) EXPECT_EQ(count, row.at(name)) << row["responses"];
    const probes::AmberTextScores scores = probes::amber_text_scores(t);
    EXPECT_EQ(scores.chair, std::stod(row["CHAIR"]));
    EXPECT_EQ(scores.cover, std::stod(row["Cover"]));
    EXPECT_EQ(scores.hal, std::stod(row["Hal"]));
    EXPECT_EQ(scores.cog, std::stod(row["Cog"]));
    EXPECT_EQ(found.degeneracy.suspicious, row["responses"].starts_with("llava_4719"));
    std::string path = "data/amber/lexicon_nouns/" + row["responses"] + ".tsv";
    if (!std::filesystem::exists(shared(path))) path += ".gz";
    const auto lines = read_lines(shared(path));
    ASSERT_EQ(lines.size(), found.descriptions.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::string nouns = found.descriptions[i].id + "\t";
      for (const probes::JudgedNoun& judged : found.descriptions[i].judged.nouns) {
        nouns += (nouns.back() == '\t' ? "" : ",") + judged.noun.lemma;
      }
      ASSERT_EQ(nouns, lines[i]);
    }
    ++rows;
  }
  EXPECT_EQ(rows, 5u);
}

TEST(AmberOracle, Questions) {
  VERNIER_REQUIRE_SHARED("data/amber");
  VERNIER_REQUIRE_WORDNET();
  std::size_t rows = 0;
  for (Row& row : read_table("data/amber/expected_discriminative.tsv")) {
    for (const auto& [name, counts] : study(row["responses"]).questions.groups()) {
      if (row["subset"] != name) continue;
      const std::string where = row["responses"] + " " + name;
      EXPECT_EQ(std::to_string(counts.n), row["n"]) << where;
      EXPECT_EQ(std::to_string(counts.correct), row["correct"]) << where;
      EXPECT_EQ(std::to_string(counts.truth_no), row["truth_no"]) << where;
      EXPECT_EQ(std::to_string(counts.answered_no), row["answered_no"]) << where;
      EXPECT_EQ(std::to_string(counts.true_no), row["true_no"]) << where;
      const probes::AmberAnswerScores scores = probes::amber_answer_scores(name, counts);
      EXPECT_EQ(scores.accuracy, std::stod(row["accuracy"])) << where;
      EXPECT_EQ(scores.precision, std::stod(row["precision"])) << where;
      EXPECT_EQ(scores.recall, std::stod(row["recall"])) << where;
      EXPECT_EQ(scores.f1, std::stod(row["f1"])) << where;
      ++rows;
    }
  }
  EXPECT_EQ(rows, 14u);
}

}  // namespace
}  // namespace vernier::tests
