// Words that people marked as invented: ours must find them at least as well as CHAIR does.
#include <gtest/gtest.h>

#include <cmath>

#include "runners/probe/words/words_study.h"
#include "tests/support/nltk_data.h"
#include "tests/support/shared.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

WordsStudy study(const std::string& file, bool own_tools, const std::string& objects = {}) {
  WordsOptions options;
  options.labelled = shared("data/meta_eval/" + file);
  if (!objects.empty()) options.objects.objects = shared(objects);
  if (own_tools) {
    options.objects.language.own = true;
  } else {
    options.objects.language.nltk = compiled_nltk();
  }
  options.resamples = 200;
  GlobalOptions global;
  global.quiet = true;
  return study_words(options, global);
}

void expect_better(const WordsPart& part) {
  EXPECT_GE(part.words.value.average_precision, part.chair.value.average_precision) << part.group;
  EXPECT_GE(part.words.value.area, part.chair.value.area) << part.group;
  EXPECT_GE(part.words.value.localisation, part.chair.value.localisation) << part.group;
}

TEST(WordsProbeOracle, Hat) {
  VERNIER_REQUIRE_SHARED("data/meta_eval/aloha");
  VERNIER_REQUIRE_WORDNET();
  for (const bool own : {false, true}) {
    const WordsStudy hat = study("aloha/hat-trainval.json.gz", own);
    EXPECT_EQ(hat.labelled.format, "hat");
    const WordsPart& all = hat.parts.at(0);
    EXPECT_EQ(all.texts, 400u);
    EXPECT_EQ(all.invented, 135u);
    expect_better(all);
    // Not by chance: the intervals of the differences lie above 0.
    EXPECT_GT(all.difference.average_precision.low, 0);
    EXPECT_GT(all.difference.localisation.low, 0);
    EXPECT_GT(all.words.value.average_precision, 0.45);
  }
}

TEST(WordsProbeOracle, NocapsFoil) {
  VERNIER_REQUIRE_SHARED("data/meta_eval/aloha");
  VERNIER_REQUIRE_WORDNET();
  const WordsStudy foil = study("aloha/nocaps-val-foil_part1.json.gz", false);
  ASSERT_EQ(foil.parts.size(), 4u);
  EXPECT_EQ(foil.parts[0].texts, 2500u);
  EXPECT_EQ(foil.parts[0].invented, 1250u);
  EXPECT_EQ(foil.parts[1].group, "in-domain");
  EXPECT_EQ(foil.parts[1].invented, 122u);
  EXPECT_EQ(foil.parts[2].invented, 747u);
  EXPECT_EQ(foil.parts[3].invented, 381u);
  for (const WordsPart& part : foil.parts) expect_better(part);
  EXPECT_GT(foil.parts[0].words.value.average_precision, 0.75);
  EXPECT_GT(foil.parts[0].words.value.localisation, 0.78);
  // Every replaced word was found in its caption.
  for (const probes::LabelledText& text : foil.labelled.texts) {
    EXPECT_EQ(text.places.size(), text.invented ? 1u : 0u) << text.id;
  }
}

TEST(WordsProbeOracle, FaithScore) {
  VERNIER_REQUIRE_SHARED("data/meta_eval/faithscore");
  VERNIER_REQUIRE_SHARED("data/chair");
  VERNIER_REQUIRE_WORDNET();
  const WordsStudy faith =
      study("faithscore/annotation.jsonl.gz", false, "data/chair/coco_objects.pattern.tsv.gz");
  EXPECT_EQ(faith.labelled.fact_scores.size(), 180u);
  EXPECT_EQ(faith.labelled.images.size(), 30u);
  const WordsPart& all = faith.parts.at(0);
  EXPECT_EQ(all.texts, 1380u);
  EXPECT_EQ(all.invented, 1380u - 1114u);
  EXPECT_GE(all.words.value.average_precision, all.chair.value.average_precision);
  EXPECT_GE(all.words.value.area, all.chair.value.area);
  EXPECT_TRUE(std::isnan(all.words.value.localisation));
}

}  // namespace
}  // namespace vernier::tests
