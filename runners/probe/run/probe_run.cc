#include "runners/probe/run/probe_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/json_text.h"
#include "metrics/aggregate/ratios.h"
#include "results/run/lines/run_writer.h"
#include "runners/run/run_output.h"
#include "runners/score/corpus/set_digest.h"

namespace vernier {
namespace {

RunHeader header_of(const ProbeRun& run) {
  RunHeader header;
  header.version = VERNIER_VERSION;
  header.id_rule = run.id_rule;
  header.metrics = run.metrics;
  SetDigest dataset, candidates;
  for (std::size_t i = 0; i < run.samples; ++i) {
    const ProbeSample sample = run.sample(i);
    dataset.add(hash_bytes(sample.id), sample.truth);
    candidates.add(hash_bytes(sample.id), hash_bytes(sample.candidate));
  }
  header.dataset_digest = dataset.hexadecimal();
  header.candidates_digest = candidates.hexadecimal();
  return header;
}

/// `meta` as it is unless it has such a member.
std::string without_member(std::string_view meta, std::string_view key) {
  if (meta.find(fmt::format("\"{}\"", key)) == std::string_view::npos) return std::string(meta);
  auto object = nlohmann::ordered_json::parse(meta);
  object.erase(key);
  return object.dump();
}

}  // namespace

void aggregate_probe_run(const ProbeRun& run, const RunAggregator& aggregator,
                         std::span<const double> sums, double samples, std::span<double> scores) {
  aggregator.aggregate(sums, samples, scores);
  std::size_t s = 0;
  for (const MetricDescription& metric : run.metrics) {
    for (const std::string& name : metric.scores) {
      if (std::ranges::find(run.undefined, name) != run.undefined.end()) scores[s] = std::nan("");
      ++s;
    }
  }
}

std::vector<MetricDescription> ratio_metrics(std::initializer_list<const char*> names,
                                             const std::string& signature) {
  std::vector<MetricDescription> metrics;
  for (const char* name : names) {
    metrics.push_back(describe_ratios(*make_ratio_aggregator(name), signature));
  }
  return metrics;
}

std::string meta_with(std::string_view meta, std::string_view key, std::string_view json) {
  const std::string rest = without_member(meta, key);
  // Without its closing brace.
  std::string out(rest.empty() ? "{" : rest.substr(0, rest.size() - 1));
  append_json_key(out, key);
  out += json;
  return out + "}";
}

std::vector<RunCount> caption_counts(const CaptionFile& file, std::uint64_t scored,
                                     std::uint64_t extra) {
  return {{"scored", scored},
          {"empty_candidate", file.empty},
          {"extra_candidate", extra},
          {"duplicate_candidate", file.repeated}};
}

void write_probe_run(const std::string& path, const ProbeRun& run) {
  RunOutput output(path);
  if (output.journal() != nullptr) output.journal()->keep(0);
  const RunHeader header = header_of(run);
  RunWriter writer(header, output.writing());
  writer.write_header();
  const RunAggregator aggregator(header);
  std::vector<double> scores(header.score_names().size());
  std::string line;
  for (std::size_t i = 0; i < run.samples; ++i) {
    const ProbeSample sample = run.sample(i);
    aggregator.aggregate(sample.row, 1, scores);
    std::ranges::copy(sample.stated, scores.begin());
    line.clear();
    append_run_sample(line, header,
                      {i, sample.id, sample.image_id, sample.candidate, sample.references,
                       sample.meta, scores, sample.row});
    const std::uint64_t hash = RunDigest::line_hash(line);
    writer.write_samples(line, std::span(&hash, 1), sample.row);
  }
  writer.write_footer(run.counts,
                      [&](std::span<const double> sums, double samples, std::span<double> totals) {
                        aggregate_probe_run(run, aggregator, sums, samples, totals);
                      });
  output.commit();
}

}  // namespace vernier
