// Relations on people's captions, where the truth is known by construction, and Tri-HE's graphs.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "runners/probe/relation/relation_study.h"
#include "tests/support/command.h"
#include "tests/support/shared.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

using probes::FactKind;
using probes::FactVerdict;

/// Five captions by image, of the first 300 images.
std::vector<std::pair<std::string, std::vector<std::string>>> flickr_images() {
  std::vector<std::pair<std::string, std::vector<std::string>>> images;
  for (const std::string& line : read_lines(shared("data/captions/flickr8k_en.tsv.gz"))) {
    const std::string image = line.substr(0, line.find('\t'));
    if (images.empty() || images.back().first != image) {
      if (images.size() == 300) break;
      images.push_back({image, {}});
    }
    images.back().second.push_back(line.substr(line.rfind('\t') + 1));
  }
  return images;
}

TEST(RelationsProbeOracle, TellsAnImagesOwnCaptionFromAnothers) {
  VERNIER_REQUIRE_SHARED("data/captions/flickr8k_en.tsv.gz");
  VERNIER_REQUIRE_WORDNET();
  const auto images = flickr_images();
  ASSERT_EQ(images.size(), 300u);
  const TemporaryFolder folder;
  const auto study = [&](std::size_t shift) {
    std::string captions, references;
    for (std::size_t i = 0; i < images.size(); ++i) {
      const auto& texts = images[i].second;
      captions += nlohmann::json{{"image_id", images[i].first},
                                 {"caption", images[(i + shift) % images.size()].second[0]}}
                      .dump() +
                  "\n";
      references += nlohmann::json{{"image_id", images[i].first},
                                   {"references", std::vector(texts.begin() + 1, texts.end())}}
                        .dump() +
                    "\n";
    }
    RelationOptions options;
    options.captions = folder.write("captions.jsonl", captions);
    options.references = folder.write("references.jsonl", references);
    options.language.own = true;
    GlobalOptions global;
    global.quiet = true;
    return study_relations(options, global);
  };
  const RelationStudy own = study(0), other = study(1);
  for (const FactKind kind : {FactKind::kObject, FactKind::kAttribute, FactKind::kRelation}) {
    const auto a = element_scores(own.counts, kind), b = element_scores(other.counts, kind);
    EXPECT_EQ(own.counts.all(kind), other.counts.all(kind)) << "the same captions";
    EXPECT_GT(a.precision, 2 * b.precision) << static_cast<int>(kind);
    EXPECT_GT(a.recall, 2 * b.recall) << static_cast<int>(kind);
  }
  EXPECT_GT(element_scores(own.counts, FactKind::kObject).precision, 0.7);
  EXPECT_LT(element_scores(other.counts, FactKind::kObject).precision, 0.35);
  // Unusual relations are doubted more often than usual ones.
  EXPECT_GT(own.by_subject.front().low, own.by_subject.back().high);
}

TEST(RelationsProbeOracle, ReadsTriHe) {
  VERNIER_REQUIRE_SHARED("data/relation/tri-he.json.gz");
  const SceneFile file = read_scenes(shared("data/relation/tri-he.json.gz"));
  EXPECT_EQ(file.images.size(), 300u);
  std::size_t relations = 0;
  for (const ImageScene& scene : file.images) relations += scene.relations.size();
  EXPECT_EQ(relations, 5729u);
}

}  // namespace
}  // namespace vernier::tests
