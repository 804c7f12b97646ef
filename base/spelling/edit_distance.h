// How far apart two spellings are: for messages that say what was probably meant.
#pragma once

#include <cstddef>
#include <string_view>

namespace vernier {

/// The least number of bytes to insert, delete or replace that turns one text into the other
/// (Levenshtein). For names: |a| * |b| steps.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace vernier
