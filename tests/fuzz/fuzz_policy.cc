// Any bytes as a gate's policy: rules that demand something sensible, or one usage error.
#include <cmath>

#include "base/error.h"
#include "results/gate/policy.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vernier;
  using fuzz::require;
  const fuzz::MemoryFile file(fuzz::as_text(data, size));
  try {
    const GatePolicy policy = read_policy(file.path());
    require(!policy.rules.empty());
    require(policy.resamples >= 100);
    for (const GateRule& rule : policy.rules) {
      require(!rule.metric.empty());
      require(rule.max_drop || rule.max_drop_percent || rule.min_value || rule.max_value);
      for (const auto& bound :
           {rule.max_drop, rule.max_drop_percent, rule.min_value, rule.max_value}) {
        require(!bound || std::isfinite(*bound));
      }
      require(rule.alpha > 0 && rule.alpha < 0.5);
    }
  } catch (const Error& error) {
    require(error.code() == ExitCode::kUsage || error.code() == ExitCode::kBadInput);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
  }
  return 0;
}
