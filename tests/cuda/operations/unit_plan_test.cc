// Which warps look at which keys: everything once, and shared pages together.
#include "judges/engine/cuda/attention/units/unit_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace vernier::engine::cuda {
namespace {

constexpr std::uint32_t kPage = 32, kKeys = 64;

const void* page(int number) { return reinterpret_cast<const void*>(std::uintptr_t{256} * number); }

/// Every row sees every key up to its own exactly once, in consecutive parts, through its pages.
void expect_complete(const UnitPlan& plan, const std::vector<DeviceStretch>& stretches,
                     const std::vector<const void*>& pages, std::uint32_t group) {
  std::map<std::uint32_t, const UnitRow*> rows;
  for (const UnitRow& row : plan.rows) EXPECT_TRUE(rows.emplace(row.row, &row).second);
  std::set<std::uint32_t> parts;
  for (const Unit& unit : plan.units) {
    ASSERT_LE(unit.queries * group, kMostGroup);
    ASSERT_GT(unit.queries, 0U);
    for (std::uint32_t i = 0; i < unit.queries; ++i) {
      const UnitQuery& query = plan.queries[unit.first_query + i];
      const UnitRow& row = *rows.at(query.row);
      EXPECT_TRUE(parts.insert(query.part).second);
      EXPECT_EQ(query.part, row.first_part + unit.number);
      EXPECT_EQ(row.parts, query.last / kKeys + 1);
      const auto stretch = std::ranges::find_if(stretches, [&](const DeviceStretch& s) {
        return query.row >= s.first_row && query.row < s.first_row + s.rows;
      });
      EXPECT_EQ(query.last, stretch->position + query.row - stretch->first_row);
      EXPECT_GE(unit.keys, std::min(kKeys, query.last + 1 - unit.number * kKeys));
      for (std::uint32_t p = 0; p < 2; ++p) {
        const std::uint32_t first = unit.number * kKeys + p * kPage;
        if (first > query.last) continue;
        EXPECT_EQ(plan.pages[unit.first_page + p], pages[stretch->first_page + first / kPage]);
      }
    }
  }
  EXPECT_EQ(parts.size(), plan.parts);
  for (const UnitRow& row : plan.rows) {
    for (std::uint32_t p = 0; p < row.parts; ++p) EXPECT_TRUE(parts.contains(row.first_part + p));
  }
}

TEST(UnitPlan, OneSequence) {
  const std::vector<const void*> pages = {page(1), page(2), page(3), page(4)};
  for (const std::uint32_t position : {0U, 31U, 32U, 63U, 64U, 100U}) {
    const std::vector<DeviceStretch> one = {{0, 1, position, 0}};
    const UnitPlan plan = plan_units(one, pages, 1);
    EXPECT_EQ(plan.units.size(), position / kKeys + 1);
    expect_complete(plan, one, pages, 1);
  }
}

TEST(UnitPlan, LongStretchesAreLeftOut) {
  const std::vector<const void*> pages(8, page(1));
  const std::vector<DeviceStretch> two = {{0, kMostUnitRows + 1, 0, 0}, {33, kMostUnitRows, 0, 4}};
  const UnitPlan plan = plan_units(two, pages, 1);
  EXPECT_EQ(plan.rows.size(), kMostUnitRows);
  EXPECT_EQ(plan.rows[0].row, 33U);
}

TEST(UnitPlan, WhatIsSharedIsLookedAtTogether) {
  // Five captions of one picture: 20 pages before them are the same.
  std::vector<const void*> pages;
  std::vector<DeviceStretch> stretches;
  for (int s = 0; s < 5; ++s) {
    stretches.push_back({static_cast<std::uint32_t>(s), 1, 20 * kPage + 7,
                         static_cast<std::uint32_t>(pages.size())});
    for (int p = 0; p < 20; ++p) pages.push_back(page(1 + p));
    pages.push_back(page(100 + s));
  }
  for (const std::uint32_t group : {1U, 4U, 7U, 16U}) {
    const UnitPlan plan = plan_units(stretches, pages, group);
    expect_complete(plan, stretches, pages, group);
    const std::uint32_t at_once = std::min(5U, kMostGroup / group);
    EXPECT_EQ(plan.units.size(), 10 * ((5 + at_once - 1) / at_once) + 5) << "group " << group;
  }
}

TEST(UnitPlan, ManyRowsOfManySequences) {
  std::vector<const void*> pages;
  std::vector<DeviceStretch> stretches;
  std::uint32_t row = 0;
  for (std::uint32_t s = 0; s < 9; ++s) {
    const std::uint32_t rows = 1 + s * 5 % 32, position = s * 41;
    stretches.push_back({row, rows, position, static_cast<std::uint32_t>(pages.size())});
    row += rows;
    for (std::uint32_t p = 0; p * kPage < position + rows; ++p) {
      pages.push_back(p < 2 ? page(1 + static_cast<int>(p))
                            : page(1000 + static_cast<int>(pages.size())));
    }
  }
  for (const std::uint32_t group : {1U, 3U, 8U}) {
    expect_complete(plan_units(stretches, pages, group), stretches, pages, group);
  }
}

}  // namespace
}  // namespace vernier::engine::cuda
