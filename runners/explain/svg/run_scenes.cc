#include "runners/explain/svg/run_scenes.h"

#include <algorithm>
#include <map>
#include <memory>

#include "runners/explain/explained_sample.h"
#include "runners/explain/svg/scene_svg.h"

namespace vernier {
namespace {

/// Null where there is nothing to explain.
std::unique_ptr<SampleExplainer> explainer_of(const Run& run) {
  const auto& metrics = run.header().metrics;
  const auto spice = std::ranges::find_if(metrics, [](const MetricDescription& metric) {
    return metric.name == "spice" || metric.name == "spice-fast";
  });
  const auto whole = [](const Run::Sample& sample) { return sample.references > 0; };
  if (spice == metrics.end() || !run.has_texts() || !std::ranges::all_of(run.samples(), whole)) {
    return nullptr;
  }
  ExplainOptions options;
  options.metrics = {spice->name};
  return std::make_unique<SampleExplainer>(run, options);
}

}  // namespace

std::function<std::string(const Run& run, std::size_t sample)> scene_drawings() {
  auto explainers = std::make_shared<std::map<const Run*, std::unique_ptr<SampleExplainer>>>();
  return [explainers](const Run& run, std::size_t sample) -> std::string {
    auto found = explainers->find(&run);
    if (found == explainers->end()) found = explainers->emplace(&run, explainer_of(run)).first;
    if (found->second == nullptr) return {};
    const ExplainedSample explained = found->second->explain(sample);
    const ExplainedMetric& metric = explained.metrics.front();
    const auto* const spice = std::get_if<SpiceExplanation>(&metric.explanation.how);
    return spice == nullptr || spice->refused || metric.differs ? "" : scene_svg(*spice);
  };
}

}  // namespace vernier
