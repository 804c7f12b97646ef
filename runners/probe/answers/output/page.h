// What a probe prints for people: tables with titles, and lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/answers/score/clustered_ratio.h"
#include "runners/output/output_format.h"
#include "runners/output/text_table.h"

namespace vernier {

class ProbePage {
 public:
  /// `sides` as for text_table().
  void table(std::string title, TextRows rows, std::string sides);
  void line(std::string text);
  /// kTable or kMarkdown.
  std::string text(OutputFormat format) const;

 private:
  struct Part {
    std::string title, sides;
    TextRows rows;  ///< empty: a line
  };
  std::vector<Part> parts_;
};

/// "86.25", "-" for what is undefined.
std::string percent_text(double ratio);

/// "86.25 ±0.41", without what is undefined; "-".
std::string percent_text(const probes::RatioEstimate& estimate);

}  // namespace vernier
