// Drawn scenes by the pictures that show them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "datasets/scenes/world/drawn_scene.h"

namespace vernier::chat {

class SceneIndex {
 public:
  /// Reads scenes.jsonl and all pictures below images/ that are called after a scene, in all sizes
  /// that were drawn. Throws Error(kResource) where one of them is missing, or no picture is of a
  /// scene, and Error(kBadInput), FILE:LINE:, for scenes that are not drawn ones.
  explicit SceneIndex(const std::string& folder);

  /// The scene of a picture's file with exactly these bytes; null where it is none of the folder's.
  const scenes::DrawnScene* find(std::string_view bytes) const;

  /// Of the scenes and of all pictures.
  std::uint64_t digest() const { return digest_; }

 private:
  std::vector<scenes::DrawnScene> scenes_;
  struct Known {
    std::size_t bytes, scene;
  };
  std::unordered_map<std::uint64_t, Known> by_hash_;
  std::uint64_t digest_ = 0;
};

}  // namespace vernier::chat
