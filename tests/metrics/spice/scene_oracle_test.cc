// Scene graphs and counts from SPICE's own tuples, on every set that has SPICE scores.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "metrics/spice/scene/scene_score.h"
#include "tests/metrics/spice/parse_blocks.h"
#include "tests/support/meteor_data.h"

namespace vernier::tests {
namespace {

using nlohmann::json;
using spice::Category;

const std::map<std::string, Category> kCategories = {{"all", Category::kAll},
                                                     {"object", Category::kObject},
                                                     {"attribute", Category::kAttribute},
                                                     {"relation", Category::kRelation},
                                                     {"cardinality", Category::kCardinality},
                                                     {"color", Category::kColor},
                                                     {"size", Category::kSize}};

TEST(SpiceSceneOracle, CountsOfEverySample) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  VERNIER_REQUIRE_METEOR_DATA();
  std::map<std::string, std::vector<std::string>> tuples;
  for (const char* name : {"sets_01", "sets_02"}) {
    for (ParseBlock& block : read_parse_blocks(name)) tuples[block.caption] = block.tuples;
  }
  spice::ConceptTexts texts(meteor::MeteorData::open(meteor_data()));
  spice::SceneGraph candidate(texts), references(texts);
  spice::SceneScorer scorer;
  const auto add = [&](spice::SceneGraph& graph, const std::string& caption) {
    const auto found = tuples.find(caption);
    if (found == tuples.end()) return caption.empty();
    for (const std::string& tuple : found->second) {
      std::vector<spice::TextId> ids;
      for (const std::string& part : split(tuple, '|')) ids.push_back(texts.find_or_add(part));
      graph.add(ids);
    }
    return true;
  };
  std::size_t samples = 0, different = 0, unknown = 0;
  for (const auto& set : std::filesystem::directory_iterator(shared("data/oracle/sets"))) {
    for (const std::string& line : read_lines(set.path() / "expected.jsonl.gz")) {
      const json record = json::parse(line);
      if (!record.contains("spice_counts")) continue;
      candidate.clear();
      references.clear();
      bool known = add(candidate, record["candidate_tokens"]);
      for (const json& text : record["reference_tokens"]) known &= add(references, text);
      if (!known) {
        ++unknown;
        continue;
      }
      ++samples;
      const spice::SceneCounts& counts = scorer.compare(candidate, references);
      bool same = true;
      for (const auto& [name, category] : kCategories) {
        const spice::CategoryCounts& c = counts[std::size_t(category)];
        const json got = {c.matched, std::int64_t(c.candidate) - c.matched,
                          std::int64_t(c.reference) - c.matched};
        same &= got == record["spice_counts"][name];
        if (got != record["spice_counts"][name] && different < 10) {
          ADD_FAILURE() << set.path().filename() << " " << record["id"] << " " << name << ": "
                        << got << ", not " << record["spice_counts"][name] << "\n"
                        << record["candidate_tuples"] << "\n"
                        << record["reference_tuples"];
        }
      }
      const double f = record["scores"]["spice"];
      EXPECT_NEAR(counts[0].f(), f, same ? 1e-15 : 1);
      different += !same;
    }
  }
  EXPECT_EQ(different, 0u) << "of " << samples << ", " << unknown << " unknown";
  EXPECT_GT(samples, 8'000u);  // parses of the other captions are not stored
}

}  // namespace
}  // namespace vernier::tests
