// Answers against those of people: normalisers, soft accuracy, ANLS, by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "judges/probes/answers/open/anls.h"
#include "judges/probes/answers/open/soft_accuracy.h"
#include "judges/probes/answers/score/clustered_ratio.h"

namespace vernier::probes {
namespace {

struct NormalRow {
  const char *answer, *vqa, *evalai;
};

TEST(VqaAnswers, Normalisers) {
  const std::string many(40, '.');
  const NormalRow rows[] = {
      {"Yes", "yes", "yes"},
      {" yes\n", "yes", "yes"},
      {"Yes.", "yes", "yes"},
      {"The dog", "dog", "dog"},
      {"a an the", "", ""},
      {"two", "2", "2"},
      {"none", "0", "0"},
      {"eleven", "eleven", "eleven"},
      {"dont", "don't", "don't"},
      {"Im", "im", "im"},  // the table has capitals, the word none
      {"somebody'd", "somebodyd", "somebodyd"},
      {"red-white", "red white", "red white"},  // no blank beside it: becomes one
      {"red - white", "red white", "red white"},
      {"red- white-blue", "red whiteblue", "red whiteblue"},  // one of them has: all go
      {"1,000", "1000", "1000"},
      {"1,000-2", "10002", "1000 2"},  // a comma in a number: all punctuation goes; evalai has none
      {"red,white", "red white", "redwhite"},  // evalai takes commas out first
      {"really?", "really", "really"},
      {"is it?no", "is it no", "is itno"},
      {"3.5", "3.5", "3.5"},
      {"U.S.", "us", "us"},
      {".5", ".5", ".5"},  // a digit follows
      {"dog's", "dog's", "dog 's"},
      {"(left)", "left", "left"},
      {"a/c", "c", "c"},  // "a c", and a is an article
      {"one\ttwo", "1 2", "1 2"},
      {"", "", ""},
  };
  for (const auto& [answer, vqa, evalai] : rows) {
    EXPECT_EQ(normalised_answer(answer, AnswerNormaliser::kVqa), vqa) << answer;
    EXPECT_EQ(normalised_answer(answer, AnswerNormaliser::kEvalAi), evalai) << answer;
  }
  // re.UNICODE is 32, and stands where the script's sub() takes a count.
  EXPECT_EQ(normalised_answer(many, AnswerNormaliser::kVqa), "........");
}

/// "yes 7, no 3": so many people each.
std::vector<std::string> people(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(", ", at), text.size());
    const std::string one = text.substr(at, end - at);
    const std::size_t blank = one.rfind(' ');
    out.insert(out.end(), std::stoul(one.substr(blank + 1)), one.substr(0, blank));
    at = end + 2;
  }
  return out;
}

double soft(std::string_view answer, const std::vector<std::string>& others,
            AnswerNormaliser normaliser, Normalise when) {
  return PeopleAnswers(others, normaliser).soft_accuracy(answer, when);
}

struct SoftRow {
  const char *answer, *people;
  double official, strict;
};

// Of ten people k agree: each of the k sees k - 1 others, the rest see k. Thirds, at most 1:
// k = 1: (0 + 9/3) / 10 = 0.3; 2: (2/3 + 8 * 2/3) / 10 = 0.6; 3: (3 * 2/3 + 7) / 10 = 0.9; 4: 1.
TEST(VqaAnswers, SoftAccuracy) {
  const SoftRow rows[] = {
      {"yes", "yes 10", 1, 1},
      {"no", "yes 10", 0, 0},
      {"yes", "yes 4, no 6", 1, 1},
      {"yes", "yes 3, no 7", 0.9, 0.9},
      {"yes", "yes 2, no 8", 0.6, 0.6},
      {"yes", "yes 1, no 9", 0.3, 0.3},
      {"maybe", "yes 1, no 9", 0, 0},
      {"Yes", "yes 10", 0, 1},  // unanimous: nothing is normalised
      {"Yes", "yes 9, no 1", 1, 1},
      {"yes.", "yes 10", 0, 1},
      {" yes ", "yes 10", 1, 1},  // but blanks are stripped
      {"2", "two 10", 0, 1},
      {"two", "2 10", 0, 1},
      {"two", "2 3, two 1, 3 6", 1, 1},  // 2 and two are one answer
      {"two", "two 10", 1, 1},
      {"the dog", "dog 2, a dog 1, cat 7", 0.9, 0.9},
      {"dont know", "don't know 2, no 8", 0.6, 0.6},
      {"", "yes 10", 0, 0},
      {"", "the 1, yes 9", 0.3, 0.3},  // an article alone is nothing
      {"yes", "yes 2, no 2", 2.0 / 4 * 1 / 3 + 2.0 / 4 * 2 / 3, 0.5},
      {"yes", "yes 4", 1, 1},  // three others
      {"yes", "yes 3", 2.0 / 3, 2.0 / 3},
  };
  for (const auto& [answer, others, official, strict] : rows) {
    const std::vector<std::string> all = people(others);
    EXPECT_NEAR(soft(answer, all, AnswerNormaliser::kVqa, Normalise::kUnlessUnanimous), official,
                1e-12)
        << answer << " of " << others;
    EXPECT_NEAR(soft(answer, all, AnswerNormaliser::kVqa, Normalise::kAlways), strict, 1e-12)
        << answer << " of " << others;
  }
  EXPECT_TRUE(std::isnan(soft("x", {}, AnswerNormaliser::kVqa, Normalise::kAlways)));
  // evalai parts the dog from its 's on both sides; a comma joins what vqa parts.
  EXPECT_NEAR(
      soft("red,white", people("redwhite 4, x 6"), AnswerNormaliser::kEvalAi, Normalise::kAlways),
      1, 1e-12);
  EXPECT_NEAR(
      soft("red,white", people("redwhite 4, x 6"), AnswerNormaliser::kVqa, Normalise::kAlways), 0,
      1e-12);
}

struct AnlsRow {
  const char* answer;
  std::vector<std::string> references;
  double expected;
};

TEST(VqaAnswers, Anls) {
  const AnlsRow rows[] = {
      {"abcd", {"abcd"}, 1},
      {"ABCD", {"abcd"}, 1},
      {"  ab \n cd ", {"ab cd"}, 1},
      {"abcx", {"abcd"}, 0.75},  // 1 of 4
      {"abxx", {"abcd"}, 0.5},   // exactly one half counts
      {"axxx", {"abcd"}, 0},     // 3 of 4: below the threshold
      {"abc", {"abcd"}, 0.75},   // 1 of the longer's 4
      {"abcde", {"abcd"}, 0.8},  // 1 of 5
      {"", {"abcd"}, 0},         // 4 of 4
      {"", {""}, 1},
      {"a", {""}, 0},
      {"abcx", {"zzzz", "abcd", "abcx y"}, 0.75},  // 1 of 4 beats 2 of 6
      {"caf\xC3\xA9", {"cafe"}, 0.75},             // code points, not bytes
      {"2014", {"2015"}, 0.75},
      {"the dog", {"dog"}, 0},  // 4 of 7, nothing is normalised away
      {"a dog", {"dog"}, 0.6},  // 2 of 5
  };
  for (const auto& [answer, references, expected] : rows) {
    EXPECT_NEAR(anls(answer, references), expected, 1e-12) << answer;
  }
  EXPECT_TRUE(std::isnan(anls("x", {})));
}

TEST(VqaAnswers, ClusteredRatio) {
  // Mean 0.5; offsets of clusters: (1 - 0.5) + (1 - 0.5) = 1 and -0.5 - 0.5 = -1; sqrt(2) / 4.
  const RatioTerm terms[] = {{1, 1, 0}, {1, 1, 0}, {0, 1, 1}, {0, 1, 1}};
  const RatioEstimate mean = clustered_ratio(terms);
  EXPECT_EQ(mean.value, 0.5);
  EXPECT_NEAR(mean.error, std::sqrt(2.0) / 4, 1e-15);
  EXPECT_EQ(mean.n, 4u);
  const RatioTerm one_image[] = {{1, 1, 3}, {0, 1, 3}};
  EXPECT_EQ(clustered_ratio(one_image).value, 0.5);
  EXPECT_TRUE(std::isnan(clustered_ratio(one_image).error));
  EXPECT_TRUE(std::isnan(clustered_ratio({}).value));
}

}  // namespace
}  // namespace vernier::probes
