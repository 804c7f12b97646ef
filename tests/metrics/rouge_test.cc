#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/error.h"
#include "metrics/rouge/lcs/union_lcs.h"
#include "metrics/rouge/rouge_lsum.h"
#include "metrics/rouge/rouge_n.h"
#include "metrics/rouge/rouge_score_l.h"
#include "metrics/text/rouge/porter_stemmer.h"
#include "metrics/text/rouge/rouge_tokenizer.h"
#include "tests/support/score_samples.h"

namespace vernier::tests {
namespace {

std::string stem(std::string word) {
  word.resize(text::porter_stem(word));
  return word;
}

TEST(PorterStemmer, StemsAsNltkDoes) {
  const std::pair<const char*, const char*> vectors[] = {{"riding", "ride"},
                                                         {"dies", "die"},
                                                         {"flies", "fli"},
                                                         {"enjoyment", "enjoy"},
                                                         {"happily", "happili"},
                                                         {"generally", "gener"},
                                                         {"hopefully", "hope"},
                                                         {"geology", "geolog"},
                                                         {"agreed", "agre"},
                                                         {"controlling", "control"},
                                                         {"caresses", "caress"},
                                                         {"ponies", "poni"},
                                                         {"ties", "tie"},
                                                         {"eve", "eve"},
                                                         {"cats", "cat"},
                                                         {"feed", "feed"},
                                                         {"plastered", "plaster"},
                                                         {"bled", "bled"},
                                                         {"motoring", "motor"},
                                                         {"sing", "sing"},
                                                         {"conflated", "conflat"},
                                                         {"troubled", "troubl"},
                                                         {"sized", "size"},
                                                         {"hopping", "hop"},
                                                         {"falling", "fall"},
                                                         {"hissing", "hiss"},
                                                         {"fizzed", "fizz"},
                                                         {"failing", "fail"},
                                                         {"filing", "file"},
                                                         {"happy", "happi"},
                                                         {"sky", "sky"},
                                                         {"enjoy", "enjoy"},
                                                         {"relational", "relat"},
                                                         {"conditional", "condit"},
                                                         {"rational", "ration"},
                                                         {"vietnamization", "vietnam"},
                                                         {"sensibility", "sensibl"},
                                                         {"electrical", "electr"},
                                                         {"hopefulness", "hope"},
                                                         {"adoption", "adopt"},
                                                         {"replacement", "replac"},
                                                         {"probate", "probat"},
                                                         {"cease", "ceas"},
                                                         {"roll", "roll"},
                                                         {"died", "die"},
                                                         {"spied", "spi"},
                                                         {"owed", "owe"},
                                                         {"syzygy", "syzygi"},
                                                         {"1980s", "1980"},
                                                         {"3rd", "3rd"}};
  for (const auto& [word, expected] : vectors) EXPECT_EQ(stem(word), expected) << word;
}

TEST(PorterStemmer, KnowsIrregularWords) {
  const std::pair<const char*, const char*> vectors[] = {
      {"skies", "sky"},        {"dying", "die"},       {"lying", "lie"},      {"tying", "tie"},
      {"news", "news"},        {"innings", "inning"},  {"outing", "outing"},  {"howe", "howe"},
      {"cannings", "canning"}, {"proceed", "proceed"}, {"succeed", "succeed"}};
  for (const auto& [word, expected] : vectors) EXPECT_EQ(stem(word), expected) << word;
}

TEST(PorterStemmer, TakesWordsOfAnyLength) {
  for (const char* word : {"", "s", "y", "is", "by"}) EXPECT_EQ(stem(word), word);
  EXPECT_EQ(stem("sss"), "sss");
  EXPECT_EQ(stem("ies"), "i");
  EXPECT_EQ(stem(std::string(1'000'000, 'y') + "ing").size(), 1'000'000u);
}

std::string tokens(std::string_view text, bool stem = false, bool keep_lines = false) {
  text::TokenList list;
  text::make_rouge_tokenizer(stem, keep_lines)->tokenize(text, "", list);
  std::string joined;
  for (std::size_t i = 0; i < list.size(); ++i) {
    joined += list[i];
    joined += '|';
  }
  return joined;
}

TEST(RougeTokenizer, KeepsLettersAndDigitsOnly) {
  EXPECT_EQ(tokens("The quick-brown fox's 2nd_jump!"), "the|quick|brown|fox|s|2nd|jump|");
  EXPECT_EQ(tokens(""), "");
  EXPECT_EQ(tokens(" \n\t.,!"), "");
  EXPECT_EQ(tokens("a\nb\r\nc"), "a|b|c|");
}

TEST(RougeTokenizer, DropsWhatIsNotAsciiInLowerCase) {
  EXPECT_EQ(tokens("caf\u00E9s na\u00EFve \u4E2D\u6587 x\U0001F600y"), "caf|s|na|ve|x|y|");
  EXPECT_EQ(tokens("5\u212Am \u0130stanbul K\u0130\u212A"), "5km|i|stanbul|ki|k|");
}

TEST(RougeTokenizer, StemsLongTokensOnly) {
  EXPECT_EQ(tokens("A dog was riding its skies", true), "a|dog|was|ride|its|sky|");
}

TEST(RougeTokenizer, CanKeepLineFeeds) {
  EXPECT_EQ(tokens("a dog\n\nruns\r\nfast", false, true), "a|dog|\n|\n|runs|\n|fast|");
  EXPECT_EQ(text::make_rouge_tokenizer(false)->name(), "rouge");
  EXPECT_EQ(text::make_rouge_tokenizer(true)->name(), "rouge-stem");
  EXPECT_EQ(text::make_rouge_tokenizer(false, true)->name(), "rouge-lines");
  EXPECT_EQ(text::make_rouge_tokenizer(true, true)->name(), "rouge-stem-lines");
}

std::vector<std::unique_ptr<Metric>> all_metrics(RougeOptions options = {}) {
  std::vector<std::unique_ptr<Metric>> metrics;
  for (int n = 1; n <= 3; ++n) metrics.push_back(make_rouge_n(n, options));
  metrics.push_back(make_rouge_score_l(options));
  metrics.push_back(make_rouge_lsum(options));
  return metrics;
}

// F1, precision, recall of one sample.
std::vector<double> score(std::unique_ptr<Metric> metric, const std::string& candidate,
                          const std::vector<std::string>& references) {
  std::vector<std::unique_ptr<Metric>> metrics;
  metrics.push_back(std::move(metric));
  return score_samples(std::move(metrics), {{candidate, references}}).sentence[0];
}

void expect_score(const std::vector<double>& score, double f, double precision, double recall) {
  EXPECT_DOUBLE_EQ(score[0], f);
  EXPECT_DOUBLE_EQ(score[1], precision);
  EXPECT_DOUBLE_EQ(score[2], recall);
}

TEST(Rouge, QuickBrownFox) {
  const std::string reference = "The quick brown fox jumps over the lazy dog";
  const std::string candidate = "The quick brown dog jumps on the log.";
  expect_score(score(make_rouge_n(1, {}), candidate, {reference}), 12.0 / 17, 6.0 / 8, 6.0 / 9);
  expect_score(score(make_rouge_n(2, {}), candidate, {reference}), 4.0 / 15, 2.0 / 7, 2.0 / 8);
  expect_score(score(make_rouge_score_l({}), candidate, {reference}), 10.0 / 17, 5.0 / 8, 5.0 / 9);
  expect_score(score(make_rouge_lsum({}), candidate, {reference}), 10.0 / 17, 5.0 / 8, 5.0 / 9);
}

TEST(Rouge, CountsAnNgramAsOftenAsTheTextThatHasFewer) {
  expect_score(score(make_rouge_n(1, {}), "the the the cat", {"the the dog"}), 4.0 / 7, 2.0 / 4,
               2.0 / 3);
  expect_score(score(make_rouge_n(2, {}), "a b a b", {"a b c a b d a b"}), 4.0 / 10, 2.0 / 3,
               2.0 / 7);
}

TEST(Rouge, StemsWhenAsked) {
  expect_score(score(make_rouge_n(1, {.stem = true}), "horses riding", {"horse rides"}), 1, 1, 1);
  expect_score(score(make_rouge_n(1, {}), "horses riding", {"horse rides"}), 0, 0, 0);
}

TEST(Rouge, TakesTheFirstReferenceOfLargestF) {
  // Both references give F = 2/3, with precision and recall exchanged.
  const std::string a = "x y z w", b = "p q";
  expect_score(score(make_rouge_n(1, {}), "x y", {"b", a}), 2.0 / 3, 1, 0.5);
  expect_score(score(make_rouge_n(1, {}), "x y", {"x", a}), 2.0 / 3, 0.5, 1);
  expect_score(score(make_rouge_n(1, {}), "x y", {a, "x", b}), 2.0 / 3, 1, 0.5);
}

TEST(Rouge, LsumJoinsTheSentencesOfTheCandidate) {
  const std::string reference = "w1 w2 w3 w4 w5";
  const std::string candidate = "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5";
  const std::string reversed = "w1 w3 w8 w9 w5\nw1 w2 w6 w7 w8";
  expect_score(score(make_rouge_lsum({}), candidate, {reference}), 8.0 / 15, 0.4, 0.8);
  expect_score(score(make_rouge_lsum({}), reversed, {reference}), 8.0 / 15, 0.4, 0.8);
  // rouge-score-l ignores the line feed: w1 w3 w5.
  expect_score(score(make_rouge_score_l({}), reversed, {reference}), 6.0 / 15, 0.3, 0.6);
}

TEST(Rouge, LsumIgnoresSentencesWithoutWords) {
  const auto expected = score(make_rouge_lsum({}), "a b c\nd e", {"d e\na c"});
  EXPECT_EQ(score(make_rouge_lsum({}), "\n\na b c\n...\nd e\n", {"!\nd e\n\na c"}), expected);
  expect_score(expected, 8.0 / 9, 0.8, 1);
}

TEST(Rouge, EmptyTextsScoreZero) {
  const Scored scored = score_samples(
      all_metrics(), {{"", {"a b"}}, {"a b", {""}}, {"", {""}}, {"...", {"\n", "!"}}});
  for (const auto& sentence : scored.sentence) {
    for (const double value : sentence) EXPECT_EQ(value, 0);
  }
  for (const double value : scored.corpus) EXPECT_EQ(value, 0);
}

TEST(Rouge, CorpusScoreIsTheMean) {
  const Scored scored = score_samples(all_metrics(), {{"a b c d", {"a b c d"}}, {"a", {"b"}}});
  for (const double value : scored.corpus) EXPECT_EQ(value, 0.5);
}

TEST(Rouge, NamesSayWhatIsComputed) {
  const auto rouge_2 = make_rouge_n(2, {});
  EXPECT_EQ(rouge_2->name(), "rouge-2");
  ASSERT_EQ(rouge_2->score_names().size(), 3u);
  EXPECT_EQ(rouge_2->score_names()[0], "rouge-2");
  EXPECT_EQ(rouge_2->score_names()[1], "rouge-2-precision");
  EXPECT_EQ(rouge_2->score_names()[2], "rouge-2-recall");
  EXPECT_EQ(rouge_2->signature(), "rouge-2|stem:no|ref:best-f|tok:rouge|impl:rouge_score|v:1.0.0");
  EXPECT_EQ(make_rouge_score_l({})->name(), "rouge-score-l");
  EXPECT_EQ(make_rouge_lsum({.stem = true})->signature(),
            "rouge-lsum|stem:porter|ref:best-f|tok:rouge-stem-lines|impl:rouge_score|v:1.0.0");
  EXPECT_THROW(make_rouge_n(0, {}), Error);
  EXPECT_THROW(make_rouge_n(5, {}), Error);
}

TEST(Rouge, SurvivesHostileTexts) {
  std::string words, lines;
  for (int i = 0; i < 300'000; ++i) {
    words += "a ";
    lines += "a\n";
  }
  const std::string letters(1'000'000, 'y');
  const Scored scored = score_samples(all_metrics({.stem = true}),
                                      {{words, {words}}, {lines, {lines}}, {letters, {letters}}});
  for (const auto& sentence : scored.sentence) EXPECT_EQ(sentence[0], 1);
}

using Numbers = std::vector<std::uint32_t>;

// The definition: a full table, read from its end.
void mark_by_table(const Numbers& a, const Numbers& b, std::vector<std::uint8_t>& marked) {
  std::vector<std::vector<int>> table(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1
                                         : std::max(table[i - 1][j], table[i][j - 1]);
    }
  }
  for (std::size_t i = a.size(), j = b.size(); i > 0 && j > 0;) {
    if (a[i - 1] == b[j - 1]) {
      marked[--i] = 1;
      --j;
    } else if (table[i][j - 1] > table[i - 1][j]) {
      --j;
    } else {
      --i;
    }
  }
}

TEST(UnionLcs, MarksWhatTheTableMarks) {
  std::mt19937 engine(1);
  const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
  const auto numbers = [&](std::size_t size, std::uint32_t words) {
    Numbers list(size);
    for (auto& x : list) x = random() % words;
    return list;
  };
  UnionLcs lcs;  // one for all, as in a worker
  const auto compare = [&](std::size_t size, std::size_t other_size, std::uint32_t words) {
    Numbers sentence = numbers(size, words);
    for (auto& x : sentence) {
      if (random() % 8 == 0) x = UnionLcs::kNoWord;
    }
    std::vector<std::uint8_t> expected(size);
    lcs.start(sentence, words);
    for (int k = 0; k < 3; ++k) {
      const Numbers other = numbers(other_size, words);
      mark_by_table(sentence, other, expected);
      lcs.add(other);
      ASSERT_TRUE(std::ranges::equal(lcs.marked(), expected)) << size << " " << other_size;
    }
  };
  for (int round = 0; round < 3000; ++round) {
    compare(random() % 30, random() % 30, 1 + random() % 12);
  }
  for (int round = 0; round < 200; ++round) {
    compare(random() % 300, random() % 300, 1 + random() % 100);
  }
  compare(3000, 3500, 2);     // tables beyond the size that is kept whole
  compare(3000, 3500, 1500);  // with words of few positions
}

}  // namespace
}  // namespace vernier::tests
