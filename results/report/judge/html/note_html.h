// What a judge saw and said of one sample, as HTML for its card.
#pragma once

#include <span>
#include <string>

#include "results/report/judge/reading/judge_note.h"

namespace vernier::report {

/// A run's note on a sample.
struct NoteOfRun {
  std::size_t run;
  std::optional<JudgeNote> note;
};

/// What the models of these runs saw of the image, side by side; lines that another run lacks are
/// marked. Empty where none wrote anything down.
std::string seen_html(std::span<const NoteOfRun> runs);

/// The verdict: score and how it is spread, what was not as it should be, reasons, claims, votes.
std::string verdict_html(const NoteOfRun& of);

/// Lines of what was seen, as texts: "circle: small, red", "the circle is left of the star"; what
/// the model wrote, where no lists could be read.
std::vector<std::string> seen_lines(const SeenImage& seen);

/// The status and the flags in words, but for what goes without saying.
std::vector<std::string> remarks_of(const JudgeNote& note);

}  // namespace vernier::report
