// The edit distances behind TER against the textbook matrix.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "metrics/sacrebleu/ter/beam_edit_distance.h"
#include "metrics/sacrebleu/ter/bit_edit_distance.h"
#include "metrics/sacrebleu/ter/shift_edits.h"

namespace vernier {
namespace {

using Words = std::vector<std::uint32_t>;

std::uint32_t levenshtein(const Words& a, const Words& b) {
  Words row(b.size() + 1);
  for (std::uint32_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (const std::uint32_t word : a) {
    std::uint32_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::uint32_t replaced = diagonal + (word != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

// Words 0 to `kinds`; a reference has no 0.
Words random_words(std::mt19937& random, std::size_t length, std::uint32_t kinds,
                   std::uint32_t least) {
  std::uniform_int_distribution<std::uint32_t> word(least, kinds);
  Words words(length);
  for (std::uint32_t& w : words) w = word(random);
  return words;
}

TEST(BitEditDistance, IsLevenshteinForAllLengthsAndContinuesFromAnyPrefix) {
  std::mt19937 random(7);
  for (const std::size_t length : {1, 2, 31, 63, 64, 65, 127, 128, 129, 200, 257}) {
    for (const std::uint32_t kinds : {1u, 2u, 9u, 60u}) {
      const Words reference = random_words(random, length, kinds, 1);
      BitEditDistance distance;
      distance.set_reference(reference, kinds + 1);
      for (int round = 0; round < 8; ++round) {
        Words hypothesis = random_words(random, random() % 280, kinds, round % 2);
        distance.set_base(hypothesis);
        EXPECT_EQ(distance.distance(hypothesis, 0), levenshtein(hypothesis, reference));
        const std::size_t same = hypothesis.empty() ? 0 : random() % hypothesis.size();
        for (std::size_t i = same; i < hypothesis.size(); ++i) {
          hypothesis[i] = 1 + static_cast<std::uint32_t>(random() % kinds);
        }
        EXPECT_EQ(distance.distance(hypothesis, same), levenshtein(hypothesis, reference));
      }
    }
  }
}

TEST(BitEditDistance, CarriesRunThroughAnyNumberOfBlocks) {
  const Words reference(300, 1);
  BitEditDistance distance;
  distance.set_reference(reference, 2);
  for (const std::size_t length : {1, 64, 128, 192, 256, 299, 300, 400}) {
    const Words hypothesis(length, 1);
    distance.set_base(hypothesis);
    EXPECT_EQ(distance.distance(hypothesis, 0), levenshtein(hypothesis, reference)) << length;
  }
}

TEST(BeamEditDistance, IsLevenshteinWhereItsBandHoldsTheMatrixAndNeverLess) {
  std::mt19937 random(8);
  int inside = 0;
  for (int round = 0; round < 400; ++round) {
    const Words reference = random_words(random, 1 + random() % 70, 6, 1);
    const Words hypothesis = random_words(random, 1 + random() % 70, 6, 0);
    BeamEditDistance beam;
    beam.set_reference(reference);
    beam.set_length(hypothesis.size());
    const std::uint32_t got = beam.set_base(hypothesis, 0);
    const std::uint32_t true_distance = levenshtein(hypothesis, reference);
    inside += beam.covers_everything();
    if (beam.covers_everything()) {
      EXPECT_EQ(got, true_distance);
    }
    EXPECT_GE(got, true_distance);
    // The alignment has as many errors on each side as the distance says.
    const auto& alignment = beam.align();
    EXPECT_LE(alignment.errors_before.back(), got);
    EXPECT_LE(alignment.reference_errors_before.back(), got);
    EXPECT_GE(alignment.errors_before.back() + alignment.reference_errors_before.back(), got);
    EXPECT_EQ(beam.distance(hypothesis, 0, got + 1), got);
    if (got > 0) {
      EXPECT_GE(beam.distance(hypothesis, 0, got), got);
    }
  }
  EXPECT_GT(inside, 50);
}

TEST(ShiftEdits, CountsABlockMoveAsOneEdit) {
  ShiftEdits edits;
  const Words reference = {10, 11, 12, 13, 14, 15, 16, 17};
  EXPECT_EQ(edits.count(reference, reference), 0u);
  EXPECT_EQ(edits.count(Words{14, 15, 16, 17, 10, 11, 12, 13}, reference), 1u);
  EXPECT_EQ(edits.count(Words{13, 10, 11, 12, 14, 15, 16, 99}, reference), 2u);
  EXPECT_EQ(edits.count(Words{}, reference), 8u);
  EXPECT_EQ(edits.count(reference, Words{}), 8u);
  EXPECT_EQ(edits.count(Words{}, Words{}), 0u);
}

}  // namespace
}  // namespace vernier
