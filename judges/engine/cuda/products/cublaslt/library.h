// NVIDIA's library of matrix products, opened where it is there.
#pragma once

#include <cublasLt.h>

namespace vernier::engine::cuda {

/// Its functions, as cublasLt.h declares them.
struct CublasLt {
  decltype(&cublasLtCreate) create;
  decltype(&cublasLtDestroy) destroy;
  decltype(&cublasLtGetVersion) version;
  decltype(&cublasLtMatmulDescCreate) make_product;
  decltype(&cublasLtMatmulDescDestroy) free_product;
  decltype(&cublasLtMatmulDescSetAttribute) set_product;
  decltype(&cublasLtMatrixLayoutCreate) make_layout;
  decltype(&cublasLtMatrixLayoutDestroy) free_layout;
  decltype(&cublasLtMatmulPreferenceCreate) make_preference;
  decltype(&cublasLtMatmulPreferenceDestroy) free_preference;
  decltype(&cublasLtMatmulPreferenceSetAttribute) set_preference;
  decltype(&cublasLtMatmulAlgoGetHeuristic) choose;
  decltype(&cublasLtMatmul) multiply;
};

/// nullptr where it is not there. Looked for under its usual name, or where the environment
/// variable VERNIER_CUBLASLT says.
const CublasLt* cublas_lt();

}  // namespace vernier::engine::cuda
