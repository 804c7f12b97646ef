#include "judges/engine/cuda/products/cublaslt/library.h"

#include <dlfcn.h>

#include <cstdlib>
#include <optional>
#include <string>

namespace vernier::engine::cuda {
namespace {

template <typename Function>
bool find(void* library, const char* name, Function& to) {
  to = reinterpret_cast<Function>(::dlsym(library, name));
  return to != nullptr;
}

std::optional<CublasLt> open() {
  const char* const chosen = std::getenv("VERNIER_CUBLASLT");
  const std::string usual = "libcublasLt.so." + std::to_string(CUBLAS_VER_MAJOR);
  void* const library = ::dlopen(chosen != nullptr ? chosen : usual.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::nullopt;
  CublasLt lt{};
  const bool all = find(library, "cublasLtCreate", lt.create) &&
                   find(library, "cublasLtDestroy", lt.destroy) &&
                   find(library, "cublasLtGetVersion", lt.version) &&
                   find(library, "cublasLtMatmulDescCreate", lt.make_product) &&
                   find(library, "cublasLtMatmulDescDestroy", lt.free_product) &&
                   find(library, "cublasLtMatmulDescSetAttribute", lt.set_product) &&
                   find(library, "cublasLtMatrixLayoutCreate", lt.make_layout) &&
                   find(library, "cublasLtMatrixLayoutDestroy", lt.free_layout) &&
                   find(library, "cublasLtMatmulPreferenceCreate", lt.make_preference) &&
                   find(library, "cublasLtMatmulPreferenceDestroy", lt.free_preference) &&
                   find(library, "cublasLtMatmulPreferenceSetAttribute", lt.set_preference) &&
                   find(library, "cublasLtMatmulAlgoGetHeuristic", lt.choose) &&
                   find(library, "cublasLtMatmul", lt.multiply);
  if (!all) return std::nullopt;
  return lt;
}

}  // namespace

const CublasLt* cublas_lt() {
  static const std::optional<CublasLt> library = open();
  return library ? &*library : nullptr;
}

}  // namespace vernier::engine::cuda
