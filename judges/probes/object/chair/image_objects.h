// The objects that are known to be in each image.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/image_ids.h"
#include "judges/probes/object/words/vocabulary.h"
#include "metrics/text/text_set.h"

namespace vernier::probes {

/// Classes of a vocabulary by image id.
class ImageObjects {
 public:
  /// Reads lines of an image id, a tab and class names with commas between (`.gz` and `.zst` too).
  /// Throws Error(kBadInput), FILE:LINE:, for an image that is there twice with other objects and
  /// for names that are no class.
  static ImageObjects read(const std::string& path, const ObjectVocabulary& vocabulary);

  /// Adds objects to an image, each once.
  void add(std::string_view image, std::span<const std::uint32_t> objects);

  /// The images that these ids name, by one rule for all.
  MatchedIds match(std::span<const std::string_view> ids) const;

  std::size_t size() const { return ids_.size(); }
  const std::vector<std::string>& ids() const { return ids_; }
  /// Ascending.
  std::span<const std::uint32_t> objects(std::size_t image) const { return objects_[image]; }
  bool contains(std::size_t image, std::uint32_t object) const;
  /// Of images and objects, whatever their order.
  std::uint64_t digest() const;

 private:
  std::vector<std::string> ids_;
  std::vector<std::vector<std::uint32_t>> objects_;
  text::TextMap<std::size_t> index_;
};

}  // namespace vernier::probes
