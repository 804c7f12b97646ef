#include "judges/precision/logit_drift.h"

#include <utility>

#include "judges/precision/comparable.h"
#include "judges/precision/reading/paired_reading.h"

namespace vernier::logits {

void logit_drift(chat::LocalModel& a, chat::LocalModel& b,
                 std::span<const chat::ChatRequest> requests, const DriftOptions& options,
                 const DriftDone& done) {
  check_comparable(a, b);
  PairedReading reading(a, options.row_bytes);
  for (std::size_t first = 0; first < requests.size();) {
    const auto rest = requests.subspan(first);
    const auto portion = rest.first(reading.portion(rest, options.portion));
    std::vector<RequestDrift> drifts(portion.size());
    std::vector<std::string> errors = reading.read(portion, [&] {
      reading.compare(
          b, [&](std::size_t i, const TokenDrift& drift) { drifts[i].tokens.push_back(drift); },
          [] {});
    });
    for (std::size_t i = 0; i < portion.size(); ++i) {
      if (!errors[i].empty()) drifts[i] = {std::move(errors[i]), {}};
      done(first + i, std::move(drifts[i]));
    }
    first += portion.size();
  }
}

}  // namespace vernier::logits
