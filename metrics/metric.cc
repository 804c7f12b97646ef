#include "metrics/metric.h"

namespace vernier {

MetricDescription describe(const Metric& metric) {
  return {std::string(metric.name()),
          metric.signature(),
          {metric.columns().begin(), metric.columns().end()},
          {metric.score_names().begin(), metric.score_names().end()},
          std::string(metric.aggregation()),
          metric.less_is_better()};
}

}  // namespace vernier
