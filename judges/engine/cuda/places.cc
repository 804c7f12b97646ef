#include "judges/engine/cuda/places.h"

#include <algorithm>
#include <bit>

namespace vernier::engine::cuda {
namespace {

/// The pages of a stretch that its tokens lie in.
std::span<float* const> used_pages(const Stretch& s) {
  return s.pages.first((s.position + s.rows + kPageTokens - 1) / kPageTokens);
}

}  // namespace

// Asked in every layer: nothing is built for it.
bool KeptPlaces::Kept::is(std::span<const Stretch> others) const {
  if (others.size() != stretches.size()) return false;
  std::size_t page = 0;
  for (std::size_t i = 0; i < others.size(); ++i) {
    const Stretch& s = others[i];
    const DeviceStretch& mine = stretches[i];
    const auto used = used_pages(s);
    if (mine.first_row != s.first_row || mine.rows != s.rows || mine.position != s.position ||
        !std::equal(used.begin(), used.end(), pages.begin() + static_cast<std::ptrdiff_t>(page))) {
      return false;
    }
    page += used.size();
  }
  return true;
}

DevicePlaces KeptPlaces::of(std::span<const Stretch> stretches, std::uint32_t group,
                            cudaStream_t stream) {
  Kept& found = kept_.is(stretches) ? kept_ : other_;
  if (!found.is(stretches)) found.fill(stretches, stream);
  if (group != 0 && found.group != group) found.plan(group, stream);
  return found.places;
}

void KeptPlaces::keep(std::span<const Stretch> stretches, cudaStream_t stream) {
  if (!kept_.is(stretches)) kept_.fill(stretches, stream);
}

void KeptPlaces::Kept::fill(std::span<const Stretch> others, cudaStream_t stream) {
  stretches.clear();
  pages.clear();
  for (const Stretch& s : others) {
    const auto used = used_pages(s);
    stretches.push_back({static_cast<std::uint32_t>(s.first_row),
                         static_cast<std::uint32_t>(s.rows), static_cast<std::uint32_t>(s.position),
                         static_cast<std::uint32_t>(pages.size())});
    pages.insert(pages.end(), used.begin(), used.end());
  }
  std::vector<std::uint32_t> of_row;
  std::uint32_t most_rows = 0;
  for (std::size_t s = 0; s < stretches.size(); ++s) {
    of_row.insert(of_row.end(), stretches[s].rows, static_cast<std::uint32_t>(s));
    most_rows = std::max(most_rows, stretches[s].rows);
  }
  places.stretches = stretch_room.copy_of(stretches, stream);
  places.stretch_of_row = row_room.copy_of(of_row, stream);
  places.pages = page_room.copy_of(pages, stream);
  places.rows = static_cast<std::uint32_t>(of_row.size());
  places.stretch_count = static_cast<std::uint32_t>(stretches.size());
  places.most_rows = most_rows;
  if (group != 0) plan(group, stream);
}

void KeptPlaces::Kept::plan(std::uint32_t of_group, cudaStream_t stream) {
  group = of_group;
  places.units = {};
  places.tall = places.stretches;
  places.tall_count = places.stretch_count;
  if (group > kMostGroup) return;
  const UnitPlan plan = plan_units(stretches, pages, group);
  if (plan.rows.empty()) return;
  std::vector<DeviceStretch> tall;
  for (const DeviceStretch& s : stretches) {
    if (s.rows > kMostUnitRows) tall.push_back(s);
  }
  places.tall = tall_room.copy_of(tall, stream);
  places.tall_count = static_cast<std::uint32_t>(tall.size());
  const std::vector<std::uint32_t> counts = {static_cast<std::uint32_t>(plan.units.size()),
                                             static_cast<std::uint32_t>(plan.rows.size())};
  DeviceUnits& units = places.units;
  units.units = unit_room.copy_of(plan.units, stream);
  units.queries = unit_query_room.copy_of(plan.queries, stream);
  units.rows = unit_row_room.copy_of(plan.rows, stream);
  units.pages = unit_page_room.copy_of(plan.pages, stream);
  units.counts = count_room.copy_of(counts, stream);
  units.most_units = std::bit_ceil(counts[0]);
  units.most_parts = std::bit_ceil(plan.parts);
  units.row_count = counts[1];
}

}  // namespace vernier::engine::cuda
