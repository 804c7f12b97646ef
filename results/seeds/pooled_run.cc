#include "results/seeds/pooled_run.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "base/error.h"
#include "base/printable.h"
#include "metrics/aggregate/column_sums.h"
#include "results/compare/header_differences.h"
#include "results/run/run_rows.h"

namespace vernier {
namespace {

void check_same(const Run& first, const Run& other) {
  RunHeader a = first.header(), b = other.header();
  a.candidates_digest = b.candidates_digest = "";  // seeds give other texts
  std::string differences = header_differences(a, b);
  if (differences.empty() && first.samples().size() != other.samples().size()) {
    differences = fmt::format("{} / {} samples", first.samples().size(), other.samples().size());
  }
  if (!differences.empty()) {
    throw Error(ExitCode::kIncomplete, fmt::format("{} and {} are not seeds of one run: {}",
                                                   first.name(), other.name(), differences));
  }
}

std::vector<double> corpus_scores(const Run& run) {
  ColumnSums sums(run.header().row_width());
  for (std::size_t n = 0; n < run.samples().size(); ++n) sums.add(run.row(n));
  std::vector<double> scores(run.header().score_names().size());
  RunAggregator(run.header())
      .aggregate(sums.total(), static_cast<double>(run.samples().size()), scores);
  return scores;
}

}  // namespace

Run pooled_run(std::vector<Run> runs) {
  if (runs.size() == 1) return std::move(runs.front());
  Run out;
  const Run& first = runs.front();
  out.name_ = fmt::format("{} and {} more seeds", first.name(), runs.size() - 1);
  out.header_ = first.header();
  out.header_.candidates_digest.clear();
  out.row_width_ = first.row_width_;
  out.seeds_ = runs.size();
  out.has_texts_ = true;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    const Run& run = runs[k];
    check_same(first, run);
    out.has_texts_ = out.has_texts_ && run.has_texts();
    for (const Run::Sample& of_first : first.samples()) {  // in one order
      const std::size_t n = run.find(of_first.id);
      if (n == Run::npos) {
        throw Error(ExitCode::kIncomplete, fmt::format("{}: has no sample {}, {} has", run.name(),
                                                       printable(of_first.id, 80), first.name()));
      }
      Run::Sample sample = run.samples()[n];
      const auto references = run.references(sample);
      sample.id = out.arena_.copy(fmt::format("{}@{}", sample.id, k + 1));
      sample.image_id = out.arena_.copy(sample.image_id);
      sample.candidate = out.arena_.copy(sample.candidate);
      sample.meta = out.arena_.copy(sample.meta);
      sample.first_reference = static_cast<std::uint32_t>(out.references_.size());
      for (const std::string_view text : references) {
        out.references_.push_back(out.arena_.copy(text));
      }
      out.index_.emplace(sample.id, out.samples_.size());
      out.samples_.push_back(sample);
      const auto row = run.row(n), scores = run.scores(n);
      out.rows_.insert(out.rows_.end(), row.begin(), row.end());
      out.scores_.insert(out.scores_.end(), scores.begin(), scores.end());
    }
  }
  out.corpus_ = corpus_scores(out);
  for (std::size_t s = 0; s < out.corpus_.size(); ++s) {  // what rows do not show
    if (std::isnan(first.corpus_scores()[s])) out.corpus_[s] = first.corpus_scores()[s];
  }
  out.counts_ = first.counts();
  for (std::size_t i = 0; i < out.counts_.size(); ++i) {
    for (std::size_t k = 1; k < runs.size(); ++k) {
      for (const auto& [name, count] : runs[k].counts()) {
        if (name == out.counts_[i].first) out.counts_[i].second += count;
      }
    }
  }
  return out;
}

Run read_seeds(const std::string& paths) {
  std::error_code ignored;
  std::vector<Run> runs;
  if (paths.find(',') == std::string::npos || std::filesystem::exists(paths, ignored)) {
    return read_run(paths);
  }
  for (std::size_t at = 0; at <= paths.size();) {
    const std::size_t end = std::min(paths.find(',', at), paths.size());
    runs.push_back(read_run(paths.substr(at, end - at)));
    at = end + 1;
  }
  return pooled_run(std::move(runs));
}

}  // namespace vernier
