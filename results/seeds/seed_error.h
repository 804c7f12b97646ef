// How much of the difference between two runs is the luck of their seeds.
#pragma once

#include <vector>

namespace vernier {

class PairedRuns;

struct SeedError {
  double error = 0;  ///< standard error of b - a that comes from the seeds; 0 of one seed a side
  /// By how much an interval over images must be widened to hold the seeds as well; 1 or more.
  double widening = 1;
};

/// By score of runs.scores(). Resampling images carries the luck that differs from image to image
/// (sampled decoding) along with the images. What moves a whole run (a training seed) it cannot
/// see: the runs' scores then differ more than the captions of an image explain, and that excess is
/// added to the variance. Few seeds tell little about their variance: the quantile of Student's t
/// at Satterthwaite's (1946) degrees of freedom takes the place of the normal one.
std::vector<SeedError> seed_errors(const PairedRuns& runs);

}  // namespace vernier
