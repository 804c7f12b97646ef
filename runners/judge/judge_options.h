// What `vernier judge` can be told.
#pragma once

#include <string>

#include "datasets/read_options.h"
#include "runners/model/model_options.h"
#include "runners/output/output_format.h"

namespace vernier {

enum class JudgeMode { kLikelihood };

struct JudgeOptions {
  ModelOptions model;
  JudgeMode mode = JudgeMode::kLikelihood;
  std::string candidates, images, output, system, shots;
  std::string prompt = "Describe the image.";
  ReadOptions read;
  OutputFormat format = OutputFormat::kTable;
  bool resume = false;
};

}  // namespace vernier
