#include "runners/judge/audit/rows/rows.h"

namespace vernier {

std::vector<double> GradedScores::truths() const {
  std::vector<double> out;
  for (const Caption& one : captions) out.push_back(one.caption->truth);
  return out;
}

std::vector<std::uint32_t> GradedScores::images() const {
  std::vector<std::uint32_t> out;
  for (const Caption& one : captions) out.push_back(one.image);
  return out;
}

GradedScores grade(AuditJudge& judge) {
  GradedScores out;
  std::vector<AuditJudge::Asked> asked;
  for (std::uint32_t i = 0; i < judge.scenes().size(); ++i) {
    for (const auto& [kind, caption] : judge.scenes()[i].captions) {
      out.captions.push_back({i, kind, &caption});
      asked.push_back({i, caption.text});
    }
  }
  out.ratings = judge.rate(asked);
  return out;
}

std::size_t words_in(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    words += !blank && !inside;
    inside = !blank;
  }
  return words;
}

AuditMeasure named(AuditMeasure measure, std::string name, std::optional<double> least,
                   std::optional<double> most) {
  measure.name = std::move(name);
  measure.least = least;
  measure.most = most;
  return measure;
}

}  // namespace vernier
