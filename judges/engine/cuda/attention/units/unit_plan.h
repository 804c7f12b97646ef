// Which warps look at which keys, for sequences with few new rows: a warp a unit of keys.
//
// Sequences that share pages (the same picture and instruction before them) are looked at together:
// the unit's keys are read once for up to sixteen of their queries (Juravsky et al. 2024,
// "Hydragen"; Ye et al. 2024, "ChunkAttention"). What a query gets from a unit is the same bits
// with whatever other queries.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "judges/engine/cuda/attention/device_places.h"

namespace vernier::engine::cuda {

/// A row of the batch, looking at one unit.
struct UnitQuery {
  std::uint32_t row;
  std::uint32_t part;  ///< where its result goes
  std::uint32_t last;  ///< the last token that it sees
};

/// A unit: so many consecutive pages, from multiples of that on.
inline constexpr std::uint32_t kUnitPages = 2;
inline constexpr std::uint32_t kUnitKeys = kUnitPages * static_cast<std::uint32_t>(kPageTokens);

/// Up to sixteen queries (rows times heads that share keys) of one unit.
struct Unit {
  std::uint32_t first_page;  ///< among the plan's pages
  std::uint32_t number;      ///< of the unit in its sequences
  std::uint32_t keys;        ///< that any of them sees of it
  std::uint32_t first_query, queries;
};

/// The results of a row, to be folded together.
struct UnitRow {
  std::uint32_t row, first_part, parts;
};

struct UnitPlan {
  std::vector<Unit> units;
  std::vector<UnitQuery> queries;
  std::vector<UnitRow> rows;
  std::vector<const void*> pages;
  std::uint32_t parts = 0;  ///< of all rows
};

/// A plan on the device. There may be launched more warps than there are units: as many as
/// `most_units`, so that recorded work fits later plans too.
struct DeviceUnits {
  const Unit* units = nullptr;
  const UnitQuery* queries = nullptr;
  const UnitRow* rows = nullptr;
  const void* const* pages = nullptr;
  const std::uint32_t* counts = nullptr;  ///< of units, of rows
  std::uint32_t most_units = 0, row_count = 0;
  std::uint32_t most_parts = 0;

  /// Numbers of memory that the parts of so many heads take.
  std::size_t part_floats(std::size_t heads, std::size_t size) const {
    return std::size_t{most_parts} * heads * (size + 2);
  }
};

/// New rows of a sequence at most that are taken apart so: more have keys enough for a block.
inline constexpr std::uint32_t kMostUnitRows = 32;
/// Heads that share keys at most: as many queries as a unit takes.
inline constexpr std::uint32_t kMostGroup = 16;

/// Of the stretches with at most kMostUnitRows rows. `pages` of all stretches; `group`: heads that
/// share keys, at most kMostGroup.
UnitPlan plan_units(std::span<const DeviceStretch> stretches, std::span<const void* const> pages,
                    std::uint32_t group);

}  // namespace vernier::engine::cuda
