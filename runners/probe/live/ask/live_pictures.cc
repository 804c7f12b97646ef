#include "runners/probe/live/ask/live_pictures.h"

#include "judges/probes/live/controls.h"

namespace vernier {

LivePictures::LivePictures(const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) folders_.emplace_back(folder);
}

std::shared_ptr<const chat::Picture> LivePictures::load_file(const std::string& image_id,
                                                             std::size_t folder) {
  std::weak_ptr<const chat::Picture>& held = held_[{folder, image_id}];
  if (auto picture = held.lock()) return picture;
  auto picture = folders_[folder].load(image_id);
  held = picture;
  return picture;
}

std::shared_ptr<const chat::Picture> LivePictures::load(const PictureChoice& choice) {
  if (!choice.grey) return load_file(choice.image_id, choice.folder);
  const Key key{choice.folder, choice.image_id};
  auto known = sizes_.find(key);
  if (known == sizes_.end()) {
    const auto picture = load_file(choice.image_id, choice.folder);
    known = sizes_.emplace(key, probes::picture_size(*picture)).first;
  }
  const images::Size size = known->second;
  auto& grey = grey_[{size.width, size.height}];
  if (grey == nullptr) grey = probes::grey_picture(size);
  return grey;
}

}  // namespace vernier
