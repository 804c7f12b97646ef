// Every caption of Flickr30k and Flickr8k, and every text of the oracle's sets, against the tokens
// of the Java tokeniser.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "metrics/text/ptb/ptb_tokenizer.h"
#include "tests/support/shared.h"

namespace vernier::text {
namespace {

std::string after_tabs(const std::string& line, int tabs) {
  std::size_t pos = 0;
  for (int i = 0; i < tabs; ++i) pos = line.find('\t', pos) + 1;
  return line.substr(pos);
}

TEST(PtbTokenizerOracle, AllFlickrCaptions) {
  VERNIER_REQUIRE_SHARED("data/oracle/ptb_tokens.tsv.gz");
  const auto want = tests::read_lines(tests::shared("data/oracle/ptb_tokens.tsv.gz"));
  const auto tokenizer = make_ptb_tokenizer({.drop_punctuation = false});
  std::size_t line = 0, different = 0;
  for (const char* file : {"flickr30k_en", "flickr8k_en"}) {
    const auto captions =
        tests::read_lines(tests::shared("data/captions/" + std::string(file) + ".tsv.gz"));
    for (std::size_t i = 0; i < captions.size(); ++i, ++line) {
      ASSERT_LT(line, want.size());
      TokenList tokens;
      tokenizer->tokenize(after_tabs(captions[i], 2),
                          i + 1 < captions.size() ? after_tabs(captions[i + 1], 2) : "", tokens);
      if (tokens.joined() != after_tabs(want[line], 3) && ++different <= 10) {
        ADD_FAILURE() << captions[i] << "\n ours " << tokens.joined() << "\n want " << want[line];
      }
    }
  }
  EXPECT_EQ(line, want.size());
  EXPECT_EQ(line, 195530u);
  EXPECT_EQ(different, 0u);
}

TEST(PtbTokenizerOracle, AllSets) {
  VERNIER_REQUIRE_SHARED("data/oracle/sets");
  const auto tokenizer = make_ptb_tokenizer({});
  std::size_t texts = 0;
  for (const auto& folder :
       std::filesystem::directory_iterator(tests::shared("data/oracle/sets"))) {
    const auto samples = tests::read_lines(folder.path() / "samples.jsonl.gz");
    const auto expected = tests::read_lines(folder.path() / "expected.jsonl.gz");
    ASSERT_EQ(samples.size(), expected.size()) << folder.path();
    // The wrapper tokenises all candidates in one file, all references in another.
    std::vector<std::string> text[2], want[2];
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const auto sample = nlohmann::json::parse(samples[i]);
      const auto answer = nlohmann::json::parse(expected[i]);
      text[0].push_back(sample["candidate"]);
      want[0].push_back(answer["candidate_tokens"]);
      for (const auto& r : sample["references"]) text[1].push_back(r);
      for (const auto& r : answer["reference_tokens"]) want[1].push_back(r);
    }
    for (int side = 0; side < 2; ++side) {
      ASSERT_EQ(text[side].size(), want[side].size());
      for (std::size_t i = 0; i < text[side].size(); ++i, ++texts) {
        TokenList tokens;
        tokenizer->tokenize(text[side][i], i + 1 < text[side].size() ? text[side][i + 1] : "",
                            tokens);
        EXPECT_EQ(tokens.joined(), want[side][i]) << folder.path() << ": " << text[side][i];
      }
    }
  }
  EXPECT_GT(texts, 50000u);
}

}  // namespace
}  // namespace vernier::text
