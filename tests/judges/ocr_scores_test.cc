// Transcripts against what is written, by hand.
#include "judges/probes/ocr/ocr_scores.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace vernier::probes {
namespace {

/// Counts as they come out of one record.
struct Row {
  const char *output, *reference;
  /// Of characters: replaced, inserted, deleted.
  std::uint64_t replaced, inserted, deleted;
  std::uint64_t word_edits;
  std::uint64_t invented, misread, missing;
};

constexpr Row kRows[] = {
    // Equal once white space is collapsed.
    {"abc", "abc", 0, 0, 0, 0, 0, 0, 0},
    {"", "", 0, 0, 0, 0, 0, 0, 0},
    {"  a  b ", "a b", 0, 0, 0, 0, 0, 0, 0},
    {"a\nb", "a b", 0, 0, 0, 0, 0, 0, 0},
    {"a\t\tb\r\n", "a b", 0, 0, 0, 0, 0, 0, 0},
    {"a\xC2\xA0"
     "b",
     "a b", 0, 0, 0, 0, 0, 0, 0},  // a no-break space is white
    // One edit.
    {"abd", "abc", 1, 0, 0, 1, 1, 0, 1},
    {"abcd", "abc", 0, 1, 0, 1, 1, 0, 1},
    {"ab", "abc", 0, 0, 1, 1, 1, 0, 1},
    {"Abc", "abc", 1, 0, 0, 1, 1, 0, 1},
    {"abc.", "abc", 0, 1, 0, 1, 1, 0, 1},
    {"caf\xC3\xA9", "cafe", 1, 0, 0, 1, 1, 0, 1},           // a code point, not two bytes
    {"\xE7\x8A\xAC", "\xE7\x8C\xAB", 1, 0, 0, 1, 1, 0, 1},  // one Chinese character
    {"\xF0\x9F\x98\x80", "x", 1, 0, 0, 1, 1, 0, 1},         // an emoji
    {"0", "O", 1, 0, 0, 1, 1, 0, 1},
    // Several.
    {"kitten", "sitting", 2, 0, 1, 1, 1, 0, 1},
    {"sitting", "kitten", 2, 1, 0, 1, 1, 0, 1},
    {"xyz", "abc", 3, 0, 0, 1, 1, 0, 1},
    {"abab", "ab", 0, 2, 0, 1, 1, 0, 1},
    {"abcdef", "abc", 0, 3, 0, 1, 1, 0, 1},
    // Blanks count as characters, and part words.
    {"ab c", "abc", 0, 1, 0, 2, 2, 0, 1},
    {"helloworld", "hello world", 0, 0, 1, 2, 1, 0, 2},
    {"hello world", "helloworld", 0, 1, 0, 2, 2, 0, 1},
    // Nothing said, nothing written.
    {"", "abc", 0, 0, 3, 1, 0, 0, 1},
    {"", "ab cd", 0, 0, 5, 2, 0, 0, 2},
    {"abc", "", 0, 3, 0, 1, 1, 0, 0},
    {"ab cd", "", 0, 5, 0, 2, 2, 0, 0},
    // Words left out or added.
    {"one three", "one two three", 0, 0, 4, 1, 0, 0, 1},
    {"one two three", "one three", 0, 4, 0, 1, 1, 0, 0},
    {"one", "one two", 0, 0, 4, 1, 0, 0, 1},
    {"two", "one two", 0, 0, 4, 1, 0, 0, 1},
    {"one two", "one", 0, 4, 0, 1, 1, 0, 0},
    {"a b c d", "b c d", 0, 2, 0, 1, 1, 0, 0},
    {"b c d", "a b c d", 0, 0, 2, 1, 0, 0, 1},
    {"a x c", "a b c", 1, 0, 0, 1, 1, 0, 1},
    {"a c", "a b c", 0, 0, 2, 1, 0, 0, 1},
    // The same words in another order: edits, but nothing is invented.
    {"b a", "a b", 2, 0, 0, 2, 0, 0, 0},
    {"bb aa", "aa bb", 4, 0, 0, 2, 0, 0, 0},
    // Words that repeat: as often as they are written they are there.
    {"a a", "a", 0, 2, 0, 1, 1, 0, 0},
    {"a a a", "a a", 0, 2, 0, 1, 1, 0, 0},
    {"a", "a a", 0, 0, 2, 1, 0, 0, 1},
    {"a b a", "a b", 0, 2, 0, 1, 1, 0, 0},
    {"no no no no", "no", 0, 9, 0, 3, 3, 0, 0},
    // Misread: five letters or more, one edit, in the place of a missing word.
    {"invoce", "invoice", 0, 0, 1, 1, 1, 1, 1},
    {"invoicee", "invoice", 0, 1, 0, 1, 1, 1, 1},
    {"inv0ice", "invoice", 1, 0, 0, 1, 1, 1, 1},
    {"inv0lce", "invoice", 2, 0, 0, 1, 1, 0, 1},  // two edits
    {"four", "five", 3, 0, 0, 1, 1, 0, 1},
    {"tota", "total", 0, 0, 1, 1, 1, 0, 1},  // four letters
    {"totals", "total", 0, 1, 0, 1, 1, 1, 1},
    {"total totals", "total", 0, 7, 0, 1, 1, 0, 0},   // total is not missing
    {"totals totalk", "total", 0, 8, 0, 2, 2, 1, 1},  // one place, one misreading
    {"h\xC3\xA9llo", "hello", 1, 0, 0, 1, 1, 1, 1},
    {"worldd hellp", "hello world", 8, 1, 0, 2, 2, 2, 2},  // the blanks stay over each other
    // Numbers.
    {"1,000", "1000", 0, 1, 0, 1, 1, 1, 1},
    {"12:30", "12.30", 1, 0, 0, 1, 1, 1, 1},
    {"$5", "5", 0, 1, 0, 1, 1, 0, 1},
    // Longer than what is written: above 100 %.
    {"the sign says stop", "stop", 0, 14, 0, 3, 3, 0, 0},
    {"I see no text", "", 0, 13, 0, 4, 4, 0, 0},
    {"EXIT exit", "EXIT", 0, 5, 0, 1, 1, 0, 0},
};

TEST(OcrScores, SixtyRows) {
  EXPECT_GE(std::size(kRows), 60u);
  for (const Row& row : kRows) {
    const std::string reference = row.reference;
    const OcrRecord record = read_ocr_record(row.output, std::span(&reference, 1), {});
    const std::string shown = std::string(row.output) + " / " + reference;
    EXPECT_EQ(record.characters.replaced, row.replaced) << shown;
    EXPECT_EQ(record.characters.inserted, row.inserted) << shown;
    EXPECT_EQ(record.characters.deleted, row.deleted) << shown;
    EXPECT_EQ(record.words.all(), row.word_edits) << shown;
    EXPECT_EQ(record.difference.invented.size(), row.invented) << shown;
    const std::vector<bool>& misread = record.difference.misread;
    EXPECT_EQ(std::count(misread.begin(), misread.end(), true),
              static_cast<std::ptrdiff_t>(row.misread))
        << shown;
    EXPECT_EQ(record.difference.missing.size(), row.missing) << shown;
    EXPECT_EQ(record.exact, row.replaced + row.inserted + row.deleted == 0) << shown;
  }
}

struct NormalisedRow {
  const char *output, *reference;
  OcrNormalisation normalisation;
  std::uint64_t edits;
};

TEST(OcrScores, Normalisation) {
  const OcrNormalisation none, lower{true, false, false}, bare{false, true, false},
      compatible{false, false, true}, all{true, true, true};
  const NormalisedRow rows[] = {
      {"STOP", "stop", none, 4},
      {"STOP", "stop", lower, 0},
      {"\xC3\x84", "\xC3\xA4", lower, 0},
      {"stop!", "stop", none, 1},
      {"stop!", "stop", bare, 0},
      {"don't", "dont", bare, 0},
      {"a - b", "a b", bare, 0},          // a mark alone leaves no blank behind
      {"$5", "5", bare, 1},               // a symbol is no punctuation
      {"\xEF\xAC\x81n", "fin", none, 2},  // the ligature fi
      {"\xEF\xAC\x81n", "fin", compatible, 0},
      {"\xEF\xBC\xA1", "a", all, 0},  // full-width A
      {"\xE2\x80\x9CHi\xE2\x80\x9D", "hi", all, 0},
  };
  for (const auto& [output, reference, normalisation, edits] : rows) {
    const std::string text = reference;
    EXPECT_EQ(read_ocr_record(output, std::span(&text, 1), normalisation).characters.all(), edits)
        << output << " / " << reference;
  }
  EXPECT_EQ(normalisation_text(none), "none");
  EXPECT_EQ(normalisation_text(all), "nfkc+case+punctuation");
}

TEST(OcrScores, TheNearestReferenceCounts) {
  const std::vector<std::string> references = {"exit only", "exits", "exit", "exit"};
  const OcrRecord record = read_ocr_record("exit", references, {});
  EXPECT_EQ(record.chosen, 2u);  // the first of two that are equal
  EXPECT_TRUE(record.exact);
  // 4 of 9 is nearer than 3 of 5: the rate decides, not the number of edits.
  const std::vector<std::string> rates = {"abxyz", "abcdefghi"};
  EXPECT_EQ(read_ocr_record("abcde", rates, {}).chosen, 1u);
  const std::vector<std::string> nothing = {"x", ""};
  EXPECT_EQ(read_ocr_record("", nothing, {}).chosen, 1u);
}

TEST(OcrScores, Totals) {
  const std::vector<std::string> written = {"abcd", "ab\ncd ef", "", "", "xy"};
  const std::vector<std::string> said = {"abcx", "ab\ncd eg", "", "hi", ""};
  std::vector<OcrRecord> records;
  for (std::size_t n = 0; n < said.size(); ++n) {
    records.push_back(read_ocr_record(said[n], std::span(&written[n], 1), {}));
  }
  const std::vector<std::uint32_t> clusters = {0, 1, 2, 3, 4};
  const OcrScores scores = score_ocr(records, clusters);
  // Characters: 1 of 4, 1 of 8, 2 of 2. Words: 1 of 1, 1 of 3, 1 of 1.
  EXPECT_NEAR(scores.cer.value, 4.0 / 14, 1e-15);
  EXPECT_NEAR(scores.mean_cer.value, (0.25 + 0.125 + 1) / 3, 1e-15);
  EXPECT_NEAR(scores.wer.value, 3.0 / 5, 1e-15);
  EXPECT_NEAR(scores.mean_wer.value, (1 + 1.0 / 3 + 1) / 3, 1e-15);
  // Said: abcx; ab cd eg; hi: three of five invented. Written but not said: abcd; ef; xy.
  EXPECT_NEAR(scores.invented.value, 3.0 / 5, 1e-15);
  EXPECT_NEAR(scores.missing.value, 3.0 / 5, 1e-15);
  EXPECT_EQ(scores.exact.part, 1u);  // both empty
  EXPECT_EQ(scores.exact.whole, 5u);
  EXPECT_EQ(scores.exact_lines.part, 1u);  // "ab"
  EXPECT_EQ(scores.exact_lines.whole, 4u);
  EXPECT_EQ(scores.both_empty, 1u);
  EXPECT_EQ(scores.said_of_nothing, 1u);
  EXPECT_EQ(scores.empty_outputs, 1u);
  // Off the ratio: 1 - 4 * 2/7, 1 - 8 * 2/7, 2 - 2 * 2/7, over 14.
  EXPECT_NEAR(scores.cer.error,
              std::sqrt(std::pow(-1.0 / 7, 2) + std::pow(-9.0 / 7, 2) + std::pow(10.0 / 7, 2)) / 14,
              1e-15);
}

TEST(OcrScores, NothingWrittenAnywhere) {
  const std::string nothing;
  const std::vector<OcrRecord> records = {read_ocr_record("", std::span(&nothing, 1), {})};
  const std::vector<std::uint32_t> clusters = {0};
  const OcrScores scores = score_ocr(records, clusters);
  EXPECT_TRUE(std::isnan(scores.cer.value));
  EXPECT_TRUE(std::isnan(scores.invented.value));
  EXPECT_TRUE(std::isnan(scores.missing.value));
}

TEST(OcrScores, LoopsAreNotTheTableThatRepeats) {
  std::string loop = "total due", table;
  for (int n = 0; n < 30; ++n) loop += " thank you for your visit";
  for (int n = 0; n < 30; ++n) table += "0 0 0 0 ";
  const std::string written = "total due thank you for your visit";
  EXPECT_TRUE(read_ocr_record(loop, std::span(&written, 1), {}).loops);
  EXPECT_FALSE(read_ocr_record(table, std::span(&table, 1), {}).loops);
  EXPECT_FALSE(read_ocr_record(written, std::span(&written, 1), {}).loops);
}

TEST(OcrScores, WithinOneEdit) {
  EXPECT_TRUE(within_one_edit("abc", "abc"));
  EXPECT_TRUE(within_one_edit("abc", "abd"));
  EXPECT_TRUE(within_one_edit("abc", "ab"));
  EXPECT_TRUE(within_one_edit("bc", "abc"));
  EXPECT_TRUE(within_one_edit("", "a"));
  EXPECT_FALSE(within_one_edit("abc", "acb"));
  EXPECT_FALSE(within_one_edit("abc", "a"));
  EXPECT_FALSE(within_one_edit("abcd", "xbcy"));
}

}  // namespace
}  // namespace vernier::probes
