// One pass of the model over tokens of many sequences: one token each of those that generate,
// chunks of those whose prompt is still being read.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "judges/engine/serve/sequence.h"

namespace vernier::engine {

class Model;

class Step {
 public:
  /// `chunk`: most tokens of a pass.
  Step(Model& model, std::size_t chunk);

  /// Chooses tokens, computes them, tells the sequences what came out.
  void run(std::span<const std::unique_ptr<Sequence>> live, PagePool& pool, PrefixTree& tree);

 private:
  struct Part {
    Sequence* sequence;
    std::size_t first_row, rows;
  };
  void embed(std::span<const Part> parts, Rows x);
  Rows features_of(const VisionInput& input);
  void observe(std::span<const Part> parts, std::span<const std::uint32_t> wanted, Rows hidden);

  Model& model_;
  std::size_t chunk_;
  std::unique_ptr<Memory> rows_;  ///< [chunk, C]
  std::unique_ptr<Memory> logits_;
  std::vector<float> host_logits_;  ///< kept: 6 MiB are not to be cleared for each token
  /// Projected images that some live sequence has not read whole yet, by hash.
  std::map<std::uint64_t, std::unique_ptr<Memory>> features_;
};

}  // namespace vernier::engine
