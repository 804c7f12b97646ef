// Yes/no answers against labels. The positive class is yes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/answers/yes_no/parsers.h"

namespace vernier::probes {

/// What an answer that is neither yes nor no counts for.
enum class UnclearPolicy {
  kWrong,     ///< in accuracy and yes ratio as wrong, in recall as not found; never as a yes
  kExcluded,  ///< left out of everything
};

struct Confusion {
  std::uint64_t tp = 0, fp = 0, tn = 0, fn = 0;
  std::uint64_t unclear_yes = 0, unclear_no = 0;  ///< unclear answers, by their label

  void add(bool positive, Verdict verdict);
  void add(const Confusion& other);
  std::uint64_t unclear() const { return unclear_yes + unclear_no; }
  std::uint64_t read() const { return tp + fp + tn + fn; }
  std::uint64_t n() const { return read() + unclear(); }
  /// As if every unclear answer had been right, or wrong.
  Confusion best() const;
  Confusion worst() const;
};

/// 0 to 1; NaN where undefined.
struct Rates {
  double accuracy, precision, recall, f1, yes_ratio;
};

constexpr std::string_view kRateNames[] = {"accuracy", "precision", "recall", "f1", "yes_ratio"};
/// In the order of the names.
double rate(const Rates& rates, std::size_t n);

Rates rates(const Confusion& counts, UnclearPolicy policy);

struct UndefinedRate {
  std::string_view name;
  std::string reason;
};
/// Why rates are NaN; F1 is undefined where precision or recall is.
std::vector<UndefinedRate> undefined_rates(const Confusion& counts, UnclearPolicy policy);

struct YesNoOutcome {
  bool positive = false;
  Verdict verdict = Verdict::kUnclear;
  std::uint32_t cluster = 0;  ///< the image
};

Confusion confusion(std::span<const YesNoOutcome> outcomes);

/// Standard errors of the rates with the questions of an image as one cluster: for a ratio of sums
/// of x and y, sqrt(sum over clusters of (sum of x - ratio y)^2) / sum of y, which for a mean is
/// the usual clustered error. NaN where the rate is.
Rates clustered_errors(std::span<const YesNoOutcome> outcomes, UnclearPolicy policy);

/// "always-yes", "always-no" for an answerer that says nothing else; "mostly-yes", "mostly-no" for
/// 95 % of what could be read; empty else. A score of such a model says nothing about images.
std::string_view yes_bias(const Confusion& counts);

}  // namespace vernier::probes
