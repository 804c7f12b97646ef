#include "results/compare/moved_samples.h"

#include <algorithm>
#include <cmath>

namespace vernier {

MovedSamples moved_samples(const PairedRuns& runs, const PairedRuns::Score& score,
                           std::size_t most) {
  MovedSamples out;
  for (std::size_t n = 0; n < runs.samples(); ++n) {
    const auto [a, b] = runs.sentence_scores(n, score);
    const MovedSample sample{n, runs.partner(n), a, b};
    const double gain = score.less_is_better ? sample.a - sample.b : sample.b - sample.a;
    if (std::isnan(gain)) {
      ++out.undefined_count;
    } else if (gain < 0) {
      out.worse.push_back(sample);
    } else if (gain > 0) {
      out.better.push_back(sample);
    } else {
      ++out.same_count;
    }
  }
  out.worse_count = out.worse.size();
  out.better_count = out.better.size();
  const auto keep_largest = [most](std::vector<MovedSample>& samples) {
    std::stable_sort(samples.begin(), samples.end(),
                     [](const MovedSample& x, const MovedSample& y) {
                       return std::abs(x.b - x.a) > std::abs(y.b - y.a);
                     });
    samples.resize(std::min(samples.size(), most));
  };
  keep_largest(out.worse);
  keep_largest(out.better);
  return out;
}

std::size_t usual_score(std::span<const std::string_view> names) {
  for (const std::string_view name :
       {"cider", "chair-i", "chair", "accuracy", "visce", "visce-direct", "visce-reference",
        "visce-reason-first", "pairwise-wins"}) {
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  std::size_t last = names.size() - 1;
  while (last > 0 && names[last].find('/') != std::string_view::npos) --last;
  return last;
}

}  // namespace vernier
