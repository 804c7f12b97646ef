// Ruling out references before their alignment must not change which one is the best.
#include <gtest/gtest.h>

#include <random>

#include "metrics/meteor/data/data_writer.h"
#include "metrics/meteor/meteor.h"
#include "tests/support/command.h"
#include "tests/support/score_samples.h"
#include "tests/support/whitespace_tokenizer.h"

namespace vernier {
namespace {

using tests::Scored;
using tests::TextSample;

std::string write_data(const tests::TemporaryFolder& folder) {
  meteor::SynonymTables tables;
  tables.synsets = {{"dog", {1, 2}}, {"hound", {2}}, {"cat", {3}},    {"mouse", {4}},
                    {"rodent", {4}}, {"run", {5}},   {"sprint", {5}}, {"race", {5, 6}}};
  meteor::DataWriter writer(std::move(tables));
  writer.add_paraphrase("in front of", "before");
  writer.add_paraphrase("in front of", "ahead of");
  writer.add_paraphrase("a lot of", "many");
  writer.add_paraphrase("the dog", "the hound in");
  writer.add_paraphrase("of", "in");
  const std::string path = folder.path("data.bin").string();
  writer.write(path);
  return path;
}

Scored score(const std::string& data, const std::vector<TextSample>& samples) {
  std::vector<std::unique_ptr<Metric>> metrics;
  metrics.push_back(make_meteor({data, true, std::make_shared<tests::WhitespaceTokenizer>()}));
  return tests::score_samples(std::move(metrics), samples);
}

class Texts {
 public:
  std::string draw(std::size_t longest) {
    const std::size_t words = std::uniform_int_distribution<std::size_t>(0, longest)(random_);
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
      text += i == 0 ? "" : " ";
      text += kPieces[std::uniform_int_distribution<std::size_t>(0, kPieces.size() - 1)(random_)];
    }
    return text;
  }

 private:
  static constexpr std::array<std::string_view, 22> kPieces = {
      "the",    "a",        "of",     "in",       "dog",     "hound",       "dogs", "cat",
      "cats",   "mouse",    "rodent", "run",      "running", "sprint",      "race", "in front of",
      "before", "ahead of", "many",   "a lot of", "the dog", "the hound in"};
  std::mt19937_64 random_{20261125};
};

void expect_best_of_each_alone(const std::vector<TextSample>& together) {
  const tests::TemporaryFolder folder;
  const std::string data = write_data(folder);
  std::vector<TextSample> alone;
  for (const TextSample& sample : together) {
    for (const std::string& reference : sample.references) {
      alone.push_back({sample.candidate, {reference}});
    }
  }
  const Scored all = score(data, together), each = score(data, alone);
  for (std::size_t n = 0, first = 0; n < together.size();
       first += together[n++].references.size()) {
    std::size_t best = first;
    for (std::size_t r = first; r < first + together[n].references.size(); ++r) {
      if (each.sentence[r][0] > each.sentence[best][0]) best = r;
    }
    ASSERT_EQ(all.rows[n], each.rows[best])
        << together[n].candidate << " / reference " << best - first;
  }
}

std::vector<TextSample> random_samples(std::size_t count, std::size_t longest) {
  Texts texts;
  std::vector<TextSample> samples;
  for (std::size_t n = 0; n < count; ++n) {
    TextSample& sample = samples.emplace_back(TextSample{texts.draw(longest), {}});
    for (std::size_t r = 0; r < 1 + n % 6; ++r) sample.references.push_back(texts.draw(longest));
  }
  return samples;
}

TEST(MeteorBound, TheBestOfSeveralIsTheBestOfEachAlone) {
  expect_best_of_each_alone(random_samples(20000, 12));
}

TEST(MeteorBound, ForTextsBeyondTheWidthOfItsMasksToo) {
  expect_best_of_each_alone(random_samples(120, 90));
}

// More matches than are kept until all bounds are known.
TEST(MeteorBound, ForOneWordOverAndOverToo) {
  const auto dogs = [](std::size_t count, const std::string& end) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "dog ";
    return text + end;
  };
  expect_best_of_each_alone({{dogs(300, "cat"), {dogs(290, "x"), "dog cat", dogs(299, "cat")}},
                             {dogs(300, "cat"), {dogs(299, "cat"), dogs(299, "cat"), "dog"}},
                             {dogs(300, "cat"), {"a cat", dogs(280, "x"), ""}}});
}

}  // namespace
}  // namespace vernier
