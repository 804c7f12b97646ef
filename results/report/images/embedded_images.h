// Images inside the page, as data: addresses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "results/report/images/image_folder.h"

namespace vernier::report {

/// Puts images into the page, each once, until a budget of bytes is used up.
class EmbeddedImages {
 public:
  /// `folder`: empty for no images. Throws as ImageFolder does.
  EmbeddedImages(const std::string& folder, std::size_t budget);

  /// HTML for the image of a sample: the image, a link to where it stands already, or nothing.
  std::string element(std::string_view image_id);

  /// What became of the images asked for, as a sentence; empty without a folder.
  std::string summary() const;

 private:
  std::optional<ImageFolder> folder_;
  std::size_t budget_, used_ = 0;
  std::unordered_map<std::string, std::size_t> number_of_;  // by image id; 0: there is none
  std::size_t shown_ = 0, missing_ = 0, refused_ = 0, beyond_budget_ = 0;
};

}  // namespace vernier::report
