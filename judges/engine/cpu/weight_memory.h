// Memory for weights that are laid out anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vernier::engine {

/// Many pieces, freed together, one behind the other on huge pages where the system has them: one
/// core reads 36 GB/s of those, and 20 of small ones.
class WeightMemory {
 public:
  WeightMemory() = default;
  ~WeightMemory();
  WeightMemory(const WeightMemory&) = delete;
  WeightMemory& operator=(const WeightMemory&) = delete;

  /// Zeros, aligned to whole vectors. Error kResource when there is not enough memory.
  std::uint8_t* take(std::size_t bytes);

 private:
  struct Mapping {
    void* address;
    std::size_t bytes;
  };
  std::vector<Mapping> mappings_;
  std::uint8_t* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace vernier::engine
