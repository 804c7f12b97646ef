// CLIPScore and RefCLIPScore from vectors (Hessel et al. 2021, "CLIPScore: A Reference-free
// Evaluation Metric for Image Captioning", arXiv 2104.08718; the paper's code, jmhessel/clipscore).
//
//   CLIP-S(c, i)      = 2.5 * max(cos(c, i), 0)
//   RefCLIP-S(c, R, i) = H(CLIP-S(c, i), max(max over r in R of cos(c, r), 0))
//
// H is the harmonic mean. CLIP-S goes into it with its weight of 2.5, the references' cosine has
// none, as in the paper's code. A corpus has the mean of its captions' scores.
//
// Where that code differs: it does not clip the references' cosine at 0 (the paper does), and of
// 0 and 0 it makes NaN; here the harmonic mean is 0 as soon as one of the two is.
#pragma once

#include <span>
#include <vector>

namespace vernier::clip {

/// A picture or a text in CLIP's space, as the model projects it, of any length above 0.
using Embedding = std::vector<float>;

/// Of the cosine between picture and caption.
inline constexpr double kClipScoreWeight = 2.5;

/// The cosine of the angle between two vectors of one size, from -1 to 1, computed in 64 bits.
/// Throws Error(kInternal) for different sizes and Error(kResource) for a vector whose length is 0
/// or no number, of which there is no angle.
double cosine(std::span<const float> a, std::span<const float> b);

/// 0 to 2.5, from the cosine between picture and caption.
double clip_score(double cosine);

/// 0 to 10/7, from CLIP-S and the largest cosine between the caption and a reference.
double ref_clip_score(double clip_score, double reference_cosine);

}  // namespace vernier::clip
