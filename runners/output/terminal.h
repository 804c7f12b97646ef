// The terminal that standard output goes to.
#pragma once

#include <cstddef>

namespace vernier {

/// Columns of the terminal; else what $COLUMNS says; else 80.
std::size_t terminal_width();

}  // namespace vernier
