#include "runners/probe/run/probe_run.h"

#include "base/hash.h"
#include "base/json_text.h"
#include "metrics/aggregate/ratios.h"
#include "results/run/lines/run_writer.h"
#include "results/run/run_rows.h"
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

}  // namespace

std::vector<MetricDescription> ratio_metrics(std::initializer_list<const char*> names,
                                             const std::string& signature) {
  std::vector<MetricDescription> metrics;
  for (const char* name : names) {
    metrics.push_back(describe_ratios(*make_ratio_aggregator(name), signature));
  }
  return metrics;
}

std::string meta_with(std::string_view meta, std::string_view key, std::string_view json) {
  // Without its closing brace.
  std::string out(meta.empty() ? "{" : meta.substr(0, meta.size() - 1));
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
    line.clear();
    append_run_sample(line, header,
                      {i, sample.id, sample.image_id, sample.candidate, sample.references,
                       sample.meta, scores, sample.row});
    const std::uint64_t hash = RunDigest::line_hash(line);
    writer.write_samples(line, std::span(&hash, 1), sample.row);
  }
  writer.write_footer(run.counts,
                      [&](std::span<const double> sums, double samples, std::span<double> totals) {
                        aggregator.aggregate(sums, samples, totals);
                      });
  output.commit();
}

}  // namespace vernier
