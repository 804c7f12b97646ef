#include "judges/engine/container/values/dtype.h"

#include <array>

namespace vernier::engine {
namespace {

struct Row {
  std::string_view name;
  std::size_t size;
};

/// In the order of DType.
constexpr std::array<Row, 15> kRows = {{{"F64", 8},
                                        {"F32", 4},
                                        {"F16", 2},
                                        {"BF16", 2},
                                        {"I64", 8},
                                        {"I32", 4},
                                        {"I16", 2},
                                        {"I8", 1},
                                        {"U64", 8},
                                        {"U32", 4},
                                        {"U16", 2},
                                        {"U8", 1},
                                        {"BOOL", 1},
                                        {"F8_E4M3", 1},
                                        {"F8_E5M2", 1}}};

}  // namespace

std::size_t size_of(DType type) { return kRows[static_cast<std::size_t>(type)].size; }

std::string_view name_of(DType type) { return kRows[static_cast<std::size_t>(type)].name; }

std::optional<DType> dtype_named(std::string_view name) {
  for (std::size_t n = 0; n < kRows.size(); ++n) {
    if (kRows[n].name == name) return static_cast<DType>(n);
  }
  return std::nullopt;
}

std::string all_dtype_names() {
  std::string names;
  for (const Row& row : kRows) {
    if (!names.empty()) names += ", ";
    names += row.name;
  }
  return names;
}

bool is_float(DType type) { return type <= DType::kBf16; }

}  // namespace vernier::engine
