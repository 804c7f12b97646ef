#include "judges/engine/cuda/places.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace vernier::engine::cuda {
namespace {

bool same(std::span<const DeviceStretch> a, std::span<const DeviceStretch> b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

}  // namespace

namespace {

struct Wanted {
  std::vector<DeviceStretch> stretches;
  std::vector<const void*> pages;
};

Wanted wanted_of(std::span<const Stretch> stretches) {
  Wanted out;
  for (const Stretch& s : stretches) {
    const std::size_t used = (s.position + s.rows + kPageTokens - 1) / kPageTokens;
    out.stretches.push_back(
        {static_cast<std::uint32_t>(s.first_row), static_cast<std::uint32_t>(s.rows),
         static_cast<std::uint32_t>(s.position), static_cast<std::uint32_t>(out.pages.size())});
    out.pages.insert(out.pages.end(), s.pages.begin(),
                     s.pages.begin() + static_cast<std::ptrdiff_t>(used));
  }
  return out;
}

}  // namespace

bool KeptPlaces::Kept::is(std::span<const DeviceStretch> others,
                          std::span<const void* const> other_pages) const {
  return same(stretches, others) && std::ranges::equal(pages, other_pages);
}

DevicePlaces KeptPlaces::of(std::span<const Stretch> stretches, std::uint32_t group,
                            cudaStream_t stream) {
  Wanted wanted = wanted_of(stretches);
  Kept* found = nullptr;
  for (Kept* kept : {&kept_, &other_}) {
    if (kept->is(wanted.stretches, wanted.pages)) found = kept;
  }
  if (found == nullptr) {
    found = &other_;
    found->fill(std::move(wanted.stretches), std::move(wanted.pages), stream);
  }
  if (group != 0 && found->group != group) found->plan(group, stream);
  return found->places;
}

void KeptPlaces::keep(std::span<const Stretch> stretches, cudaStream_t stream) {
  Wanted wanted = wanted_of(stretches);
  if (kept_.is(wanted.stretches, wanted.pages)) return;
  kept_.fill(std::move(wanted.stretches), std::move(wanted.pages), stream);
}

void KeptPlaces::Kept::fill(std::vector<DeviceStretch> others, std::vector<const void*> other_pages,
                            cudaStream_t stream) {
  stretches = std::move(others);
  pages = std::move(other_pages);
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
