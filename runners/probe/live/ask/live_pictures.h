// The pictures that questions are asked about, as they are and in grey.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "datasets/images/image.h"
#include "judges/chat/chat_model.h"
#include "runners/model/picture_folder.h"

namespace vernier {

/// A picture of a folder, or a grey one of its size.
struct PictureChoice {
  bool grey = false;
  std::string image_id;
  std::size_t folder = 0;  ///< number of the folder

  friend bool operator<(const PictureChoice& a, const PictureChoice& b) {
    return std::tie(a.grey, a.image_id, a.folder) < std::tie(b.grey, b.image_id, b.folder);
  }
};

/// Serial. Who asks the same again while somebody holds it gets the same object, which models that
/// remember what they saw depend on.
class LivePictures {
 public:
  /// Throws Error(kUsage) for a folder that cannot be read.
  explicit LivePictures(const std::vector<std::string>& folders);

  /// Throws Error(kBadInput) for a picture that is missing or cannot be read.
  std::shared_ptr<const chat::Picture> load(const PictureChoice& choice);

 private:
  std::shared_ptr<const chat::Picture> load_file(const std::string& image_id, std::size_t folder);

  std::vector<PictureFolder> folders_;
  using Key = std::pair<std::size_t, std::string>;
  std::map<Key, std::weak_ptr<const chat::Picture>> held_;
  std::map<Key, images::Size> sizes_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::shared_ptr<const chat::Picture>> grey_;
};

}  // namespace vernier
