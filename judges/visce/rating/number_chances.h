// How likely a model is to answer with each number of a scale, and what that says.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace vernier::visce {

/// Whole numbers, both ends included; 0 <= low < high <= 999.
struct Scale {
  int low = 0, high = 100;
  std::size_t size() const { return static_cast<std::size_t>(high - low) + 1; }
  bool operator==(const Scale&) const = default;
};

struct NumberChances {
  explicit NumberChances(Scale of) : scale(of), p(of.size()) {}

  Scale scale;
  std::vector<double> p;  ///< of low, low + 1, ..., high; what is missing to 1 is other answers
  double pruned = 0;      ///< of beginnings that were too unlikely to be followed
  double mass() const;    ///< of all numbers together
};

/// A distribution in a few numbers; all of the scale's, with the mass made 1.
struct Rating {
  double score = 0;         ///< expectation
  int raw = 0;              ///< the likeliest number, the smallest of equals
  double spread = 0;        ///< standard deviation
  double entropy_bits = 0;  ///< 0: certain
  double mass = 0;          ///< before that
};

/// Nothing where no number has any probability.
std::optional<Rating> rate(const NumberChances& chances);

/// Probability (mass made 1) of each of `bins` equal parts of the scale.
std::vector<double> binned(const NumberChances& chances, std::size_t bins);

/// As on a scale from 0 to 100.
double on_hundred(double score, Scale scale);

}  // namespace vernier::visce
