// Respelling and signatures of words, by the examples of the original.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "metrics/spice/grammar/words/respelling.h"
#include "metrics/spice/grammar/words/signature.h"

namespace vernier::spice {
namespace {

TEST(SpiceWords, Respelling) {
  EXPECT_EQ(respelling_count(), 129u);
  const std::vector<std::pair<std::string, std::string>> examples = {
      {"monday", "Monday"},
      {"december", "December"},
      {"may", "may"},
      {"march", "march"},
      {"SUNDAY", "SUNDAY"},
      {"colour", "color"},
      {"parlours", "parlors"},
      {"odour", "odour"},
      {"odours", "odours"},
      {"flours", "flours"},
      {"x-colour", "x-colour"},
      {"savoury", "savoury"},
      {"haemoglobin", "haemoglobin"},
      {"haematology", "hematology"},
      {"haemoaemia", "hemoaemia"},
      {"deprogramme", "deprogram"},
      {"programmes", "programs"},
      {"grey", "gray"},
      {"Grey", "Grey"},
      {"theatres", "theaters"},
      {"glamour", "glamour"},
      {"Labour", "Labor"},
      {"troubadours", "troubadours"},
      {"our", "our"},
      {"hour", "hour"},
      {"hours", "hours"},
      {"neighbourhoods", "neighborhoods"},
      {"favourites", "favorites"},
      {"", ""},
      {"dog", "dog"}};
  std::string buffer;
  for (const auto& [word, expected] : examples) {
    EXPECT_EQ(respell(word, buffer), expected) << word;
  }
  // Ends in -aemia, which comes before leukaem-.
  EXPECT_EQ(respell("leukaemia", buffer), "leukemia");
  EXPECT_EQ(respell("leukaemic", buffer), "leukemic");
  EXPECT_EQ(respell("Leukaemic", buffer), "Leukemic");
}

TEST(SpiceWords, Signatures) {
  struct Example {
    const char *word, *first, *later;
  };
  const Example examples[] = {
      {"dog", "UNK-LC", "UNK-LC"},
      {"Dog", "UNK-INIT", "UNK-UC"},
      {"DoG", "UNK-INIT", "UNK-UC"},
      {"DOG", "UNK-ALLC", "UNK-ALLC"},
      {"dOg", "UNK-LC", "UNK-LC"},
      {"wxyz", "UNK-LCz", "UNK-LCz"},
      {"wug-like", "UNK-LC-DASHe", "UNK-LC-DASHe"},
      {"Wug-Like", "UNK-INIT-DASHe", "UNK-UC-DASHe"},
      {"42", "UNK-NUM", "UNK-NUM"},
      {"42b", "UNK-LC-DIG", "UNK-LC-DIG"},
      {"B52", "UNK-ALLC-DIG", "UNK-ALLC-DIG"},
      {"3:30", "UNK-DIG", "UNK-DIG"},
      {"--", "UNK-DASH", "UNK-DASH"},
      {"4-5", "UNK-DASH-DIG", "UNK-DASH-DIG"},
      {"U.S.", "UNK-ALLC.", "UNK-ALLC."},
      {"!!!!", "UNK!", "UNK!"},
      {"\u00c9clair", "UNK-INITr", "UNK-UCr"},
      {"iPhone", "UNK-LCe", "UNK-LCe"},
      {"\u0663\u0664", "UNK-NUM", "UNK-NUM"},
      {"\u65e5\u672c\u8a9e\u6587", "UNK\u6587", "UNK\u6587"},
      {"\u01c5abc", "UNK-INITc", "UNK-UCc"},
      {"\u00aabc", "UNK-LC", "UNK-LC"},
      {"\U0001F600\U0001F600", "UNK\uFFFD", "UNK\uFFFD"},
  };
  for (const Example& example : examples) {
    EXPECT_EQ(word_signature(example.word, true), example.first) << example.word;
    EXPECT_EQ(word_signature(example.word, false), example.later) << example.word;
  }
}

}  // namespace
}  // namespace vernier::spice
