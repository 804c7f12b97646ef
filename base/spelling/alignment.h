// Which edits turn one sequence into another.
#pragma once

#include <cstddef>
#include <vector>

#include "base/spelling/symbol_distance.h"

namespace vernier {

enum class Edit { kKeep, kReplace, kDelete, kInsert };

/// Neighbouring edits of one kind: `length` symbols from `a` on in the first sequence, from `b` on
/// in the second. What is inserted has no symbols in the first, what is deleted none in the second.
struct EditRun {
  Edit edit;
  std::size_t a, b, length;
};

/// One of the alignments with the fewest edits, always the same; others may have fewer replacements
/// and as many more deletions and insertions. Linear memory (Hirschberg 1975): two 20,000-character
/// pages take about 50 ms.
std::vector<EditRun> align(Symbols a, Symbols b);

}  // namespace vernier
