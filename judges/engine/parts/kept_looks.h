// What a model saw in pictures, for whoever asks about the same pictures again and again while the
// weights of tower and projector stay: the tower of small models takes most of the time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>

#include "judges/engine/backend/backend.h"

namespace vernier::engine {

class KeptLooks {
 public:
  /// Takes at most `bytes`: what comes first stays.
  explicit KeptLooks(std::size_t bytes) : room_(bytes / sizeof(float)) {}

  /// Copies the tokens of the picture with this hash (prompt.h) to `out`; false where they are not
  /// there.
  bool find(std::uint64_t hash, Rows out, Backend& backend) const;
  /// Keeps a copy while there is room.
  void keep(std::uint64_t hash, Rows tokens, Backend& backend);

 private:
  std::size_t room_;  ///< numbers
  std::map<std::uint64_t, std::unique_ptr<Memory>> tokens_;
};

}  // namespace vernier::engine
