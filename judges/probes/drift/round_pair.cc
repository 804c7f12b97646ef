#include "judges/probes/drift/round_pair.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace vernier::probes::drift {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

double ratio(double part, double whole) { return whole > 0 ? part / whole : kNaN; }

/// New numbers from `next` on for items that both rounds together have at least `least` times,
/// kNone for others.
std::vector<std::uint32_t> renumber(const ItemLists& first, const ItemLists& second,
                                    std::size_t items, std::uint32_t least, std::uint32_t& next) {
  std::vector<std::uint32_t> numbers(items);
  for (const ItemLists* lists : {&first, &second}) {
    for (const std::uint32_t id : lists->ids) ++numbers[id];
  }
  for (std::uint32_t& number : numbers) number = number >= least ? next++ : kNone;
  return numbers;
}

}  // namespace

/// One side of an arrangement.
struct RoundPair::Side {
  std::array<Tally, kKinds> tallies;
  Sums sums;
  std::uint64_t covered = 0;  // words in common phrases
};

std::array<std::uint64_t, 3> sample_sizes(const Round& round) {
  std::array<std::uint64_t, 3> sizes{};
  for (std::size_t n = 0; n < 3; ++n) sizes[n] = (round.items[kWord + n].ids.size() + 1) / 2;
  return sizes;
}

RoundPair::RoundPair(const Round& first, const Round& second, const Numbering& numbering,
                     const PairOptions& options)
    : options_(options),
      sums_{first.sums, second.sums},
      entropy_(first.items[kWord].ids.size() + second.items[kWord].ids.size()) {
  std::array<std::vector<std::uint32_t>, kKinds> numbers;
  for (std::size_t k = 0; k < kKinds; ++k) {
    const auto kind = static_cast<Kind>(k);
    const std::uint32_t least = kind == kPhrase ? std::max(options.phrase_captions, 2u) : 2;
    begins_[k + 1] = begins_[k];
    numbers[k] =
        renumber(first.items[k], second.items[k], numbering.size(kind), least, begins_[k + 1]);
  }
  keep(first, 0, numbers);
  keep(second, 1, numbers);
}

void RoundPair::keep(const Round& round, int side,
                     std::span<const std::vector<std::uint32_t>> numbers) {
  Items& items = items_[side];
  const ItemLists& phrases = round.phrases_in_place;
  place_begins_[side].push_back(0);
  for (std::size_t i = 0; i < round.images(); ++i) {
    items.once.emplace_back();
    items.all.emplace_back();
    for (std::size_t k = 0; k < kKinds; ++k) {
      for (const std::uint32_t id : round.items[k].of(i)) {
        const std::uint32_t number = numbers[k][id];
        ++items.all.back()[k];
        if (number == kNone) {
          ++items.once.back()[k];
        } else {
          items.lists.ids.push_back(number);
        }
      }
    }
    items.lists.end_image();
    for (std::size_t n = phrases.begins[i]; n < phrases.begins[i + 1]; ++n) {
      const std::uint32_t number = numbers[kPhrase][phrases.ids[n]];
      if (number != kNone) places_[side].push_back({number, round.phrase_begins[n]});
    }
    place_begins_[side].push_back(static_cast<std::uint32_t>(places_[side].size()));
  }
}

void RoundPair::count(Sides sides, int side, Workspace& work, Side& out) const {
  std::vector<std::uint32_t>& counts = work.counts[side];
  counts.assign(begins_[kKinds], 0);
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (sides[i] == 0) continue;
    const Items& items = items_[sides[i] > 0 ? side : 1 - side];
    for (const std::uint32_t id : items.lists.of(i)) ++counts[id];
    for (std::size_t k = 0; k < kKinds; ++k) {
      out.tallies[k].once += items.once[i][k];
      out.tallies[k].total += items.all[i][k];
    }
  }
  for (std::size_t k = 0; k < kKinds; ++k) {
    out.tallies[k].counts =
        std::span<const std::uint32_t>(counts).subspan(begins_[k], begins_[k + 1] - begins_[k]);
  }
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (sides[i] == 0) continue;
    const int from = sides[i] > 0 ? side : 1 - side;
    out.sums.add(sums_[from][i]);
    std::uint32_t end = 0;
    for (std::size_t n = place_begins_[from][i]; n < place_begins_[from][i + 1]; ++n) {
      const Place& place = places_[from][n];
      if (counts[place.phrase] < options_.phrase_captions) continue;
      const std::uint32_t last = place.begin + static_cast<std::uint32_t>(kPhraseWords);
      out.covered += last - std::max(place.begin, end);
      end = last;
    }
  }
}

void RoundPair::measure_side(const Side& side, Values& out) const {
  const Sums& sums = side.sums;
  out.fill(kNaN);
  out[kLength] = ratio(sums.words, sums.captions);
  out[kLengthSpread] = std::sqrt(
      std::max(0.0, ratio(sums.squared_words, sums.captions) - out[kLength] * out[kLength]));
  for (std::size_t n = 0; n < 3; ++n) {
    const std::uint64_t sample = options_.samples[n];
    if (sample == 0) continue;
    out[kDistinct1 + n] = rarefied(side.tallies[kWord + n], sample) / static_cast<double>(sample);
  }
  out[kEntropy] = entropy_.bits(side.tallies[kWord]);
  const Tally& captions = side.tallies[kCaption];
  std::uint32_t most = captions.once > 0 ? 1 : 0;
  std::uint64_t duplicates = 0;
  for (const std::uint32_t count : captions.counts) {
    most = std::max(most, count);
    if (count > 1) duplicates += count;
  }
  out[kCommonest] = ratio(most, sums.captions);
  out[kDuplicates] = ratio(static_cast<double>(duplicates), sums.captions);
  out[kPhrases] = ratio(static_cast<double>(side.covered), sums.words);
  out[kRepeats] = ratio(sums.repeats, sums.captions);
  if (options_.scenes) out[kFactCount] = ratio(sums.facts, sums.captions);
  if (options_.objects) {
    const ChairScores scores = chair_scores(sums.chair);
    out[kChairI] = scores.chair_i;
    out[kChairS] = scores.chair_s;
    out[kRecall] = scores.recall;
  }
}

void RoundPair::measure(Sides sides, Workspace& work, Values& first, Values& second) const {
  Side a, b;
  count(sides, 0, work, a);
  count(sides, 1, work, b);
  measure_side(a, first);
  measure_side(b, second);
  second[kWordDivergence] = jensen_shannon(a.tallies[kWord], b.tallies[kWord]);
  if (!options_.scenes) return;
  second[kObjectDivergence] = jensen_shannon(a.tallies[kObject], b.tallies[kObject]);
  second[kObjectShift] = largest_shift(a.tallies[kObject].counts, b.tallies[kObject].counts);
}

std::vector<FactOverlap> fact_overlaps(const Round& first, const Round& round) {
  std::vector<FactOverlap> out;
  std::vector<std::uint32_t> both;
  for (std::size_t i = 0; i < first.images(); ++i) {
    const auto a = first.facts.of(i), b = round.facts.of(i);
    both.clear();
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    out.push_back({static_cast<double>(a.size()), static_cast<double>(b.size()),
                   static_cast<double>(both.size())});
  }
  return out;
}

double fact_measure(std::size_t measure, const FactOverlap& sums) {
  return measure == kCoverage ? ratio(sums.both, sums.first)
                              : ratio(sums.round - sums.both, sums.round);
}

}  // namespace vernier::probes::drift
