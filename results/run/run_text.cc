#include "results/run/run_text.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_text.h"

namespace vernier {
namespace {

void append_scores(std::string& out, const RunHeader& header, std::span<const double> scores) {
  out.append("\"scores\":{");
  std::size_t i = 0;
  for (const MetricDescription& metric : header.metrics) {
    for (const std::string& name : metric.scores) {
      if (i > 0) out.push_back(',');
      append_json_string(out, name);
      out.push_back(':');
      append_json_number(out, scores[i++]);
    }
  }
  out.push_back('}');
}

}  // namespace

std::size_t RunHeader::row_width() const {
  std::size_t width = 0;
  for (const MetricDescription& metric : metrics) width += metric.columns.size();
  return width;
}

std::vector<std::string_view> RunHeader::score_names() const {
  std::vector<std::string_view> names;
  for (const MetricDescription& metric : metrics) {
    names.insert(names.end(), metric.scores.begin(), metric.scores.end());
  }
  return names;
}

bool RunHeader::less_is_better(std::size_t score) const {
  for (const MetricDescription& metric : metrics) {
    if (score < metric.scores.size()) return metric.less_is_better;
    score -= metric.scores.size();
  }
  return false;
}

std::uint64_t RunDigest::line_hash(std::string_view line) { return hash_bytes(line); }
void RunDigest::add(std::uint64_t line_hash) { value_ = hash_more(value_, line_hash); }

void append_run_header(std::string& out, const RunHeader& header) {
  out.append("{\"schema\":\"vernier.run/1\",\"version\":");
  append_json_string(out, header.version);
  out.append(",\"dataset\":{\"digest\":");
  append_json_string(out, header.dataset_digest);
  if (!header.candidates_digest.empty()) {
    append_json_member(out, "candidates", header.candidates_digest);
  }
  if (!header.id_rule.empty()) {
    out.append(",\"ids\":");
    append_json_string(out, header.id_rule);
  }
  out.push_back('}');
  if (!header.shard.empty()) append_json_member(out, "shard", header.shard);
  if (header.compact) out.append(",\"compact\":true");
  out.append(",\"metrics\":[");
  for (std::size_t m = 0; m < header.metrics.size(); ++m) {
    const MetricDescription& metric = header.metrics[m];
    out.append(m > 0 ? ",{\"name\":" : "{\"name\":");
    append_json_string(out, metric.name);
    out.append(",\"signature\":");
    append_json_string(out, metric.signature);
    out.append(",\"scores\":");
    append_json_strings(out, metric.scores);
    out.append(",\"columns\":");
    append_json_strings(out, metric.columns);
    out.append(",\"aggregate\":");
    append_json_string(out, metric.aggregate);
    if (metric.less_is_better) out.append(",\"less_is_better\":true");
    out.push_back('}');
  }
  out.append("]}\n");
}

void append_run_sample(std::string& out, const RunHeader& header, const RunSample& sample) {
  out.push_back('{');
  if (!header.shard.empty()) out.append(fmt::format("\"n\":{},", sample.number));
  out.append("\"id\":");
  append_json_string(out, sample.id);
  if (sample.image_id != sample.id) {
    out.append(",\"image_id\":");
    append_json_string(out, sample.image_id);
  }
  if (!header.compact) {
    out.append(",\"candidate\":");
    append_json_string(out, sample.candidate);
    out.append(",\"references\":");
    append_json_strings(out, sample.references);
  }
  out.push_back(',');
  append_scores(out, header, sample.scores);
  out.append(",\"rows\":{");
  std::size_t i = 0;
  for (std::size_t m = 0; m < header.metrics.size(); ++m) {
    if (m > 0) out.push_back(',');
    append_json_string(out, header.metrics[m].name);
    out.append(":[");
    for (std::size_t c = 0; c < header.metrics[m].columns.size(); ++c) {
      if (c > 0) out.push_back(',');
      append_json_number(out, sample.row[i++]);
    }
    out.push_back(']');
  }
  out.push_back('}');
  if (!sample.meta.empty()) {
    out.append(",\"meta\":");
    out.append(sample.meta);
  }
  out.append("}\n");
}

void append_run_footer(std::string& out, const RunHeader& header, std::uint64_t samples,
                       std::span<const RunCount> counts, std::span<const double> scores,
                       const RunDigest& digest) {
  out.append(fmt::format("{{\"footer\":{{\"samples\":{},\"counts\":{{", samples));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    out.append(fmt::format("{}\"{}\":{}", i > 0 ? "," : "", counts[i].name, counts[i].value));
  }
  out.append("},");
  append_scores(out, header, scores);
  out.append(fmt::format(",\"digest\":\"{:016x}\"}}}}\n", digest.value()));
}

}  // namespace vernier
