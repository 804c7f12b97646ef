// The last step of every mode: run, verdicts, and what is printed.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "base/io/byte_sink.h"
#include "runners/model/asking.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/probe/run/probe_run.h"
#include "runners/score/score_output.h"

namespace vernier {

/// A score that is the mean over captions, of a column of its name.
MetricDescription mean_score(const std::string& name, const std::string& signature);

/// Id, image, text, references of the record and meta; truth, row and evidence are the mode's.
ProbeSample sample_of(const CaptionRecord& caption);

/// Writes the run where `output` is not empty, and scores it. Scores of a run that the captions
/// were read from stay (kept/kept_scores.h).
ScoreReport report_run(const ProbeRun& judged, const CaptionFile& file, const std::string& output);

/// Adds the warning "COUNT WHAT" unless the count is 0.
void warn(ScoreReport& report, std::uint64_t count, std::string_view what);

/// JSON Lines ("judge-verdict/1", docs/judge.md) that appear when all are there.
class VerdictFile {
 public:
  /// The first line says which judge it was, and counts. Throws Error(kOutput).
  VerdictFile(const std::string& path, std::string_view judge,
              std::initializer_list<RunCount> counts);
  /// The beginning of a caption's line: schema, ids, caption.
  static std::string begin(const CaptionRecord& caption);
  /// Of such a line with further members.
  void add(const std::string& line) { output_.write(line + "}\n"); }
  /// Those without a verdict, and the end.
  void finish(std::span<const Unanswered> failed);

 private:
  ByteSink output_;
};

}  // namespace vernier
