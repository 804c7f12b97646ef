// The parameters of METEOR 1.5 for English, ranking task (Denkowski and Lavie 2014).
#pragma once

#include <array>

#include "metrics/meteor/alignment/matcher.h"

namespace vernier::meteor {

constexpr double kAlpha = 0.85, kBeta = 0.2, kGamma = 0.6, kDelta = 0.75;
constexpr std::array<double, kModuleCount> kWeights = {1.0, 0.6, 0.8, 0.6};

/// Length of a text whose content words weigh kDelta and whose function words weigh the rest.
inline double weighted_length(double words, double function_words) {
  return kDelta * (words - function_words) + (1 - kDelta) * function_words;
}

inline double harmonic_mean(double precision, double recall) {
  return 1.0 / ((1.0 - kAlpha) / precision + kAlpha / recall);
}

}  // namespace vernier::meteor
