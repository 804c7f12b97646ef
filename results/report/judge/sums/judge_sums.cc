#include "results/report/judge/sums/judge_sums.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "results/report/judge/reading/judge_note.h"
#include "results/statistics/intervals/interval.h"
#include "results/statistics/rank_correlation.h"

namespace vernier::report {
namespace {

std::size_t tenth_of(double share) {
  return static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * 10 * (1 - 1e-12));
}

Middle middle_of(std::vector<double> values, bool small_is_bad) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  return {quantile_of_sorted(values, 0.5), quantile_of_sorted(values, small_is_bad ? 0.1 : 0.9),
          small_is_bad ? values.front() : values.back()};
}

/// The share of pairs that are equal.
double tied_share(const std::vector<double>& values) {
  const KendallCounts counts = kendall(values, values);
  return counts.pairs == 0 ? 0
                           : static_cast<double>(counts.ties_x) / static_cast<double>(counts.pairs);
}

NamedCounts by_frequency(const std::map<std::string, std::uint64_t>& counts) {
  NamedCounts out(counts.begin(), counts.end());
  std::ranges::stable_sort(out, std::greater(), &NamedCounts::value_type::second);
  return out;
}

void scale(std::array<double, 10>& sums, std::uint64_t count) {
  for (double& sum : sums) sum /= static_cast<double>(std::max<std::uint64_t>(count, 1));
}

/// The first of a stable order, as many as lists hold.
template <class Item, class Key>
void keep_first(std::vector<Item>& items, Key key) {
  std::ranges::stable_sort(items, {}, key);
  if (items.size() > kLeastSure) items.erase(items.begin() + kLeastSure, items.end());
}

class Ratings {
 public:
  void add(std::size_t n, const JudgeNote& note) {
    if (!note.rating || !note.score) return;
    samples_.push_back(n);
    spreads_.push_back(note.rating->spread);
    entropies_.push_back(note.rating->entropy_bits);
    masses_.push_back(note.rating->mass);
    scores_.push_back(*note.score);
    raws_.push_back(note.rating->raw);
    sums_.wide += note.rating->spread > RatingSums::kWide;
    if (note.deciles.empty()) return;
    ++sums_.with_deciles;
    for (std::size_t d = 0; d < note.deciles.size(); ++d) sums_.expected[d] += note.deciles[d];
    ++sums_.scored[tenth_of(*note.score / 100)];
  }

  RatingSums finish() {
    sums_.count = samples_.size();
    if (samples_.empty()) return sums_;
    sums_.spread = middle_of(spreads_, false);
    sums_.entropy_bits = middle_of(entropies_, false);
    sums_.mass = middle_of(masses_, true);
    scale(sums_.expected, sums_.with_deciles);
    scale(sums_.scored, sums_.with_deciles);
    sums_.tied = tied_share(scores_);
    sums_.raw_tied = tied_share(raws_);
    find_commonest();
    std::vector<std::size_t> order(samples_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    keep_first(order, [&](std::size_t i) { return -spreads_[i]; });
    for (const std::size_t i : order) sums_.least_sure.push_back(samples_[i]);
    return sums_;
  }

 private:
  void find_commonest() {
    std::map<double, std::uint64_t> counts;
    for (const double raw : raws_) ++counts[raw];
    std::uint64_t most = 0;
    for (const auto& [raw, count] : counts) {
      if (count <= most) continue;
      most = count;
      sums_.commonest = raw;
    }
    sums_.commonest_share = static_cast<double>(most) / static_cast<double>(raws_.size());
  }

  RatingSums sums_;
  std::vector<std::size_t> samples_;
  std::vector<double> spreads_, entropies_, masses_, scores_, raws_;
};

class Claims {
 public:
  void add(std::size_t n, const JudgeNote& note) {
    sums_.captions += !note.claims.empty();
    for (const AskedClaim& claim : note.claims) {
      ++sums_.claims;
      ++kinds_[claim.kind][claim.verdict];
      ++sums_.p_yes[tenth_of(claim.p_yes)];
      sums_.least_sure.push_back({n, claim.text, claim.p_yes});
      // Large runs have millions of claims.
      if (sums_.least_sure.size() >= 64 * kLeastSure) keep_least_sure();
    }
  }

  ClaimSums finish() {
    keep_least_sure();
    scale(sums_.p_yes, sums_.claims);
    for (const auto& [kind, verdicts] : kinds_) {
      sums_.kinds.emplace_back(kind, by_frequency(verdicts));
    }
    return sums_;
  }

 private:
  void keep_least_sure() {
    keep_first(sums_.least_sure,
               [](const ClaimSums::Unsure& one) { return std::abs(one.p_yes - 0.5); });
  }

  ClaimSums sums_;
  std::map<std::string, std::map<std::string, std::uint64_t>> kinds_;
};

void add_vote(VoteSums& sums, const RivalVote& vote) {
  switch (vote_of(vote)) {
    case Vote::kWin:
      ++sums.wins;
      break;
    case Vote::kLoss:
      ++sums.losses;
      break;
    case Vote::kFirst:
      ++sums.first;
      break;
    case Vote::kSecond:
      ++sums.second;
      break;
  }
}

}  // namespace

Vote vote_of(const RivalVote& vote) {
  const bool first = vote.first > 0.5, second = vote.second > 0.5;
  if (first == second) return first ? Vote::kWin : Vote::kLoss;
  return first ? Vote::kFirst : Vote::kSecond;
}

JudgeSums sum_notes(const Run& run) {
  JudgeSums sums;
  std::map<std::string, std::uint64_t> statuses, flags;
  Ratings ratings;
  Claims claims;
  for (std::size_t n = 0; n < run.samples().size(); ++n) {
    const auto note = judge_note(run.samples()[n].meta);
    if (!note) continue;
    ++sums.samples;
    if (!note->status.empty()) ++statuses[note->status];
    for (const std::string& flag : note->flags) ++flags[flag];
    ratings.add(n, *note);
    claims.add(n, *note);
    if (note->vote) add_vote(sums.votes, *note->vote);
  }
  sums.statuses = by_frequency(statuses);
  sums.flags = by_frequency(flags);
  sums.ratings = ratings.finish();
  sums.claims = claims.finish();
  return sums;
}

}  // namespace vernier::report
