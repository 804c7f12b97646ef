#include <cstring>
#include <vector>

#include "judges/engine/container/values/convert.h"
#include "judges/engine/cuda/products/cublaslt/library.h"
#include "tests/cuda_emulation/machine/device_memory.h"
#include "tests/cuda_emulation/machine/failures.h"

struct cublasLtContext {};

namespace {

using vernier::emulation::DeviceMemory;
using vernier::emulation::Failures;

/// What a kernel of the library would be started with, kept for when it runs.
struct Product {
  cublasLtMatmulDescOpaque_t how;
  cublasLtMatrixLayoutOpaque_t a, b, d;
  float alpha, beta;
  const void *a_data, *b_data;
  float* d_data;
};

float number(const void* data, cudaDataType_t type, std::size_t at) {
  std::uint16_t bits = 0;
  std::memcpy(&bits, static_cast<const std::uint16_t*>(data) + at, sizeof bits);
  return type == CUDA_R_16F ? vernier::engine::float_of_half(bits)
                            : vernier::engine::float_of_bf16(bits);
}

bool holds(const void* data, const cublasLtMatrixLayoutOpaque_t& layout, std::size_t size) {
  const auto stride = static_cast<std::size_t>(layout.stride);
  const std::size_t numbers = (layout.columns - 1) * stride + layout.rows;
  if (DeviceMemory::get().holds(data, numbers * size)) return true;
  Failures::add("cublasLtMatmul: a matrix is not in one allocation of the device");
  return false;
}

bool run(const Product& p) {
  if (!holds(p.a_data, p.a, 2) || !holds(p.b_data, p.b, 2) || !holds(p.d_data, p.d, 4))
    return false;
  const std::size_t depth = p.a.rows;
  const auto a_stride = static_cast<std::size_t>(p.a.stride),
             b_stride = static_cast<std::size_t>(p.b.stride),
             d_stride = static_cast<std::size_t>(p.d.stride);
  for (std::size_t column = 0; column < p.d.columns; ++column) {
    for (std::size_t row = 0; row < p.d.rows; ++row) {
      // Not in the order of vernier's own kernels: theirs is nobody's promise.
      float sum = 0;
      for (std::size_t k = depth; k-- > 0;) {
        sum += number(p.a_data, p.a.type, row * a_stride + k) *
               number(p.b_data, p.b.type, column * b_stride + k);
      }
      float& to = p.d_data[column * d_stride + row];
      sum *= p.alpha;
      if (p.beta != 0) sum += p.beta * to;
      if (p.how.epilogue == CUBLASLT_EPILOGUE_BIAS) sum += p.how.bias[row];
      to = sum;
    }
  }
  return true;
}

bool supported(const cublasLtMatmulDescOpaque_t& how, const cublasLtMatrixLayoutOpaque_t& a,
               const cublasLtMatrixLayoutOpaque_t& b, const cublasLtMatrixLayoutOpaque_t& d) {
  return how.transposed == CUBLAS_OP_T && a.type == b.type && a.type != CUDA_R_32F &&
         d.type == CUDA_R_32F && a.rows == b.rows && a.columns == d.rows &&
         b.columns == d.columns && a.stride % 8 == 0 && b.stride % 8 == 0;
}

}  // namespace

cublasStatus_t cublasLtCreate(cublasLtHandle_t* handle) {
  *handle = new cublasLtContext;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtDestroy(cublasLtHandle_t handle) {
  delete handle;
  return CUBLAS_STATUS_SUCCESS;
}
std::size_t cublasLtGetVersion() { return 0; }
cublasStatus_t cublasLtMatmulDescCreate(cublasLtMatmulDesc_t* product, cublasComputeType_t,
                                        cudaDataType_t) {
  *product = new cublasLtMatmulDescOpaque_t;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulDescDestroy(cublasLtMatmulDesc_t product) {
  delete product;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulDescSetAttribute(cublasLtMatmulDesc_t product,
                                              cublasLtMatmulDescAttributes_t attribute,
                                              const void* value, std::size_t bytes) {
  void* to = nullptr;
  std::size_t size = 0;
  switch (attribute) {
    case CUBLASLT_MATMUL_DESC_TRANSA:
      to = &product->transposed;
      size = sizeof product->transposed;
      break;
    case CUBLASLT_MATMUL_DESC_EPILOGUE:
      to = &product->epilogue;
      size = sizeof product->epilogue;
      break;
    case CUBLASLT_MATMUL_DESC_BIAS_POINTER:
      to = &product->bias;
      size = sizeof product->bias;
      break;
  }
  if (bytes != size) return CUBLAS_STATUS_INVALID_VALUE;
  std::memcpy(to, value, size);
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatrixLayoutCreate(cublasLtMatrixLayout_t* layout, cudaDataType_t type,
                                          std::uint64_t rows, std::uint64_t columns,
                                          std::int64_t stride) {
  *layout = new cublasLtMatrixLayoutOpaque_t{type, rows, columns, stride};
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatrixLayoutDestroy(cublasLtMatrixLayout_t layout) {
  delete layout;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulPreferenceCreate(cublasLtMatmulPreference_t* preference) {
  *preference = new cublasLtMatmulPreferenceOpaque_t;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulPreferenceDestroy(cublasLtMatmulPreference_t preference) {
  delete preference;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulPreferenceSetAttribute(cublasLtMatmulPreference_t preference,
                                                    cublasLtMatmulPreferenceAttributes_t,
                                                    const void* value, std::size_t bytes) {
  if (bytes != sizeof preference->workspace) return CUBLAS_STATUS_INVALID_VALUE;
  std::memcpy(&preference->workspace, value, bytes);
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t, cublasLtMatmulDesc_t product,
                                              cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t b,
                                              cublasLtMatrixLayout_t, cublasLtMatrixLayout_t d,
                                              cublasLtMatmulPreference_t, int,
                                              cublasLtMatmulHeuristicResult_t* results,
                                              int* found) {
  *found = supported(*product, *a, *b, *d) ? 1 : 0;
  results[0] = {};
  return *found == 1 ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_NOT_SUPPORTED;
}
cublasStatus_t cublasLtMatmul(cublasLtHandle_t, cublasLtMatmulDesc_t product, const void* alpha,
                              const void* a, cublasLtMatrixLayout_t a_layout, const void* b,
                              cublasLtMatrixLayout_t b_layout, const void* beta, const void* c,
                              cublasLtMatrixLayout_t, void* d, cublasLtMatrixLayout_t d_layout,
                              const cublasLtMatmulAlgo_t*, void*, std::size_t,
                              cudaStream_t stream) {
  if (c != d || !supported(*product, *a_layout, *b_layout, *d_layout)) {
    return CUBLAS_STATUS_NOT_SUPPORTED;
  }
  const Product p{*product,
                  *a_layout,
                  *b_layout,
                  *d_layout,
                  *static_cast<const float*>(alpha),
                  *static_cast<const float*>(beta),
                  a,
                  b,
                  static_cast<float*>(d)};
  return vernier::emulation::in_stream(stream, [p] { return run(p); }) == cudaSuccess
             ? CUBLAS_STATUS_SUCCESS
             : CUBLAS_STATUS_INVALID_VALUE;
}

namespace vernier::engine::cuda {

const CublasLt* cublas_lt() {
  static constexpr CublasLt kLibrary{&cublasLtCreate,
                                     &cublasLtDestroy,
                                     &cublasLtGetVersion,
                                     &cublasLtMatmulDescCreate,
                                     &cublasLtMatmulDescDestroy,
                                     &cublasLtMatmulDescSetAttribute,
                                     &cublasLtMatrixLayoutCreate,
                                     &cublasLtMatrixLayoutDestroy,
                                     &cublasLtMatmulPreferenceCreate,
                                     &cublasLtMatmulPreferenceDestroy,
                                     &cublasLtMatmulPreferenceSetAttribute,
                                     &cublasLtMatmulAlgoGetHeuristic,
                                     &cublasLtMatmul};
  return &kLibrary;
}

}  // namespace vernier::engine::cuda
