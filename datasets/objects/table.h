// Tables with a header as lists of objects.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/objects/value.h"

namespace vernier {

/// The rows of a TSV or CSV text (told by whether its first line holds a tab) as objects of strings
/// under the names of the first row. Bytes that are no UTF-8 are refused, or replaced and counted.
/// Throws Error(kBadInput), `name`:LINE:.
std::vector<Value> read_table(std::string_view text, const std::string& name, bool replace,
                              std::uint64_t& replaced);

}  // namespace vernier
