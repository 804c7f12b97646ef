// Units of a model in the order in which they are computed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "results/report/precision/reading/precision_levels.h"

namespace vernier::report {

/// What stands in one row: a layer with its two units, or another unit alone.
struct UnitRow {
  std::string name;  ///< "language layer 3", "projector"
  struct Part {
    std::string name;  ///< "attention", "mlp"; empty: the row's
    double kl = 0, same_top = 0;
  };
  std::vector<Part> parts;
};

/// Embeddings and layers of the tower, projector, embedding, layers and head of the language model;
/// units of other names come last, as they are.
std::vector<UnitRow> unit_rows(std::span<const PrecisionUnits::Unit> units);

/// "vision embeddings, vision layers 0–3, projector": names in order, layers in a row as one.
std::string unit_names(std::span<const std::string> names);

}  // namespace vernier::report
