// The language tools that CHAIR and AMBER stand on, against NLTK's and pattern.en's own output.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "metrics/text/lemmas/pattern_singular.h"
#include "metrics/text/lemmas/word_net.h"
#include "metrics/text/nltk/nltk_data.h"
#include "metrics/text/nltk/word_tokenizer.h"
#include "metrics/text/sentences/sentence_splitter.h"
#include "metrics/text/tags/perceptron_tagger.h"
#include "tests/support/command.h"
#include "tests/support/shared.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

TEST(NltkOracle, SentencesTokensAndTags) {
  VERNIER_REQUIRE_SHARED("data/nlp");
  const TemporaryFolder folder;
  const text::NltkData imported = text::read_nltk_folder(shared("data/nlp"));
  const std::string file = folder.path("nltk-en.bin");
  text::write_nltk_data(imported, file);
  const auto data = text::NltkData::open(file);
  EXPECT_EQ(data->digest, imported.digest);
  EXPECT_EQ(data->punkt.abbreviations.size(), 156u);
  EXPECT_EQ(data->punkt.contexts.size(), 20366u);
  EXPECT_EQ(data->tagger.weights.size(), 271206u);
  const text::SentenceSplitter splitter(data->punkt);
  const text::PerceptronTagger tagger(data->tagger);
  text::NltkWordTokenizer tokenizer;
  std::size_t texts = 0, wrong = 0;
  for (const std::string& line : read_lines(shared("data/nlp/golden_tokens_tags.jsonl.gz"))) {
    const auto golden = nlohmann::json::parse(line);
    const std::string text = golden["text"];
    std::vector<std::string_view> sentences;
    splitter.split(text, sentences);
    text::TokenList tokens;
    std::vector<text::TokenPlace> places;
    std::vector<std::string_view> tags;
    for (const std::string_view sentence : sentences) {
      tokenizer.tokenize(sentence, static_cast<std::size_t>(sentence.data() - text.data()), tokens,
                         places);
    }
    tagger.tag(tokens, tags);
    std::vector<std::string> words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      words.emplace_back(tokens[i]);
      const std::string source = text.substr(places[i].begin, places[i].end - places[i].begin);
      const bool quote = source == "\"";
      EXPECT_EQ(quote ? words.back().substr(1) : source,
                quote ? words.back().substr(1) : words.back());
    }
    const bool same = std::vector<std::string>(sentences.begin(), sentences.end()) ==
                          golden["sentences"].get<std::vector<std::string>>() &&
                      words == golden["tokens"].get<std::vector<std::string>>() &&
                      std::vector<std::string>(tags.begin(), tags.end()) ==
                          golden["tags"].get<std::vector<std::string>>();
    EXPECT_TRUE(same) << text << "\n"
                      << golden["tokens"] << "\n"
                      << nlohmann::json(words) << "\n"
                      << nlohmann::json(sentences);
    wrong += !same;
    ++texts;
    if (wrong > 3) break;
  }
  EXPECT_EQ(texts, 800u);
}

TEST(NltkOracle, SingularsAndLemmas) {
  VERNIER_REQUIRE_SHARED("data/chair");
  VERNIER_REQUIRE_WORDNET();
  const auto net = text::WordNet::open(text::kWordNetFolder);
  const auto lines = read_lines(shared("data/chair/word_normalisation.tsv.gz"));
  std::size_t words = 0;
  for (std::size_t n = 1; n < lines.size(); ++n) {
    std::vector<std::string> cells;
    std::string cell;
    for (const char c : lines[n] + '\t') {
      if (c == '\t') {
        cells.push_back(cell);
        cell.clear();
      } else {
        cell += c;
      }
    }
    ASSERT_EQ(cells.size(), 5u) << lines[n];
    EXPECT_EQ(text::pattern_singular(cells[0]), cells[1]) << cells[0];
    EXPECT_EQ(net->lemma(cells[0], text::WordClass::kNoun), cells[2]) << cells[0];
    EXPECT_EQ(net->lemma(cells[0], text::WordClass::kVerb), cells[3]) << cells[0];
    EXPECT_EQ(net->lemma(cells[0], text::WordClass::kAdjective), cells[4]) << cells[0];
    ++words;
  }
  EXPECT_EQ(words, 9364u);
}

}  // namespace
}  // namespace vernier::tests
