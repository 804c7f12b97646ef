// Image files by image id.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace vernier::report {

/// The image files that lie in one folder (not below it). Ids are only ever compared with names
/// that the folder was found to hold, so no id, whatever it contains, leads out of it.
class ImageFolder {
 public:
  /// Throws Error(kUsage) when the folder cannot be read.
  explicit ImageFolder(const std::string& path);

  /// The path of an image, or empty. In this order: the file of that name; the one of that name
  /// before .jpg, .jpeg, .png, .webp or .gif; for an id that is a number, the one whose name ends
  /// in it (42 for COCO_val2014_000000000042.jpg), if there is only one.
  std::string find(std::string_view image_id) const;

 private:
  std::string path_;
  std::unordered_map<std::string, std::string> by_name_, by_stem_, by_number_;  // file names
};

}  // namespace vernier::report
