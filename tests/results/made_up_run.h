// Runs of made-up rows, written and read as files.
#pragma once

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "results/run/run_file.h"
#include "tests/support/command.h"

namespace vernier::tests {

/// The lines of a run and their digest.
struct RunLines {
  std::string text;
  RunDigest digest;

  /// Takes what was appended to `text` since the last call as one line.
  void close_line() {
    digest.add(RunDigest::line_hash(std::string_view(text).substr(closed_)));
    closed_ = text.size();
  }

 private:
  std::size_t closed_ = 0;
};

/// A further metric of a made-up run, the mean of one column; no NaN.
struct MadeUpMetric {
  std::string name;
  std::vector<double> values;
  bool less_is_better = false;
};

/// What a made-up run holds: the mean of one column. A sample whose value is NaN has an undefined
/// score and counts as 0.
struct MadeUpRun {
  std::string metric = "cider";
  std::string signature = "cider|v:1";
  std::string dataset = "d";
  std::string captions = {};  ///< their digest
  bool less_is_better = false;
  std::size_t empty = 0;
  std::string id_prefix = "s";
  std::size_t samples_an_image = 1;
  bool undefined = false;                      ///< the corpus score is null
  bool compact = false;                        ///< without texts
  std::vector<std::string> metas, candidates;  ///< by sample; captions are made up otherwise
  std::vector<std::string_view> references;    ///< of every sample
  std::vector<std::string> parts;              ///< further scores, e.g. "spice/object", all equal
  std::vector<MadeUpMetric> more;              ///< behind the first
};

inline std::string made_up_text(const std::vector<double>& values, const MadeUpRun& how = {}) {
  std::vector<std::string> scores = {how.metric};
  scores.insert(scores.end(), how.parts.begin(), how.parts.end());
  RunHeader header = {
      "1",          how.dataset,
      "",           {{how.metric, how.signature, scores, scores, "mean", how.less_is_better}},
      how.captions, how.compact};
  for (const MadeUpMetric& metric : how.more) {
    header.metrics.push_back({metric.name,
                              metric.name + "|v:1",
                              {metric.name},
                              {metric.name},
                              "mean",
                              metric.less_is_better});
  }
  RunLines lines;
  append_run_header(lines.text, header);
  lines.close_line();
  double sum = 0;
  for (std::size_t n = 0; n < values.size(); ++n) {
    const std::string id = how.id_prefix + std::to_string(n);
    const std::string image = how.id_prefix + std::to_string(n / how.samples_an_image);
    const double counted = std::isnan(values[n]) ? 0 : values[n];
    const std::string caption = n < how.candidates.size() ? how.candidates[n] : "caption " + id;
    std::vector<double> score(scores.size(), values[n]), row(scores.size(), counted);
    for (const MadeUpMetric& metric : how.more) {
      score.push_back(metric.values[n]);
      row.push_back(metric.values[n]);
    }
    append_run_sample(lines.text, header,
                      {n, id, image, caption, how.references,
                       n < how.metas.size() ? std::string_view(how.metas[n]) : "", score, row});
    lines.close_line();
    sum += counted;
  }
  const auto count = static_cast<double>(values.size());
  std::vector<double> mean(scores.size(), how.undefined ? std::nan("") : sum / count);
  for (const MadeUpMetric& metric : how.more) {
    mean.push_back(std::accumulate(metric.values.begin(), metric.values.end(), 0.0) / count);
  }
  const RunCount counts[] = {{"scored", values.size()}, {"empty_candidate", how.empty}};
  append_run_footer(lines.text, header, values.size(), counts, mean, lines.digest);
  return lines.text;
}

inline Run made_up_run(const std::vector<double>& values, const MadeUpRun& how = {}) {
  const TemporaryFolder folder;
  return read_run(folder.write(how.id_prefix + ".jsonl", made_up_text(values, how)));
}

}  // namespace vernier::tests
