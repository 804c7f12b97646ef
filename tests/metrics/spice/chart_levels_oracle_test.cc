// Every kind of processor's code fills the same chart.
#include <gtest/gtest.h>

#include "metrics/spice/chart/best_tree.h"
#include "metrics/spice/chart/chart.h"
#include "tests/metrics/spice/parse_blocks.h"
#include "tests/metrics/spice/parse_trees.h"

namespace vernier::spice {
namespace {

TEST(ChartLevels, FillTheSameChart) {
  VERNIER_REQUIRE_SHARED("data/spice_grammar");
  const auto rules =
      std::make_shared<const ChartRules>(Grammar::read(tests::shared(tests::kGrammarFile)));
  std::vector<std::vector<std::string_view>> sentences;
  const std::vector<tests::ParseBlock> blocks = tests::read_parse_blocks("dev");
  for (std::size_t n = 0; n < blocks.size(); n += 20) {
    for (const auto& sentence : blocks[n].sentences) {
      sentences.emplace_back(sentence.words.begin(), sentence.words.end());
    }
  }
  // Longer than two and than three blocks of ends.
  for (const std::size_t words : {std::size_t{17}, std::size_t{35}, std::size_t{49}}) {
    std::vector<std::string_view>& sentence = sentences.emplace_back();
    for (std::size_t n = 0; sentence.size() < words; ++n) {
      const auto& more = sentences[n % 5];
      sentence.insert(sentence.end(), more.begin(), more.end());
    }
    sentence.resize(words);
  }
  WordCells cells(rules);
  Chart portable(rules, run_steps_of(CpuLevel::kPortable));
  for (const CpuLevel level : {CpuLevel::kAvx2, CpuLevel::kAvx512}) {
    if (level > cpu_level()) continue;
    Chart other(rules, run_steps_of(level));
    for (const auto& sentence : sentences) {
      portable.fill(cells.find(sentence, false));
      other.fill(cells.find(sentence, false));
      for (std::size_t begin = 0; begin < sentence.size(); ++begin) {
        for (std::size_t end = begin + 1; end <= sentence.size(); ++end) {
          for (std::size_t state = 0; state < rules->states(); ++state) {
            const auto s = static_cast<ChartState>(state);
            ASSERT_EQ(portable.score(s, begin, end), other.score(s, begin, end))
                << sentence.size() << " words, " << begin << " to " << end;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace vernier::spice
