#include "datasets/scenes/output/coco_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/json_text.h"

namespace vernier::scenes {
namespace {

void append_comma(std::string& out) {
  if (!out.empty()) out += ",\n";
}

/// What an instance fills: its smallest box, its pixels and its mask as lengths of runs, column by
/// column, beginning with what does not belong (pycocotools' uncompressed RLE).
struct Mask {
  unsigned left = 0, top = 0, right = 0, bottom = 0, area = 0;
  std::vector<unsigned> runs;
};

Mask mask_of(const Picture& picture, std::uint8_t instance) {
  Mask mask;
  mask.left = mask.top = picture.side;
  unsigned run = 0;
  bool inside = false;
  for (unsigned x = 0; x < picture.side; ++x) {
    for (unsigned y = 0; y < picture.side; ++y) {
      const bool here = picture.instances[std::size_t{y} * picture.side + x] == instance;
      if (here != inside) {
        mask.runs.push_back(run);
        run = 0;
        inside = here;
      }
      ++run;
      if (!here) continue;
      ++mask.area;
      mask.left = std::min(mask.left, x);
      mask.top = std::min(mask.top, y);
      mask.right = std::max(mask.right, x + 1);
      mask.bottom = std::max(mask.bottom, y + 1);
    }
  }
  mask.runs.push_back(run);
  return mask;
}

}  // namespace

void CocoLists::add(const DrawnScene& scene, const Picture& picture, std::string_view caption) {
  const std::uint64_t image = scene.number + 1;
  append_comma(images_);
  images_ += fmt::format(R"({{"id":{},"file_name":"{}.png","width":{},"height":{}}})", image,
                         scene.id, picture.side, picture.side);
  for (std::size_t i = 0; i < scene.objects.size(); ++i) {
    const Mask mask = mask_of(picture, static_cast<std::uint8_t>(i + 1));
    append_comma(annotations_);
    annotations_ += fmt::format(
        R"({{"id":{},"image_id":{},"category_id":{},"iscrowd":0,"area":{},"bbox":[{},{},{},{}],)"
        R"("segmentation":{{"size":[{},{}],"counts":[{}]}}}})",
        image * 100 + i, image, static_cast<unsigned>(scene.objects[i].shape) + 1, mask.area,
        mask.left, mask.top, mask.right - mask.left, mask.bottom - mask.top, picture.side,
        picture.side, fmt::join(mask.runs, ","));
  }
  append_comma(captions_);
  captions_ += fmt::format(R"({{"id":{},"image_id":{},"caption":)", image, image);
  append_json_string(captions_, caption);
  captions_.push_back('}');
}

void CocoLists::append(const CocoLists& later) {
  const auto add = [](std::string& out, const std::string& more) {
    if (!more.empty()) append_comma(out);
    out += more;
  };
  add(images_, later.images_);
  add(annotations_, later.annotations_);
  add(captions_, later.captions_);
}

std::string CocoLists::instances() const {
  std::string categories;
  for (unsigned s = 0; s <= static_cast<unsigned>(Shape::kSign); ++s) {
    const auto shape = static_cast<Shape>(s);
    append_comma(categories);
    categories += fmt::format(R"({{"id":{},"name":"{}","supercategory":"{}"}})", s + 1, word(shape),
                              shape == Shape::kSign ? "sign" : "shape");
  }
  return fmt::format("{{\"images\":[\n{}],\n\"annotations\":[\n{}],\n\"categories\":[\n{}]}}\n",
                     images_, annotations_, categories);
}

std::string CocoLists::captions() const {
  return fmt::format("{{\"images\":[\n{}],\n\"annotations\":[\n{}]}}\n", images_, captions_);
}

}  // namespace vernier::scenes
