// A sample in full: image, what a judge sees in it, captions, verdicts, references, drawings.
#pragma once

#include <span>
#include <string>

#include "results/report/evidence/marked_text.h"
#include "results/report/findings.h"
#include "results/report/images/embedded_images.h"
#include "results/report/samples/matches.h"

namespace vernier::report {

/// Makes cards. All that it is given must outlive it.
class SampleCards {
 public:
  SampleCards(const Findings& findings, const Options& options, EmbeddedImages& images);

  /// A card for sample n (of the first run) in the runs `shown`. `facts`: HTML behind its id.
  std::string card(std::size_t n, std::span<const std::size_t> shown, std::string_view facts);
  /// A title (plain text) and a card for each of `samples`, with its values of `score` in those
  /// runs; nothing without samples.
  void append_group(std::string& out, std::string_view title, std::span<const std::size_t> samples,
                    std::span<const std::size_t> shown, const CommonScore& score);
  /// The element that holds cards, without its end.
  std::string grid() const;

 private:
  void append_texts(std::string& out, std::size_t n, std::span<const std::size_t> shown);
  void append_drawings(std::string& out, std::size_t n, std::span<const std::size_t> shown);
  std::string marked(std::string_view text, const CaptionEvidence& evidence) const;

  const Findings& findings_;
  const Options& options_;
  EmbeddedImages& images_;
  WordMatcher matcher_;
};

}  // namespace vernier::report
