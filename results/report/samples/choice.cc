#include "results/report/samples/choice.h"

#include <algorithm>

#include "results/run/run_rows.h"

namespace vernier::report {
namespace {

class Chosen {
 public:
  Chosen(std::size_t samples, std::size_t most) : taken_(samples), left_(most) {}

  void take(std::size_t n) {
    if (taken_[n] || left_ == 0) return;
    taken_[n] = true;
    --left_;
  }
  /// Fills up with evenly spaced ones.
  void fill() {
    std::vector<std::size_t> rest;
    for (std::size_t n = 0; n < taken_.size(); ++n) {
      if (!taken_[n]) rest.push_back(n);
    }
    const std::size_t most = std::min(left_, rest.size());
    for (std::size_t i = 0; i < most; ++i) take(rest[i * rest.size() / most]);
  }
  std::vector<std::size_t> ascending() const {
    std::vector<std::size_t> out;
    for (std::size_t n = 0; n < taken_.size(); ++n) {
      if (taken_[n]) out.push_back(n);
    }
    return out;
  }

 private:
  std::vector<bool> taken_;
  std::size_t left_;
};

}  // namespace

std::vector<std::size_t> choose_samples(const Findings& findings, std::size_t most) {
  const Run& first = findings.runs[0];
  if (first.samples().size() <= most) return all_samples(first);
  Chosen chosen(first.samples().size(), most);
  const std::vector<std::size_t> order = findings.worst_first();
  const std::size_t quarter = std::min(most / 4, order.size());
  for (std::size_t i = 0; i < quarter; ++i) chosen.take(order[i]);
  for (std::size_t i = 0; i < quarter; ++i) chosen.take(order[order.size() - 1 - i]);
  for (const Pair& pair : findings.pairs) {
    const std::size_t share = most / 4 / findings.pairs.size() / 2;
    for (const auto* moved : {&pair.moved.worse, &pair.moved.better}) {
      for (std::size_t i = 0; i < std::min(share, moved->size()); ++i) {
        chosen.take((*moved)[i].in_a);
      }
    }
  }
  chosen.fill();
  return chosen.ascending();
}

}  // namespace vernier::report
