// vernier probe relations through the real binary.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class RelationsProbe : public testing::Test {
 protected:
  void SetUp() override { VERNIER_REQUIRE_WORDNET(); }
  Finished run(const std::string& captions, const std::string& graphs,
               const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"probe",
                                        "relations",
                                        folder_.write("captions.jsonl", captions),
                                        "--graphs",
                                        folder_.write("graphs.json", graphs),
                                        "--own-tools"};
    command.insert(command.end(), more.begin(), more.end());
    return vernier(command);
  }
  json measure(const std::string& captions, const std::string& graphs,
               std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"-f", "json"});
    const Finished done = run(captions, graphs, more);
    EXPECT_EQ(done.code, 0) << done.err;
    return json::parse(done.out);
  }

  TemporaryFolder folder_;
  const std::string graph_ =
      R"([{"image_id": 1, "objects": ["man", {"name": "horse", "attributes": ["brown"]}, "beach"], )"
      R"("relations": [["man", "riding", "horse"], ["horse", "on", "beach"]]}])";
};

TEST_F(RelationsProbe, CountsAndShowsEveryFact) {
  const std::string evidence = folder_.path("facts.jsonl");
  const json out = measure(
      "{\"image_id\":1,\"caption\":\"A man is riding a white horse on the beach. A man is holding "
      "an umbrella.\"}\n",
      graph_, {"--evidence", evidence});
  EXPECT_EQ(out["schema"], "vernier.probe.relations/1");
  EXPECT_EQ(out["counts"]["captions"], 1);
  EXPECT_GE(out["counts"]["relations"]["supported"], 1);
  EXPECT_EQ(out["counts"]["relations"]["object-missing"], 1);
  EXPECT_EQ(out["counts"]["attributes"]["attribute-wrong"], 1);
  EXPECT_EQ(out["counts"]["known_relations"], 2);
  EXPECT_DOUBLE_EQ(out["scores"]["object-recall"], 1);
  EXPECT_LT(out["scores"]["object-precision"], 1);
  const json facts = json::parse(read_file(evidence))["facts"];
  EXPECT_NE(facts.dump().find("\"because\":\"brown horse\""), std::string::npos) << facts.dump();
  EXPECT_NE(facts.dump().find("umbrella"), std::string::npos);
}

TEST_F(RelationsProbe, AbsentFromAPrunedGraphIsUnknown) {
  const std::string caption = "{\"image_id\":1,\"caption\":\"A man is beside a horse.\"}\n";
  const json pruned = measure(caption, graph_, {"--graph-kind", "pruned"});
  EXPECT_EQ(pruned["counts"]["relations"]["unknown"], 1) << pruned.dump();
  EXPECT_TRUE(pruned["scores"]["relation-precision"].is_null());
  EXPECT_TRUE(pruned["undefined"].contains("relation-precision"));
  const json full = measure(caption, graph_, {"--graph-kind", "full"});
  EXPECT_EQ(full["counts"]["relations"]["predicate-wrong"], 1) << full.dump();
}

TEST_F(RelationsProbe, ReferencesServeWhereNoGraphIs) {
  const json out = measure("{\"image_id\":1,\"caption\":\"A horse is riding a man.\"}\n",
                           R"([{"image_id": 1, "references": ["A man is riding a horse."]}])");
  EXPECT_EQ(out["graphs"]["from_texts"], 1);
  EXPECT_EQ(out["counts"]["relations"]["swapped"], 1) << out.dump();
}

TEST_F(RelationsProbe, CutsLongCaptionsAtTheEndOfASentence) {
  const json out =
      measure("{\"image_id\":1,\"caption\":\"A man is riding a horse. A lamp is on a table.\"}\n",
              graph_, {"--at-words", "6,8,100"});
  ASSERT_EQ(out["lengths"].size(), 3u);
  EXPECT_EQ(out["lengths"][0]["cut_captions"], 1);
  EXPECT_DOUBLE_EQ(out["lengths"][0]["object-hallucination"], 0);
  EXPECT_DOUBLE_EQ(out["lengths"][1]["object-hallucination"], 0)
      << "the second sentence does not end by then";
  EXPECT_EQ(out["lengths"][2]["cut_captions"], 0);
  EXPECT_GT(out["lengths"][2]["object-hallucination"], 0);
}

TEST_F(RelationsProbe, SaysWhatItCannotUse) {
  const Finished unknown = run("{\"image_id\":9,\"caption\":\"A man.\"}\n", graph_);
  EXPECT_EQ(unknown.code, 3);
  EXPECT_NE(unknown.err.find("1 of 1 captions are of images"), std::string::npos) << unknown.err;
  const json some =
      measure("{\"image_id\":1,\"caption\":\"A man.\"}\n{\"image_id\":9,\"caption\":\"A man.\"}\n",
              graph_, {"--ignore-extra"});
  EXPECT_EQ(some["counts"]["extra_captions"], 1);
  EXPECT_EQ(run("{\"image_id\":1,\"caption\":\"A man.\"}\n", "[]").code, 3);
  EXPECT_EQ(run("{\"image_id\":1,\"caption\":\"\"}\n", graph_).code, 0);
}

TEST_F(RelationsProbe, PrintsTheSameForAnyNumberOfThreads) {
  std::string captions;
  for (int i = 0; i < 100; ++i) {
    captions += "{\"id\":" + std::to_string(i) +
                ",\"image_id\":1,\"caption\":\"A man is riding a horse near a lamp.\"}\n";
  }
  EXPECT_EQ(run(captions, graph_, {"-t", "1"}).out, run(captions, graph_, {"-t", "4"}).out);
}

}  // namespace
}  // namespace vernier::tests
