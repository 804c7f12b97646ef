// Captions by image and by their own id, from reference files of any format.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "datasets/image_ids.h"

namespace vernier {

class ReferenceTexts {
 public:
  /// `other_key`: the field that names what a record belongs to where it has neither image nor id
  /// of a known name. Throws Error(kBadInput) for records without any of these.
  ReferenceTexts(const std::vector<std::string>& paths, const std::string& other_key,
                 bool replace_invalid);

  const std::vector<std::string>& images() const { return images_; }
  const std::vector<std::string>& of(std::size_t image) const { return texts_[image]; }
  /// The caption with this id (image#k); null where there is none.
  const std::string* find(std::string_view id) const;

 private:
  /// False where records have no id, nothing having been added.
  bool read(const std::string& path, const std::string& key, bool replace_invalid);

  std::vector<std::string> images_;
  std::vector<std::vector<std::string>> texts_;
  std::unordered_map<std::string, std::size_t> numbers_;                        // of images
  std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> by_id_;  // image, text
};

}  // namespace vernier
