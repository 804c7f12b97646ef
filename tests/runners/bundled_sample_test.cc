// The captions that ship with vernier, through the real binary: every number as the reference tools
// (pycocoevalcap 1.2) print it, corpus and samples.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"
#include "tests/support/meteor_data.h"
#include "tests/support/shared.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

const std::filesystem::path kFolder =
    std::filesystem::path(VERNIER_SOURCE) / "datasets/samples/coco_human";

void expect_equal(const json& got, const json& want, const std::string& what) {
  ASSERT_TRUE(got.is_number()) << what << ": " << got;
  EXPECT_NEAR(got.get<double>(), want.get<double>(), 1e-9 * std::max(1.0, want.get<double>()))
      << what;
}

class BundledSample : public testing::TestWithParam<const char*> {};

TEST_P(BundledSample, EqualsTheReferenceTools) {
  const std::string metric = GetParam();
  std::vector<std::string> command = {"score", kFolder / "samples.jsonl.gz", "-f", "json", "-m",
                                      metric};
  if (metric == "meteor") {
    VERNIER_REQUIRE_METEOR_DATA();
    command.insert(command.end(), {"--meteor-data", meteor_data()});
  }
  const TemporaryFolder folder;
  command.insert(command.end(), {"-o", folder.path("run.jsonl")});
  const Finished done = vernier(command);
  ASSERT_EQ(done.code, 0) << done.err;
  const json scores = json::parse(done.out)["scores"];
  const json corpus = json::parse(read_file(kFolder / "corpus.json"))["scores"];
  for (const auto& [name, value] : scores.items()) expect_equal(value, corpus[name], name);

  std::map<std::string, json> samples;
  for (const std::string& line : read_lines(folder.path("run.jsonl"))) {
    const json record = json::parse(line);
    if (record.contains("id")) samples[record["id"]] = record["scores"];
  }
  const std::vector<std::string> expected = read_lines(kFolder / "expected.jsonl.gz");
  ASSERT_EQ(expected.size(), 500u);
  ASSERT_EQ(samples.size(), 500u);
  for (const std::string& line : expected) {
    const json record = json::parse(line);
    const std::string id = record["id"];
    for (const auto& [name, value] : samples.at(id).items()) {
      expect_equal(value, record["scores"][name], id + " " + name);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Metrics, BundledSample,
                         testing::Values("bleu", "rouge-l", "cider", "meteor"));

}  // namespace
}  // namespace vernier::tests
