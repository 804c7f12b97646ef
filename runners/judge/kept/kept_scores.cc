#include "runners/judge/kept/kept_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/error.h"
#include "base/hash.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier {
namespace {

/// A metric that stays, and where it stands in its run.
struct Kept {
  const MetricDescription* metric;
  MetricPlace place;
};

std::vector<Kept> kept_metrics(const ProbeRun& judged, const Run& scored) {
  std::vector<Kept> out;
  MetricPlace place;
  for (const MetricDescription& metric : scored.header().metrics) {
    const bool replaced = std::ranges::any_of(
        judged.metrics, [&](const MetricDescription& own) { return own.name == metric.name; });
    if (!replaced) out.push_back({&metric, place});
    place.column += metric.columns.size();
    place.score += metric.scores.size();
  }
  return out;
}

void add_kept(ProbeSample& sample, const std::vector<Kept>& kept, const Run& scored) {
  const std::size_t n = scored.find(sample.id);
  std::vector<double> row;
  for (const auto& [metric, place] : kept) {
    const auto own = scored.row(n).subspan(place.column, metric->columns.size());
    const auto scores = scored.scores(n).subspan(place.score, metric->scores.size());
    row.insert(row.end(), own.begin(), own.end());
    sample.stated.insert(sample.stated.end(), scores.begin(), scores.end());
  }
  sample.row.insert(sample.row.begin(), row.begin(), row.end());
  // What was measured depends on them.
  for (const std::string_view text : sample.references) {
    sample.truth = hash_more(sample.truth, hash_bytes(text));
  }
}

}  // namespace

CaptionFile read_scored_captions(const std::string& path) {
  CaptionFile file;
  file.scored = std::make_shared<const Run>(read_run(path));
  const Run& run = *file.scored;
  file.name = run.name();
  if (!run.has_texts()) {
    throw Error(
        ExitCode::kIncomplete,
        fmt::format("{}: holds no captions to judge; score again without --compact", file.name));
  }
  for (std::size_t n = 0; n < run.samples().size(); ++n) {
    const Run::Sample& sample = run.samples()[n];
    const auto references = run.references(sample);
    file.captions.push_back({std::string(sample.id),
                             std::string(sample.image_id),
                             std::string(sample.candidate),
                             std::string(sample.meta),
                             n + 2,  // behind the header
                             {references.begin(), references.end()}});
    file.empty += text::strip_left(sample.candidate).empty();
  }
  file.counts.records = run.samples().size();
  return file;
}

ProbeRun with_kept_scores(const ProbeRun& judged, const Run& scored) {
  const std::vector<Kept> kept = kept_metrics(judged, scored);
  ProbeRun out = judged;
  out.metrics.clear();
  for (const auto& [metric, place] : kept) {
    out.metrics.push_back(*metric);
    for (std::size_t s = 0; s < metric->scores.size(); ++s) {
      if (std::isnan(scored.corpus_scores()[place.score + s])) {
        out.undefined.push_back(metric->scores[s]);
      }
    }
  }
  out.metrics.insert(out.metrics.end(), judged.metrics.begin(), judged.metrics.end());
  if (out.id_rule.empty()) out.id_rule = scored.header().id_rule;
  out.sample = [&judged, &scored, kept](std::size_t i) {
    ProbeSample sample = judged.sample(i);
    add_kept(sample, kept, scored);
    return sample;
  };
  return out;
}

}  // namespace vernier
