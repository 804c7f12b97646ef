// The metric from captions to scores.
#include "metrics/spice/spice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "base/error.h"
#include "metrics/meteor/data/data_writer.h"
#include "metrics/registry.h"
#include "metrics/spice/caption/sentences.h"
#include "metrics/spice/score/spice_row.h"
#include "metrics/spice/score/tuple_memory.h"
#include "metrics/text/tokenizer.h"
#include "tests/support/command.h"
#include "tests/support/score_samples.h"

namespace vernier::tests {
namespace {

using spice::Category;

/// Synonyms of a few words, in the format of METEOR's data.
std::string synonyms(const TemporaryFolder& folder) {
  meteor::SynonymTables tables;
  tables.synsets["man"] = {1, 2};
  tables.synsets["guy"] = {2};
  tables.synsets["horse"] = {3};
  meteor::DataWriter writer(std::move(tables));
  const std::string path = folder.path("synonyms.bin").string();
  writer.write(path);
  return path;
}

Scored score(const std::vector<TextSample>& samples, const std::string& data) {
  std::vector<std::unique_ptr<Metric>> metrics;
  metrics.push_back(make_spice_fast({{}, data, text::open_tokenizer("ptb")}));
  return score_samples(std::move(metrics), samples);
}

TEST(Spice, ScoresOfACaption) {
  const TemporaryFolder folder;
  const Scored got = score({{"A guy rides a horse.", {"a man rides a horse"}},
                            {"a dog", {"a man rides a horse", "a horse"}},
                            {"", {"a man"}},
                            {"a brown horse", {""}}},
                           synonyms(folder));
  ASSERT_EQ(got.corpus.size(), spice::kCategoryCount);
  EXPECT_EQ(got.sentence[0][0], 1);  // guy is man
  EXPECT_EQ(got.sentence[1][0], 0);
  EXPECT_EQ(got.sentence[2][0], 0);  // empty captions score nothing, and count
  EXPECT_EQ(got.sentence[3][0], 0);
  EXPECT_DOUBLE_EQ(got.corpus[0], 0.25);
  // No reference says a colour: no score of colours, and none in the mean.
  EXPECT_TRUE(std::isnan(got.sentence[0][std::size_t(Category::kColor)]));
  EXPECT_TRUE(std::isnan(got.corpus[std::size_t(Category::kColor)]));
  // Three samples have objects in their references.
  EXPECT_DOUBLE_EQ(got.corpus[std::size_t(Category::kObject)], 1.0 / 3);
  EXPECT_TRUE(std::isnan(got.sentence[3][std::size_t(Category::kObject)]));
  EXPECT_NE(got.signatures[0].find("spice-fast|ver:1.0|parser:vernier|weights:"), std::string::npos)
      << got.signatures[0];
}

TEST(Spice, ASentenceTooLongHasNoScoreAndIsLeftOut) {
  const TemporaryFolder folder;
  std::string endless = "a man";
  for (int n = 0; n < 600; ++n) endless += " rides a horse";
  const Scored got = score({{"a man rides a horse", {"a man rides a horse"}},
                            {endless, {"a man rides a horse"}},
                            {"a man rides a horse", {"a man rides a horse", endless}}},
                           synonyms(folder));
  EXPECT_EQ(got.sentence[0][0], 1);
  EXPECT_TRUE(std::isnan(got.sentence[1][0]));
  EXPECT_TRUE(std::isnan(got.sentence[2][0]));
  EXPECT_EQ(got.corpus[0], 1);
}

TEST(Spice, AggregatesFromRowsAlone) {
  const TemporaryFolder folder;
  const Scored got = score({{"a man", {"a man"}}}, synonyms(folder));
  for (const char* name : {"spice", "spice-fast"}) {
    const auto aggregator = make_spice_aggregator(name);
    ASSERT_NE(aggregator, nullptr);
    EXPECT_EQ(aggregator->name(), name);
    EXPECT_EQ(aggregator->score_names()[1], std::string(name) + "/object");
    std::vector<double> scores(spice::kCategoryCount);
    aggregator->aggregate(got.rows[0], 1, scores);
    EXPECT_EQ(scores[0], got.corpus[0]);
  }
  EXPECT_EQ(make_spice_aggregator("meteor"), nullptr);
}

TEST(Spice, TheGrammarThatIsMissingIsNamedWithWhatToDo) {
  try {
    make_spice({"/nowhere/englishPCFG.ser.gz", "", text::open_tokenizer("ptb")});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kResource);
    const std::string what = error.what();
    EXPECT_NE(what.find("/nowhere/englishPCFG.ser.gz"), std::string::npos);
    EXPECT_NE(what.find("vernier data import-grammar JAR_OR_FILE"), std::string::npos);
    EXPECT_NE(what.find("spice-fast"), std::string::npos);
  }
}

TEST(SpiceSentences, EndAtMarksAndTakeClosingQuotesAlong) {
  spice::SentenceSplitter splitter;
  const auto split = [&](std::vector<std::string_view> words) {
    std::string out;
    const std::size_t count = splitter.split(words);
    for (std::size_t n = 0; n < count; ++n) {
      if (n > 0) out += " / ";
      for (const std::string_view token : splitter.sentence(n)) out += std::string(token) + ' ';
      out.pop_back();
    }
    return out;
  };
  EXPECT_EQ(split({}), "");
  EXPECT_EQ(split({"a", "dog"}), "a dog");
  EXPECT_EQ(split({"look", "!!", "a", "dog"}), "look !! / a dog");
  EXPECT_EQ(split({"a", "dog", "?!"}), "a dog ?!");
  EXPECT_EQ(split({"!!"}), "!!");
  EXPECT_EQ(split({"stop", "!!", "\u201D", "he", "says"}), "stop !! '' / he says");
  // What the first pass kept together comes apart.
  EXPECT_EQ(split({"a", "dog", "cannot", "fly"}), "a dog can not fly");
}

TEST(SpiceMemory, KeepsWhatIsAskedForAndForgetsTheRest) {
  spice::TupleMemory memory;
  spice::ConceptTexts texts(nullptr);
  spice::TupleList list;
  list.add(list.add_name("dog"));
  spice::CaptionTuples dog;
  dog.assign(list, texts);
  const std::vector<WordId> caption = {7, 8};
  memory.add(caption, dog);
  std::vector<WordId> other = {0, 0};
  for (WordId n = 0; n < 200'000; ++n) {
    other[0] = n + 100;
    memory.add(other, {});
    if (n % 10'000 == 0) {
      ASSERT_NE(memory.find(caption), nullptr) << n;
    }
  }
  std::size_t seen = 0;
  memory.find(caption)->for_each([&](std::span<const spice::TextId> tuple) {
    ++seen;
    EXPECT_EQ(texts.text(tuple[0]), "dog");
  });
  EXPECT_EQ(seen, 1u);
  other[0] = 100;
  EXPECT_EQ(memory.find(other), nullptr);
}

}  // namespace
}  // namespace vernier::tests
