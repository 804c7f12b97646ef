// What judges saw and said, as data for the page's sample view.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "results/report/judge/html/note_html.h"

namespace vernier::report {

/// Notes as JSON. What was seen of an image stands once, however many captions it has.
class NoteData {
 public:
  /// [note or 0, ...] for every run, a note being [score, deciles or 0, number in seen() or -1,
  /// lines]: the score in words, ten whole percents, remarks and reasons as texts. "0" where no run
  /// has a note.
  std::string notes(std::span<const NoteOfRun> runs);

  /// [[things, line, ...], ...]: how many of the lines are things, then all lines.
  std::string seen() const { return seen_ + "]"; }

 private:
  std::string note(const JudgeNote& note);

  std::map<std::string, std::size_t> numbers_;  // of what was seen
  std::string seen_ = "[";
};

}  // namespace vernier::report
