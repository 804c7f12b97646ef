#include "runners/quantize/quantize_output.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "base/json_text.h"
#include "base/printable.h"
#include "judges/engine/container/fingerprint.h"
#include "runners/output/text_table.h"

namespace vernier {
namespace {

using engine::LayerReport;

/// In percent of the size of what a layer adds: root mean squares.
std::string share(double error, double square) {
  return square > 0 ? fmt::format("{:.2f} %", 100 * std::sqrt(error / square)) : "-";
}

std::string layer_table(const QuantizeReport& report) {
  TextRows rows = {{"layer", "attention: rounded", "awq", "mlp: rounded", "awq", "clipped",
                    "scales (q,k,v; o; gate,up; down)"}};
  for (std::size_t n = 0; n < report.layers.size(); ++n) {
    const LayerReport& layer = report.layers[n];
    std::string scales;
    for (const LayerReport::Part& part : layer.parts) {
      scales += fmt::format("{}{:.2f}{}", scales.empty() ? "" : "  ", part.ratio,
                            part.by_weights ? "w" : "");
    }
    rows.push_back({std::to_string(n), share(layer.attention_rounded, layer.attention),
                    share(layer.attention_error, layer.attention),
                    share(layer.mlp_rounded, layer.mlp), share(layer.mlp_error, layer.mlp),
                    fmt::format("{:.0f} %", 100 * layer.clipped), scales});
  }
  return text_table(rows, "rrrrrrl");
}

std::string table(const QuantizeReport& report) {
  std::string out;
  if (!report.layers.empty()) {
    out += fmt::format(
        "calibrated with {}\n\nhow far what a layer adds is off (root mean square, "
        "of its own size):\n",
        report.calibration);
    out += layer_table(report) + "\n";
  }
  return out + fmt::format(
                   "{}: {:.2f} MB, before {:.2f} MB; {:.3f} bits a weight of the layers; "
                   "weights {}\n",
                   report.output, static_cast<double>(report.bytes_after) / 1e6,
                   static_cast<double>(report.bytes_before) / 1e6, report.layer_bits,
                   report.weights);
}

void append_report(std::string& out, const QuantizeReport& report) {
  append_json_member(out, "output", report.output);
  append_json_member(out, "source", report.source);
  append_json_member(out, "weights", report.weights);
  if (!report.calibration.empty()) append_json_member(out, "calibration", report.calibration);
  append_json_count(out, "bytes_before", report.bytes_before);
  append_json_count(out, "bytes_after", report.bytes_after);
  append_json_member(out, "bits_per_layer_weight", report.layer_bits);
  out += ",\"layers\":[";
  for (const LayerReport& layer : report.layers) {
    if (out.back() != '[') out.push_back(',');
    out.push_back('{');
    append_json_member(out, "attention_mean_square", layer.attention);
    append_json_member(out, "attention_error_rounded", layer.attention_rounded);
    append_json_member(out, "attention_error", layer.attention_error);
    append_json_member(out, "mlp_mean_square", layer.mlp);
    append_json_member(out, "mlp_error_rounded", layer.mlp_rounded);
    append_json_member(out, "mlp_error", layer.mlp_error);
    append_json_member(out, "clipped", layer.clipped);
    append_json_key(out, "scales");
    out.push_back('[');
    for (const LayerReport::Part& part : layer.parts) {
      if (out.back() != '[') out.push_back(',');
      out.push_back('{');
      append_json_member(out, "part", part.name);
      append_json_member(out, "ratio", part.ratio);
      append_json_key(out, "by_weights");
      out += part.by_weights ? "true" : "false";
      append_json_member(out, "error_rounded", part.rounded);
      append_json_member(out, "error", part.error);
      out.push_back('}');
    }
    out += "]}";
  }
  out += "]";
}

std::string json(const std::vector<QuantizeReport>& reports) {
  std::string out = "{\"schema\":\"vernier.quantize/1\",\"checkpoints\":[";
  for (const QuantizeReport& report : reports) {
    out += out.back() == '[' ? "\n{" : ",\n{";
    append_report(out, report);
    out.push_back('}');
  }
  return out + "]}\n";
}

}  // namespace

void finish_report(const std::string& folder, const engine::CheckpointModel& source,
                   QuantizeReport& report) {
  report.output = printable(folder, 200);
  const engine::TensorStore store = engine::TensorStore::open(folder);
  report.weights = fmt::format("{:016x}", engine::fingerprint(store, 1));
  std::uint64_t packed = 0;
  for (const auto& tensor : store.tensors()) {
    const std::uint64_t bytes = tensor.view.bytes.size();
    report.bytes_after += bytes;
    for (const std::string_view part : {".qweight", ".qzeros", ".scales", ".g_idx"}) {
      if (tensor.name.ends_with(part)) packed += bytes;
    }
  }
  std::uint64_t weights = 0;
  for (const auto& tensor : source.tensors().tensors()) {
    const engine::TensorView& view = tensor.stored->view;
    report.bytes_before += view.bytes.size();
    if (tensor.name.starts_with("llm.layers.") && view.shape.size() == 2) {
      weights += view.elements();
    }
  }
  report.layer_bits = 8 * static_cast<double>(packed) / static_cast<double>(weights);
}

std::string quantize_text(const std::vector<QuantizeReport>& reports, OutputFormat format) {
  if (format == OutputFormat::kJson) return json(reports);
  std::string out;
  for (const QuantizeReport& report : reports) out += (out.empty() ? "" : "\n") + table(report);
  return out;
}

}  // namespace vernier
