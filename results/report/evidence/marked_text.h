// A caption in pieces: what references have too (samples/matches.h) and what probes say of words.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "results/evidence/evidence.h"
#include "results/report/samples/matches.h"

namespace vernier::report {

/// What stands on a piece of a caption.
struct Mark {
  std::size_t begin = 0, end = 0;  ///< bytes of the caption
  Finding finding = Finding::kOther;
  std::string label;  ///< "car: hallucinated"
};

/// The evidence of one caption, by all probes of its run together.
struct CaptionEvidence {
  std::vector<Mark> marks;  ///< by place, none over another
  /// Objects, each once: the invented, with how often where that is more than once, and those of
  /// the image that the caption leaves out.
  std::vector<std::string> invented, left_out;

  bool empty() const { return marks.empty() && invented.empty() && left_out.empty(); }
};

/// Mentions of one place, as two probes may have them, make one mark; what is invented counts. Of
/// marks of two probes that overlap otherwise the first is drawn.
CaptionEvidence caption_evidence(std::span<const ProbeEvidence> probes);

struct Piece {
  std::string_view text;
  int level = 0;               ///< as Segment has it; 0 under a mark
  const Mark* mark = nullptr;  ///< of the caption's evidence
};

/// `segments` of (an excerpt of) the caption, cut at the marks that lie inside it.
std::vector<Piece> pieces_of(std::span<const Segment> segments, const CaptionEvidence& evidence);

/// "bad", "good" or "other": the class of a mark.
std::string_view mark_class(Finding finding);

}  // namespace vernier::report
