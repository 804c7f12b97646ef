#include "judges/engine/cuda/attention/units/unit_plan.h"

#include <algorithm>
#include <compare>
#include <tuple>

namespace vernier::engine::cuda {
namespace {

/// A row and a unit that it sees some of.
struct Sight {
  std::uint32_t unit;
  const void* pages[kUnitPages];  ///< nullptr: it sees none of the second
  UnitQuery query;

  auto keys() const { return std::tie(unit, pages[0], pages[1]); }
};

std::vector<Sight> sights_of(std::span<const DeviceStretch> stretches,
                             std::span<const void* const> pages, UnitPlan& plan) {
  std::vector<Sight> out;
  for (const DeviceStretch& s : stretches) {
    if (s.rows > kMostUnitRows) continue;
    for (std::uint32_t r = 0; r < s.rows; ++r) {
      const std::uint32_t last = s.position + r, units = last / kUnitKeys + 1;
      plan.rows.push_back({s.first_row + r, plan.parts, units});
      for (std::uint32_t u = 0; u < units; ++u) {
        const std::uint32_t first = s.first_page + u * kUnitPages;
        const bool second = last >= u * kUnitKeys + kPageTokens;
        out.push_back({u,
                       {pages[first], second ? pages[first + 1] : nullptr},
                       {s.first_row + r, plan.parts + u, last}});
      }
      plan.parts += units;
    }
  }
  return out;
}

}  // namespace

UnitPlan plan_units(std::span<const DeviceStretch> stretches, std::span<const void* const> pages,
                    std::uint32_t group) {
  UnitPlan plan;
  std::vector<Sight> sights = sights_of(stretches, pages, plan);
  std::ranges::stable_sort(sights,
                           [](const Sight& a, const Sight& b) { return a.keys() < b.keys(); });
  const std::uint32_t most = kMostGroup / group;
  for (std::size_t i = 0; i < sights.size();) {
    const Sight& first = sights[i];
    Unit unit{static_cast<std::uint32_t>(plan.pages.size()), first.unit, 0,
              static_cast<std::uint32_t>(plan.queries.size()), 0};
    for (; i < sights.size() && unit.queries < most && sights[i].keys() == first.keys(); ++i) {
      const UnitQuery& query = sights[i].query;
      unit.keys =
          std::max(unit.keys, std::min(kUnitKeys, query.last + 1 - unit.number * kUnitKeys));
      plan.queries.push_back(query);
      ++unit.queries;
    }
    plan.units.push_back(unit);
    for (const void* page : first.pages) plan.pages.push_back(page);
  }
  return plan;
}

}  // namespace vernier::engine::cuda
