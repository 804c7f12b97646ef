#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/ratings/formats/formats.h"
#include "datasets/ratings/rating_fields.h"

namespace vernier {

bool is_keyed_ratings(const ObjectFile& file) {
  if (!file.is_keyed()) return false;
  const Value& images = file.records().front().value();
  return std::ranges::any_of(
      images.items, [](const Value& entry) { return entry.find("human_judgement") != nullptr; });
}

void read_keyed_ratings(const ObjectFile& file, const RatingOptions& options, SetBuilder& out) {
  out.set.format = "keyed ratings";
  out.take_several();
  const std::string field = options.ratings.empty() ? "rating" : options.ratings.front();
  out.set.rating_names = {field};
  if (options.ratings.size() > 1) {
    throw Error(ExitCode::kUsage, "--rating: expected one field for keyed ratings");
  }
  RecordFilter filter(options.exclude);
  const auto name = std::make_shared<const std::string>(file.name());
  for (const ObjectRecord& image : file.members()) {
    const Value* const list = image.find("human_judgement");
    if (list == nullptr || !list->is_array()) {
      image.refuse("expected a list of ratings in \"human_judgement\"");
    }
    const std::uint32_t references =
        out.references(image.find({"ground_truth", "references"}) == nullptr
                           ? std::vector<std::string>()
                           : image.texts({"ground_truth", "references"}));
    for (const Value& item : list->items) {
      if (!item.is_object()) {
        image.refuse(fmt::format("expected objects in \"human_judgement\", found {}",
                                 json::describe(item.type)));
      }
      const ObjectRecord rating(name, item, image.key());
      RatedCaption caption;
      caption.image = caption.reference_key = image.key();
      caption.text = rating.text(kCaptionFields);
      caption.line = rating.line();
      caption.references = references;
      if (const auto id = rating.find_text({"image_id"}); id && *id != image.key()) {
        rating.refuse(fmt::format("expected the image's key in \"image_id\", found '{}'",
                                  printable(*id, 60)));
      }
      if (filter.leaves_out(rating)) {
        ++out.set.excluded;
        out.set.left_out.emplace_back(caption.image, caption.text);
        continue;
      }
      caption.ratings = numbers_of(rating, field);
      out.add(std::move(caption), rating);
    }
  }
  filter.check();
}

}  // namespace vernier
