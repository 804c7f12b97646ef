// Memory for rows of logits, which never grows beyond a bound.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace vernier::logits {

class KeptRows {
 public:
  /// Rows of `width` numbers. There is room for at least one.
  KeptRows(std::size_t width, std::size_t bytes);

  /// Rows that there is room for.
  std::size_t most() const { return most_; }
  /// Bytes that are taken; they are kept for what comes next.
  std::size_t bytes() const { return taken_ * width_ * sizeof(float); }

  /// The number of the row from now on, nothing when there is no room.
  std::optional<std::size_t> add(std::span<const float> row);
  std::span<const float> row(std::size_t number) const;
  void clear() { used_ = 0; }

 private:
  std::size_t width_, most_;
  std::size_t together_;  ///< rows of a block
  std::size_t used_ = 0, taken_ = 0;
  std::vector<std::unique_ptr<float[]>> blocks_;
};

}  // namespace vernier::logits
