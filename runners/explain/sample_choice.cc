#include "runners/explain/sample_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/printable.h"
#include "base/spelling/edit_distance.h"
#include "results/compare/moved_samples.h"

namespace vernier {
namespace {

constexpr std::size_t kIdsNamed = 3, kLongestId = 200;

/// How unlike two ids are: hardly, where one holds the other (42 and
/// COCO_val2014_000000000042.jpg).
std::size_t unlikeness(std::string_view id, std::string_view wanted) {
  const bool holds =
      id.find(wanted) != std::string_view::npos || wanted.find(id) != std::string_view::npos;
  return holds && !id.empty() && !wanted.empty() ? 1 : edit_distance(id, wanted);
}

/// The ids of a run that look most like one that it has not.
std::vector<std::string> near_ids(const Run& run, std::string_view wanted) {
  wanted = wanted.substr(0, kLongestId);
  struct Near {
    std::size_t unlike, sample;
  };
  std::vector<Near> all;
  for (std::size_t n = 0; n < run.samples().size(); ++n) {
    const std::string_view id = run.samples()[n].id.substr(0, kLongestId);
    const std::size_t unlike = unlikeness(id, wanted);
    if (unlike <= std::max<std::size_t>(1, wanted.size() / 2)) all.push_back({unlike, n});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Near& a, const Near& b) { return a.unlike < b.unlike; });
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < std::min(all.size(), kIdsNamed); ++i) {
    ids.push_back(printable(run.samples()[all[i].sample].id, 80));
  }
  return ids;
}

bool is_worse(double a, double b, bool less_is_better) { return less_is_better ? a > b : a < b; }

}  // namespace

std::size_t find_sample(const Run& run, std::string_view id) {
  const std::size_t found = run.find(id);
  if (found != Run::npos) return found;
  const std::vector<std::string> near = near_ids(run, id);
  const std::string hint =
      near.empty() ? fmt::format("the first of its {} samples is {}", run.samples().size(),
                                 run.samples().empty() ? "-" : run.samples()[0].id)
                   : fmt::format("did you mean {}?", fmt::join(near, ", "));
  throw Error(ExitCode::kUsage,
              fmt::format("{}: no sample '{}'; {}", run.name(), printable(id, 80), hint));
}

RankedSamples rank_samples(const Run& run, std::string_view score, Order order) {
  const std::vector<std::string_view> names = run.header().score_names();
  std::size_t column = 0;
  if (score.empty()) {
    column = usual_score(names);
  } else {
    const auto named = std::find(names.begin(), names.end(), score);
    if (named == names.end()) {
      throw Error(ExitCode::kUsage, fmt::format("{}: has no score '{}'; it has {}", run.name(),
                                                printable(score, 80), fmt::join(names, ", ")));
    }
    column = static_cast<std::size_t>(named - names.begin());
  }
  const bool less_is_better = run.header().less_is_better(column);
  const auto before = [&](std::size_t a, std::size_t b) {
    const double x = run.scores(a)[column], y = run.scores(b)[column];
    if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y);
    return order == Order::kWorstFirst ? is_worse(x, y, less_is_better)
                                       : is_worse(y, x, less_is_better);
  };
  RankedSamples out{std::string(names[column]), std::vector<std::size_t>(run.samples().size())};
  std::iota(out.samples.begin(), out.samples.end(), std::size_t{0});
  std::stable_sort(out.samples.begin(), out.samples.end(), before);
  return out;
}

std::size_t worse_samples(const Run& run, std::size_t score, std::size_t sample) {
  const bool less_is_better = run.header().less_is_better(score);
  const double value = run.scores(sample)[score];
  std::size_t count = 0;
  for (std::size_t n = 0; n < run.samples().size(); ++n) {
    count += is_worse(run.scores(n)[score], value, less_is_better);
  }
  return count;
}

}  // namespace vernier
