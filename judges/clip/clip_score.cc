#include "judges/clip/clip_score.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/error.h"

namespace vernier::clip {

double cosine(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) throw Error(ExitCode::kInternal, "cosine: vectors of two sizes");
  double dot = 0, squares_a = 0, squares_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double x = a[i], y = b[i];
    dot += x * y;
    squares_a += x * x;
    squares_b += y * y;
  }
  const double lengths = std::sqrt(squares_a) * std::sqrt(squares_b);
  if (!std::isfinite(lengths) || lengths == 0) {
    throw Error(ExitCode::kResource,
                "a vector that CLIP computed has no direction (its length is 0 or no number): its "
                "weights are damaged");
  }
  return std::clamp(dot / lengths, -1.0, 1.0);
}

double clip_score(double cosine) { return kClipScoreWeight * std::max(cosine, 0.0); }

double ref_clip_score(double clip_score, double reference_cosine) {
  const double reference = std::max(reference_cosine, 0.0);
  if (clip_score <= 0 || reference <= 0) return 0;
  return 2 * clip_score * reference / (clip_score + reference);
}

}  // namespace vernier::clip
