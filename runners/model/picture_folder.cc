#include "runners/model/picture_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/printable.h"

namespace vernier {
namespace {

constexpr std::size_t kMostBytes = std::size_t{256} << 20;

bool is_picture_name(const std::filesystem::path& path) {
  constexpr std::array<std::string_view, 5> kEndings = {".jpg", ".jpeg", ".png", ".gif", ".webp"};
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::ranges::find(kEndings, ending) != kEndings.end();
}

}  // namespace

PictureFolder::PictureFolder(const std::string& path) : path_(path), files_(path) {}

std::vector<std::string> PictureFolder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_)) {
    if (entry.is_directory() || !is_picture_name(entry.path())) continue;
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

std::shared_ptr<const chat::Picture> PictureFolder::load(std::string_view image_id) const {
  const std::string path = files_.find(image_id);
  const auto refuse = [&](std::string_view problem) {
    throw Error(ExitCode::kBadInput, fmt::format("image {}: {}", printable(image_id, 80), problem));
  };
  if (path.empty()) refuse("no picture of that name in " + printable(path_, 200));
  auto picture = std::make_shared<chat::Picture>();
  picture->name = printable(path, 200);
  try {
    picture->bytes = ByteSource::open(path)->read_rest(kMostBytes);
  } catch (const Error& error) {
    refuse(error.what());
  }
  if (picture->bytes.empty()) refuse(picture->name + " is empty");
  if (picture->bytes.size() > kMostBytes) refuse(picture->name + " has more than 256 MiB");
  return picture;
}

}  // namespace vernier
