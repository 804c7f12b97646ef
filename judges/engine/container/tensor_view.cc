#include "judges/engine/container/tensor_view.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vernier::engine {

std::string text_of(const Shape& shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

}  // namespace vernier::engine
