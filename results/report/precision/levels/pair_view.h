// What the parts of the page about one candidate need to know.
#pragma once

#include <string>
#include <string_view>

#include "results/report/images/embedded_images.h"
#include "results/report/precision/reading/precision_result.h"

namespace vernier::report {

/// The label of a checkpoint on its colour; 0 is the first one, a.
std::string checkpoint_badge(const PrecisionCheckpoint& checkpoint, std::size_t number);

struct PairView {
  const PrecisionResult& result;
  std::size_t number;  ///< of the candidate, from 1
  std::string anchor;  ///< of the page: "precision-1", "precision-1-2"
  int heading;         ///< level of the parts' headings
  EmbeddedImages& images;
  std::size_t shown;  ///< examples of a kind

  const PrecisionPair& pair() const { return result.pairs[number - 1]; }
  std::string badge_a() const { return checkpoint_badge(result.a, 0); }
  std::string badge_b() const { return checkpoint_badge(pair().b, number); }
  /// The class of b's colour.
  std::string tone() const;
  /// Opens a part; `title` is HTML.
  std::string open(std::string_view level, std::string_view title) const;
};

/// "0.0097 [0.0072, 0.0144]", the value in bold; with so many decimals, or with three digits that
/// say something.
std::string interval_html(const PrecisionNumber& number, int decimals);
std::string interval_html(const PrecisionNumber& number);

/// Tokens a second: "18,221", "12.5".
std::string speed_text(double tokens);

/// "277 of 300 (92.3 %)"; HTML.
std::string share_text(std::uint64_t part, std::uint64_t whole);

}  // namespace vernier::report
