#include "judges/engine/cuda/products/cublaslt/large_products.h"

#include <fmt/format.h>

#include <memory>

#include "base/error.h"

namespace vernier::engine::cuda {
namespace {

constexpr std::size_t kWorkspace = std::size_t{32} << 20, kMostChosen = 4096;

void check_lt(cublasStatus_t status, const char* what) {
  if (status == CUBLAS_STATUS_SUCCESS) return;
  throw Error(ExitCode::kResource,
              fmt::format("cuBLASLt: {}: status {}", what, static_cast<int>(status)));
}

cudaDataType_t type_of(DType type) { return type == DType::kBf16 ? CUDA_R_16BF : CUDA_R_16F; }

}  // namespace

// The library counts by columns: y [R, O] by rows is y' [O, R] by columns, w' and x' likewise.
struct LargeProducts::Layouts {
  Layouts(const CublasLt& library, const Copy16& x, std::size_t rows, const DeviceMatrix& w)
      : lt(library) {
    const auto make = [&](cublasLtMatrixLayout_t& to, cudaDataType_t type, std::size_t down,
                          std::size_t across, std::size_t stride) {
      check_lt(lt.make_layout(&to, type, down, across, static_cast<std::int64_t>(stride)),
               "a layout");
    };
    make(weights, type_of(w.type), w.columns, w.rows, w.stride);
    make(inputs, type_of(w.type), w.columns, rows, x.stride);
    make(outputs, CUDA_R_32F, w.rows, rows, w.rows);
  }
  ~Layouts() {
    for (cublasLtMatrixLayout_t layout : {weights, inputs, outputs}) {
      if (layout != nullptr) static_cast<void>(lt.free_layout(layout));
    }
  }
  Layouts(const Layouts&) = delete;
  Layouts& operator=(const Layouts&) = delete;

  const CublasLt& lt;
  cublasLtMatrixLayout_t weights = nullptr, inputs = nullptr, outputs = nullptr;
};

LargeProducts::LargeProducts() : lt_(cublas_lt()) {
  if (lt_ == nullptr) return;
  if (lt_->create(&handle_) != CUBLAS_STATUS_SUCCESS) {
    handle_ = nullptr;
    return;
  }
  workspace_ = DeviceBytes(kWorkspace);
}

LargeProducts::~LargeProducts() {
  if (handle_ != nullptr) static_cast<void>(lt_->destroy(handle_));
}

std::string LargeProducts::version() const {
  const std::size_t version = lt_->version();
  return fmt::format("cuBLASLt {}.{}.{}", version / 10000, version / 100 % 100, version % 100);
}

cublasLtMatmulAlgo_t LargeProducts::choose(const Key& key, cublasLtMatmulDesc_t product,
                                           const Layouts& layouts) {
  if (const auto found = chosen_.find(key); found != chosen_.end()) return found->second;
  cublasLtMatmulPreference_t preference = nullptr;
  check_lt(lt_->make_preference(&preference), "a preference");
  const std::size_t most = kWorkspace;
  check_lt(
      lt_->set_preference(preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &most, sizeof most),
      "a preference");
  cublasLtMatmulHeuristicResult_t result{};
  int found = 0;
  const cublasStatus_t status =
      lt_->choose(handle_, product, layouts.weights, layouts.inputs, layouts.outputs,
                  layouts.outputs, preference, 1, &result, &found);
  static_cast<void>(lt_->free_preference(preference));
  check_lt(status, "choosing a kernel");
  if (found == 0) throw Error(ExitCode::kResource, "cuBLASLt: it has no kernel for these shapes");
  if (chosen_.size() == kMostChosen) chosen_.clear();
  return chosen_.emplace(key, result.algo).first->second;
}

void LargeProducts::multiply(cudaStream_t stream, Copy16 x, std::size_t rows,
                             const Target<DeviceMatrix>& target) {
  const DeviceMatrix& w = *target.weights;
  const Layouts layouts(*lt_, x, rows, w);
  cublasLtMatmulDesc_t made = nullptr;
  check_lt(lt_->make_product(&made, CUBLAS_COMPUTE_32F, CUDA_R_32F), "a product");
  const std::unique_ptr<cublasLtMatmulDescOpaque_t, decltype(lt_->free_product)> product(
      made, lt_->free_product);
  const auto set = [&](cublasLtMatmulDescAttributes_t attribute, const auto& value) {
    check_lt(lt_->set_product(made, attribute, &value, sizeof value), "a product");
  };
  set(CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_T);
  if (target.bias != nullptr) {
    set(CUBLASLT_MATMUL_DESC_EPILOGUE, CUBLASLT_EPILOGUE_BIAS);
    set(CUBLASLT_MATMUL_DESC_BIAS_POINTER, target.bias);
  }
  const cublasLtMatmulAlgo_t algorithm =
      choose({rows, w.rows, w.columns, w.type, target.bias != nullptr, target.adds}, made, layouts);
  const float one = 1, beta = target.adds ? 1.0F : 0.0F;
  check_lt(lt_->multiply(handle_, made, &one, w.data, layouts.weights, x.data, layouts.inputs,
                         &beta, target.y, layouts.outputs, target.y, layouts.outputs, &algorithm,
                         workspace_.data(), kWorkspace, stream),
           "a product");
}

}  // namespace vernier::engine::cuda
