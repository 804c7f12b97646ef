#include "results/report/images/embedded_images.h"

#include <fmt/format.h>

#include "base/encoding/data_uri.h"
#include "base/error.h"
#include "base/io/byte_source.h"
#include "results/report/html/text.h"

namespace vernier::report {

EmbeddedImages::EmbeddedImages(const std::string& folder, std::size_t budget) : budget_(budget) {
  if (!folder.empty()) folder_.emplace(folder);
}

std::string EmbeddedImages::element(std::string_view image_id) {
  if (!folder_) return {};
  const auto [known, added] = number_of_.emplace(image_id, 0);
  if (!added) {
    return known->second == 0
               ? ""
               : fmt::format("<p class=\"image\"><a href=\"#image-{}\">its image</a></p>",
                             known->second);
  }
  const std::string path = folder_->find(image_id);
  if (path.empty()) {
    ++missing_;
    return {};
  }
  std::string bytes;
  try {
    bytes = ByteSource::open(path)->read_rest(budget_ - used_);
  } catch (const Error&) {
    ++refused_;
    return {};
  }
  const std::string_view type = media_type(bytes);
  if (type.empty()) {
    ++refused_;
    return {};
  }
  if (bytes.size() > budget_ - used_) {
    ++beyond_budget_;
    return {};
  }
  used_ += bytes.size();
  known->second = ++shown_;
  return fmt::format(
      "<p class=\"image\"><img id=\"image-{}\" data-image=\"{}\" alt=\"image {}\" "
      "src=\"data:{};base64,{}\"></p>",
      shown_, html(image_id), html(image_id), type, base64_of(bytes));
}

std::string EmbeddedImages::summary() const {
  if (!folder_) return {};
  std::string out = fmt::format("{} in this file", counted(shown_, "image"));
  const auto add = [&](std::size_t count, std::string_view what) {
    if (count > 0) out += fmt::format("; {} {}", count_text(count), what);
  };
  add(beyond_budget_, "left out, beyond the budget of " + count_text(budget_) + " bytes");
  add(missing_, "not found in the folder");
  add(refused_, "refused, for they are no JPEG, PNG, WebP or GIF");
  return out + ".";
}

}  // namespace vernier::report
