#include "results/report/images/image_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::report {
namespace {

namespace fs = std::filesystem;

bool is_image_name(const fs::path& path) {
  constexpr std::array<std::string_view, 5> kEndings = {".jpg", ".jpeg", ".png", ".webp", ".gif"};
  std::string ending = path.extension();
  std::ranges::transform(ending, ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::ranges::find(kEndings, ending) != kEndings.end();
}

/// The digits at the end of a text, without leading zeros; empty where there are none.
std::string_view last_number(std::string_view text) {
  std::string_view digits = text.substr(text.find_last_not_of("0123456789") + 1);
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  return digits;
}

std::string_view value_or_nothing(const std::unordered_map<std::string, std::string>& names,
                                  std::string_view key) {
  const auto found = names.find(std::string(key));
  return found == names.end() ? std::string_view() : found->second;
}

}  // namespace

ImageFolder::ImageFolder(const std::string& path) : path_(path) {
  std::error_code error;
  std::set<std::string> names;  // in order, so that the first of two is always the same
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    std::error_code unknown;
    if (at->is_regular_file(unknown) && !unknown) names.insert(at->path().filename());
  }
  if (error) {
    throw Error(ExitCode::kUsage,
                fmt::format("--images {}: {}", printable(path, 300), error.message()));
  }
  for (const std::string& name : names) {
    by_name_.emplace(name, name);
    if (!is_image_name(name)) continue;
    const std::string stem = fs::path(name).stem();
    by_stem_.emplace(stem, name);
    const std::string number(last_number(stem));
    if (number.empty()) continue;
    // Two files with the same number: neither is meant for sure.
    if (const auto [known, added] = by_number_.emplace(number, name); !added) known->second.clear();
  }
}

std::string ImageFolder::find(std::string_view image_id) const {
  std::string_view name = value_or_nothing(by_name_, image_id);
  if (name.empty()) name = value_or_nothing(by_stem_, image_id);
  const bool is_number =
      !image_id.empty() && image_id.find_first_not_of("0123456789") == std::string_view::npos;
  if (name.empty() && is_number) name = value_or_nothing(by_number_, last_number(image_id));
  return name.empty() ? "" : fs::path(path_) / name;
}

}  // namespace vernier::report
