#include "judges/probes/object/chair/image_objects.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_source.h"
#include "base/io/text_lines.h"
#include "base/printable.h"
#include "datasets/image_ids.h"

namespace vernier::probes {

void ImageObjects::add(std::string_view image, std::span<const std::uint32_t> objects) {
  const auto [found, fresh] = index_.try_emplace(std::string(image), ids_.size());
  if (fresh) {
    ids_.emplace_back(image);
    objects_.emplace_back();
  }
  std::vector<std::uint32_t>& known = objects_[found->second];
  known.insert(known.end(), objects.begin(), objects.end());
  std::ranges::sort(known);
  known.erase(std::unique(known.begin(), known.end()), known.end());
}

bool ImageObjects::contains(std::size_t image, std::uint32_t object) const {
  return std::ranges::binary_search(objects_[image], object);
}

MatchedIds ImageObjects::match(std::span<const std::string_view> ids) const {
  const std::vector<std::string_view> known(ids_.begin(), ids_.end());
  return match_ids(ids, known);
}

std::uint64_t ImageObjects::digest() const {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    std::uint64_t hash = hash_bytes(ids_[i]);
    for (const std::uint32_t object : objects_[i]) hash = hash_more(hash, object);
    sum += hash;
  }
  return sum;
}

ImageObjects ImageObjects::read(const std::string& path, const ObjectVocabulary& vocabulary) {
  const auto source = ByteSource::open(path);
  const std::string text = source->read_rest();
  ImageObjects images;
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  std::vector<std::uint32_t> objects;
  for_each_line(rest, [&](std::string_view line, std::uint64_t number) {
    const auto refuse = [&](const std::string& message) {
      throw Error(ExitCode::kBadInput, fmt::format("{}:{}: {}", source->name(), number, message));
    };
    if (line.empty()) return;
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos || tab == 0) {
      refuse("expected an image id, a tab and class names with commas between, found no tab");
    }
    const std::string_view image = line.substr(0, tab);
    objects.clear();
    for_each_part(line.substr(tab + 1), ',', [&](std::string_view name) {
      const auto object = vocabulary.class_of_name(name);
      if (!object) {
        refuse(
            fmt::format("image {}: expected names of classes in the table of synonyms, found "
                        "'{}'",
                        printable(image, 60), printable(name, 60)));
      }
      objects.push_back(*object);
    });
    std::ranges::sort(objects);
    objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
    if (const auto known = images.index_.find(image); known != images.index_.end()) {
      if (images.objects_[known->second] != objects) {
        refuse(fmt::format("image {}: is there a second time, with other objects",
                           printable(image, 60)));
      }
      return;
    }
    images.add(image, objects);
  });
  if (images.ids_.empty()) {
    throw Error(ExitCode::kBadInput, fmt::format("{}: holds no images", source->name()));
  }
  return images;
}

}  // namespace vernier::probes
