// What `vernier precision --model-a A --model-b B` can be told.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judges/engine/device/device.h"
#include "metrics/registry.h"
#include "runners/compare/compared_run.h"
#include "runners/output/output_format.h"

namespace vernier {

struct CheckpointsOptions {
  std::string model_a;               ///< empty: the model that comes with vernier
  std::vector<std::string> model_b;  ///< one, or several of a grid
  std::string chat_template;
  int threads = 0;
  std::size_t live = 16;
  double memory_gib = 1;
  engine::Device device = {};  ///< of all models

  std::string scenes;  ///< a folder of vernier synth: all of the next four that are empty
  std::string images, references, questions, candidates;
  std::size_t limit = 500;  ///< pictures, and questions of each kind, at most
  std::string prompt = "Describe the image.", suffix;
  std::size_t most_new = 128;

  std::vector<std::string> levels;  ///< empty: all that there is data for
  std::vector<std::string> metrics;
  MetricOptions metric;
  std::size_t unit_texts = 64;  ///< texts that the sensitivity of units is measured on
  bool init = false;            ///< write a policy and do nothing
  std::string policy;           ///< empty: the bounds of docs/precision.md
  std::string output;           ///< a folder that keeps everything; empty: nothing is kept
  std::string html, markdown, junit;
  OutputFormat format = OutputFormat::kTable;
  CompareSettings settings;
};

}  // namespace vernier
