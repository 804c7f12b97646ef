// vernier meta against published and stored agreements: through the real binary, on the files as
// they are published. Margins: tests/runners/ratings_oracle_test.cc.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/runners/ratings.h"
#include "tests/support/command.h"

namespace vernier::tests {
namespace {

std::string at(const std::string& file) { return shared(kRatings + file).string(); }

Json meta(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "meta");
  arguments.insert(arguments.end(), {"-f", "json", "--quiet"});
  const Finished done = vernier(arguments);
  EXPECT_EQ(done.code, 0) << done.err;
  return done.code == 0 ? Json::parse(done.out) : Json::object();
}

std::vector<std::vector<std::string>> table(const std::string& file) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : read_lines(at(file))) {
    std::vector<std::string>& cells = rows.emplace_back();
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
  }
  if (!rows.empty()) rows.erase(rows.begin());  // the header
  return rows;
}

/// Half a unit of the last decimal of a number as written, and a little for its rounding.
double half_unit(const std::string& text) {
  const std::size_t point = text.find('.');
  const std::size_t decimals = point == std::string::npos ? 0 : text.size() - point - 1;
  return 0.51 * std::pow(10.0, -static_cast<double>(decimals));
}

TEST(MetaOracle, Flickr8kExpertScoresOfAFile) {
  VERNIER_REQUIRE_SHARED(kRatings);
  const std::string scores = at("flickr8k_expert/fleur_scores.tsv.gz");
  std::map<std::string, Json> found;
  for (const auto& [prefix, column, use] :
       {std::tuple("fleur_vs_3_flattened_ratings", ":fleur_score", "each"),
        std::tuple("fleur_raw_vs_3_flattened_ratings", ":raw_score", "each"),
        std::tuple("fleur_vs_mean_rating", ":fleur_score", "mean")}) {
    found[prefix] = meta({at("flickr8k_expert/flickr8k_expert.json.gz"), "--scores",
                          scores + column, "--ratings", use, "--resamples", "0"});
  }
  const Json& flat = found["fleur_vs_3_flattened_ratings"];
  const auto rows = table("flickr8k_expert/expected.tsv");
  EXPECT_EQ(rows.size(), 18u);
  for (const auto& row : rows) {
    const std::string& quantity = row[0];
    const std::size_t dot = quantity.find('.');
    if (quantity.ends_with("_x100")) {
      const std::string key = quantity.substr(dot + 1, quantity.size() - dot - 6);
      EXPECT_NEAR(100 * found.at(quantity.substr(0, dot))[key].get<double>(), std::stod(row[1]),
                  half_unit(row[1]))
          << quantity;
    } else if (quantity == "n_pairs") {
      EXPECT_EQ(flat["counts"]["captions"], std::stoi(row[1]));
    } else if (quantity == "n_ratings") {
      EXPECT_EQ(flat["n"], std::stoi(row[1]));
    } else {
      ASSERT_TRUE(quantity.starts_with("n_rating_")) << quantity;
      EXPECT_EQ(flat["ratings"]["counts"][quantity.substr(9, 1)], std::stoi(row[1])) << quantity;
    }
  }
}

// The raw annotations with the captions of Flickr8k say what the prepared file says.
TEST(MetaOracle, Flickr8kExpertFromTheRawAnnotations) {
  VERNIER_REQUIRE_SHARED(kRatings);
  const std::string captions = "data/captions/flickr8k_en.tsv.gz";
  VERNIER_REQUIRE_SHARED(captions);
  const Json raw =
      meta({at("flickr8k_expert/ExpertAnnotations.txt.gz"), "-r", shared(captions).string(), "-m",
            "bleu,rouge-l,cider", "--resamples", "0"});
  EXPECT_EQ(raw["n"], 16992);
  EXPECT_EQ(raw["counts"]["own_captions"], 158);
  const Json json = meta({at("flickr8k_expert/flickr8k_expert.json.gz"), "-m", "bleu,rouge-l,cider",
                          "--resamples", "0"});
  for (const auto& [name, metric] : json["metrics"].items()) {
    EXPECT_NEAR(raw["metrics"][name]["tau_c"].get<double>(), metric["tau_c"].get<double>(), 1e-4)
        << name;
  }
}

const std::map<std::string, std::string> kScoreNames = {
    {"BLEU-1", "bleu-1"}, {"BLEU-2", "bleu-2"},   {"BLEU-3", "bleu-3"},
    {"BLEU-4", "bleu-4"}, {"ROUGE-L", "rouge-l"}, {"CIDEr", "cider"}};

TEST(MetaOracle, EveryStoredAgreementOfTheCaptionMetrics) {
  VERNIER_REQUIRE_SHARED(kRatings);
  const std::vector<std::string> metrics = {"-m", "bleu,rouge-l,cider", "--resamples", "0"};
  const auto of = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), metrics.begin(), metrics.end());
    return meta(arguments)["metrics"];
  };
  const auto thumb = [&](const std::string& rating, bool people) {
    std::vector<std::string> arguments = {at("thumb/mscoco_THumB-1.0.jsonl.gz"), "-r",
                                          at("thumb/mscoco_references.jsonl.gz"), "--rating",
                                          rating};
    if (!people) arguments.insert(arguments.end(), {"--exclude", "sys=Human"});
    return of(arguments);
  };
  std::map<std::string, Json> sets;  // by data set and, for THumB, rating
  sets["flickr8k_expert"] = of({at("flickr8k_expert/flickr8k_expert.json.gz")});
  for (const std::string category : {"HC", "HI"}) {
    sets["pascal50s_" + category] = of({at("pascal50s/pascal50s_" + category + ".json.gz")});
  }
  for (const auto& [name, field] :
       {std::pair("P", "P"), std::pair("R", "R"), std::pair("total", "human_score")}) {
    sets[std::string("thumb_without_human_") + name] = thumb(field, false);
  }
  sets["thumb_with_human_total"] = thumb("human_score", true);

  std::size_t compared = 0;
  for (const auto& row : table("caption_metrics_expected.tsv")) {
    const std::string& name = kScoreNames.at(row[1]);
    double value = 0, margin = half_unit(row[3]);
    if (row[2].ends_with("_x100")) {
      value = 100 * sets.at(row[0])[name][row[2].substr(0, row[2].size() - 5)].get<double>();
    } else if (row[2] == "accuracy_percent") {
      value = 100 * sets.at(row[0])[name]["accuracy"].get<double>();
      margin = row[0] == "pascal50s_HC" ? 0.5 : 1e-9;
    } else {
      ASSERT_TRUE(row[2].starts_with("pearson_")) << row[2];
      value = sets.at(row[0] + "_" + row[2].substr(8))[name]["pearson"].get<double>();
      margin = 0.001;
    }
    EXPECT_NEAR(value, std::stod(row[3]), margin) << row[0] << ' ' << row[1] << ' ' << row[2];
    ++compared;
  }
  EXPECT_EQ(compared, 27u);
}

TEST(MetaOracle, Pascal50SScoresOfAFile) {
  VERNIER_REQUIRE_SHARED(kRatings);
  const auto rows = table("pascal50s/expected.tsv");
  EXPECT_EQ(rows.size(), 2u);
  for (const auto& row : rows) {
    const std::string file = at("pascal50s/fleur_" + row[0] + ".tsv.gz");
    // By the labels of the file of scores, which the stored counts are of.
    const Json own = meta({file, "--scores", ":fleur", "--scores", ":raw", "--resamples", "0"});
    EXPECT_EQ(own["n"], std::stoi(row[1]));
    const Json &fleur = own["metrics"]["fleur"], &raw = own["metrics"]["raw"];
    EXPECT_EQ(fleur["pairs_right"], std::stoi(row[2])) << row[0];
    EXPECT_EQ(fleur["pairs_tied"], std::stoi(row[3])) << row[0];
    EXPECT_EQ(raw["pairs_right"], std::stoi(row[4])) << row[0];
    EXPECT_EQ(raw["pairs_tied"], std::stoi(row[5])) << row[0];
    // By those of the annotation.
    const Json joined = meta({at("pascal50s/pascal50s_" + row[0] + ".json.gz"), "--scores",
                              file + ":fleur", "--resamples", "0"});
    EXPECT_EQ(joined["score_files"][0]["labels_differ"], 1000 - std::stoi(row[6])) << row[0];
    EXPECT_EQ(joined["metrics"]["fleur"]["pairs_right"], std::stoi(row[2])) << row[0];
    EXPECT_EQ(joined["metrics"]["fleur"]["pairs_tied"], std::stoi(row[3])) << row[0];
  }
}

TEST(MetaOracle, ThumbMeansOfSystems) {
  VERNIER_REQUIRE_SHARED(kRatings);
  const std::vector<std::string> fields = {"P", "R", "Fl", "Con", "Inc", "human_score"};
  const auto rows = table("thumb/expected.tsv");
  EXPECT_EQ(rows.size(), 5u);
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const Json found =
        meta({at("thumb/mscoco_THumB-1.0.jsonl.gz"), "-r", at("thumb/mscoco_references.jsonl.gz"),
              "-m", "bleu-1", "--rating", fields[f], "--resamples", "0"});
    for (const auto& row : rows) {
      const Json& system = found["systems"][row[0]];
      EXPECT_EQ(system["captions"], std::stoi(row[1])) << row[0];
      EXPECT_NEAR(system["mean_rating"].get<double>(), std::stod(row[2 + f]), half_unit(row[2 + f]))
          << row[0] << ' ' << fields[f];
    }
  }
}

}  // namespace
}  // namespace vernier::tests
