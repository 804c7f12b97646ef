// The pictures that a model is to look at.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "judges/chat/chat_model.h"
#include "results/report/images/image_folder.h"

namespace vernier {

class PictureFolder {
 public:
  /// Throws Error(kUsage) when the folder cannot be read.
  explicit PictureFolder(const std::string& path);

  /// All files with a picture's ending (.jpg, .jpeg, .png, .gif, .webp, in any case) that lie in
  /// the folder, not below it; by the bytes of their names.
  std::vector<std::string> names() const;

  /// The file of an image id (results/report/images/image_folder.h). Throws Error(kBadInput) when
  /// there is none, when it cannot be read, is empty or larger than 256 MiB.
  std::shared_ptr<const chat::Picture> load(std::string_view image_id) const;

 private:
  std::string path_;
  report::ImageFolder files_;
};

}  // namespace vernier
