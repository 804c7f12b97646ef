// Products of many rows by cuBLASLt, which uses Hopper's own instructions where ours do not; but a
// row's last digits may depend on how many rows there are.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "judges/engine/cuda/device_memory.h"
#include "judges/engine/cuda/products/cublaslt/library.h"
#include "judges/engine/cuda/products/products.h"

namespace vernier::engine::cuda {

class LargeProducts {
 public:
  /// Where the library is not there, available() is false, and nothing else may be called.
  LargeProducts();
  ~LargeProducts();
  LargeProducts(const LargeProducts&) = delete;
  LargeProducts& operator=(const LargeProducts&) = delete;

  bool available() const { return handle_ != nullptr; }
  /// "cuBLASLt 13.1.0".
  std::string version() const;

  /// As multiply16() for one target. Which of the library's kernels is used depends on the shapes
  /// alone. Throws Error(kResource) where it has none for them.
  void multiply(cudaStream_t stream, Copy16 x, std::size_t rows,
                const Target<DeviceMatrix>& target);

 private:
  using Key = std::tuple<std::size_t, std::size_t, std::size_t, DType, bool, bool>;
  struct Layouts;
  cublasLtMatmulAlgo_t choose(const Key& key, cublasLtMatmulDesc_t product, const Layouts& layouts);

  const CublasLt* lt_ = nullptr;
  cublasLtHandle_t handle_ = nullptr;
  DeviceBytes workspace_;
  std::map<Key, cublasLtMatmulAlgo_t> chosen_;
};

}  // namespace vernier::engine::cuda
