// Cases with the number of their cluster, as the table that intervals are made from.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <span>

#include "results/statistics/resampling/cluster_table.h"

namespace vernier {

/// A row a cluster that has cases, by its number (`cluster` of a case): the sums of `values(case)`,
/// an array of N, over its cases, then how many these are.
template <std::size_t N, class Case, class Values>
ClusterTable cluster_sums(std::span<const Case> cases, Values values) {
  std::map<std::size_t, std::size_t> rows;
  for (const Case& one : cases) rows.emplace(one.cluster, 0);
  std::size_t count = 0;
  for (auto& [cluster, row] : rows) row = count++;
  ClusterTable table(count, N + 1);
  for (const Case& one : cases) {
    const std::span<double> sums = table.row(rows.at(one.cluster));
    const std::array<double, N> added = values(one);
    for (std::size_t k = 0; k < N; ++k) sums[k] += added[k];
    ++sums[N];
  }
  return table;
}

}  // namespace vernier
