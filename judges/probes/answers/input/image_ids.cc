#include "judges/probes/answers/input/image_ids.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace vernier::probes {

bool name_by_image(std::vector<JoinItem>& questions, std::vector<JoinItem>& answers) {
  const auto any_without = [](const std::vector<JoinItem>& items, std::string JoinItem::*field) {
    return std::ranges::any_of(items,
                               [field](const JoinItem& one) { return (one.*field).empty(); });
  };
  if (!any_without(questions, &JoinItem::id) && !any_without(answers, &JoinItem::id)) return false;
  if (any_without(questions, &JoinItem::image) || any_without(answers, &JoinItem::image)) {
    return false;
  }
  std::unordered_set<std::string_view> images;
  for (const JoinItem& item : questions) {
    if (!images.insert(item.image).second) return false;
  }
  for (std::vector<JoinItem>* items : {&questions, &answers}) {
    for (JoinItem& item : *items) item.id = item.image;
  }
  return true;
}

}  // namespace vernier::probes
