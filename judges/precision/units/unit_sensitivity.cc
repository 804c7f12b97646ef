#include "judges/precision/units/unit_sensitivity.h"

#include <algorithm>

#include "judges/precision/comparable.h"
#include "judges/precision/reading/paired_reading.h"
#include "judges/precision/units/exchanged_unit.h"

namespace vernier::logits {
namespace {

using Sums = UnitSensitivity::Sums;

void add(const TokenDrift& drift, Sums& sums) {
  sums.kl += drift.kl;
  sums.same_top += drift.same_top() ? 1 : 0;
  ++sums.tokens;
}

void finish(UnitSensitivity& unit) {
  Sums all;
  for (const Sums& one : unit.requests) {
    all.kl += one.kl;
    all.same_top += one.same_top;
    all.tokens += one.tokens;
  }
  unit.kl = all.kl / static_cast<double>(all.tokens);
  unit.same_top = static_cast<double>(all.same_top) / static_cast<double>(all.tokens);
}

/// Every unit that differs, with room for the sums; the others go into `equal`.
Sensitivity begin(const chat::LocalModel& a, const chat::LocalModel& b, std::size_t requests) {
  Sensitivity out;
  out.errors.resize(requests);
  for (const ModelUnit& unit : differing_units(a.checkpoint(), b.checkpoint())) {
    UnitSensitivity& one = out.units.emplace_back();
    one.unit = unit;
    one.name = name_of(unit);
    one.requests.resize(requests);
  }
  for (const ModelUnit& unit : units_of(a.checkpoint().config())) {
    if (std::ranges::find(out.units, unit, &UnitSensitivity::unit) == out.units.end()) {
      out.equal.push_back(unit);
    }
  }
  return out;
}

/// Keeps what a model sees in pictures, while it lives.
class KeepingLooks {
 public:
  KeepingLooks(engine::CheckpointModel& model, std::size_t bytes) : model_(model), looks_(bytes) {
    model_.keep_looks(&looks_);
  }
  ~KeepingLooks() { model_.keep_looks(nullptr); }
  KeepingLooks(const KeepingLooks&) = delete;
  KeepingLooks& operator=(const KeepingLooks&) = delete;

 private:
  engine::CheckpointModel& model_;
  engine::KeptLooks looks_;
};

}  // namespace

Sensitivity unit_sensitivity(chat::LocalModel& a, chat::LocalModel& b,
                             std::span<const chat::ChatRequest> requests,
                             const SensitivityOptions& options, const SensitivityStep& step) {
  check_comparable(a, b);
  Sensitivity out = begin(a, b, requests.size());
  if (out.units.empty()) return out;
  const std::size_t all = requests.size() * out.units.size();
  std::size_t done = 0;
  const auto answered = [&] {
    if (step && done < all) step(++done, all);
  };
  const KeepingLooks looks(a.checkpoint(), options.look_bytes);
  PairedReading reading(a, options.row_bytes);
  for (std::size_t first = 0; first < requests.size();) {
    const auto rest = requests.subspan(first);
    const auto portion = rest.first(reading.portion(rest, rest.size()));
    std::vector<std::string> errors = reading.read(portion, [&] {
      for (UnitSensitivity& unit : out.units) {
        const ExchangedUnit exchanged(a, b, unit.unit);
        reading.compare(
            a,
            [&](std::size_t i, const TokenDrift& drift) { add(drift, unit.requests[first + i]); },
            answered);
      }
    });
    for (std::size_t i = 0; i < portion.size(); ++i) {
      if (errors[i].empty()) continue;
      for (UnitSensitivity& unit : out.units) unit.requests[first + i] = {};
      out.errors[first + i] = std::move(errors[i]);
    }
    first += portion.size();
  }
  for (UnitSensitivity& unit : out.units) finish(unit);
  std::ranges::stable_sort(out.units, std::ranges::greater{}, &UnitSensitivity::kl);
  return out;
}

}  // namespace vernier::logits
