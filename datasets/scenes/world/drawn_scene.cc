#include "datasets/scenes/world/drawn_scene.h"

#include <algorithm>
#include <numeric>

#include "datasets/scenes/render/lettering.h"
#include "datasets/scenes/render/outline.h"

namespace vernier::scenes {

Box DrawnObject::box() const {
  const Box unit = is_sign() ? board_box(text) : outline_box(shape);
  return {x + unit.left * radius, y + unit.top * radius, x + unit.right * radius,
          y + unit.bottom * radius};
}

std::pair<double, double> DrawnObject::anchor() const {
  if (is_sign()) return {x, y + board_box(text).top * radius * 0.8};
  return {x + outline_anchor(shape) * radius, y};
}

bool DrawnScene::holds(std::size_t subject, Predicate predicate, std::size_t object) const {
  return std::ranges::any_of(relations, [&](const DrawnRelation& relation) {
    return relation.subject == subject && relation.predicate == predicate &&
           relation.object == object;
  });
}

std::vector<std::size_t> DrawnScene::left_to_right() const {
  std::vector<std::size_t> order(objects.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return objects[a].x < objects[b].x; });
  return order;
}

double reach(const DrawnObject& object, Predicate direction) {
  switch (direction) {
    case Predicate::kLeftOf:
      return -object.x;
    case Predicate::kRightOf:
      return object.x;
    case Predicate::kAbove:
      return -object.y;
    default:
      return object.y;
  }
}

}  // namespace vernier::scenes
