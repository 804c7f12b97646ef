// Which weights a checkpoint has in few bits: X.qweight and its companions instead of X.weight.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "judges/engine/container/names/expected_tensors.h"
#include "judges/engine/container/names/named_tensors.h"
#include "judges/engine/quantisation/quantisation_format.h"
#include "judges/engine/quantisation/quantised_matrix.h"

namespace vernier::engine {

/// Whether a weight, by canonical name, can be in few bits: the matrices of the language model's
/// layers, and its head.
bool may_be_quantised(std::string_view canonical);

/// Takes those that are there as qweight out of `expected` and puts their parts in; returns them.
/// Throws Error(kResource) for a qweight without a format, of another layout or shape than the
/// format's, beside a plain weight, or of a part of the model that is read in 16 or 32 bits only;
/// and for a format without any qweight.
std::vector<ExpectedTensor> take_quantised(const TensorStore& store,
                                           const std::vector<NamedTensor>& found,
                                           const std::optional<QuantisationFormat>& format,
                                           std::vector<ExpectedTensor>& expected);

/// Of a weight that take_quantised() returned. Throws Error(kResource) as unpack() (layout.h).
QuantisedMatrix unpack_weight(const TensorStore& store, const std::vector<NamedTensor>& tensors,
                              const QuantisationFormat& format, const ExpectedTensor& weight);

}  // namespace vernier::engine
