#include "datasets/scenes/world/layout.h"

#include <span>

namespace vernier::scenes {
namespace {

constexpr double kEdge = 0.015, kGap = 0.02;  // from the picture's edge, between boxes
constexpr int kTries = 40;                    // for one object

bool apart(const Box& a, const Box& b, double gap) {
  return a.right + gap <= b.left || b.right + gap <= a.left || a.bottom + gap <= b.top ||
         b.bottom + gap <= a.top;
}

bool inside(const Box& box) {
  return box.left >= kEdge && box.top >= kEdge && box.right <= 1 - kEdge && box.bottom <= 1 - kEdge;
}

bool free_of(const Box& box, std::span<const DrawnObject> placed, std::optional<std::size_t> but) {
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (i != but && !apart(box, placed[i].box(), kGap)) return false;
  }
  return true;
}

/// Moves the object so that its box begins at a place inside the picture.
void put_anywhere(DrawnObject& object, SceneRandom& random) {
  object.x = object.y = 0;
  const Box box = object.box();
  object.x = random.between(kEdge - box.left, 1 - kEdge - box.right);
  object.y = random.between(kEdge - box.top, 1 - kEdge - box.bottom);
}

/// Its lowest row on the carrier's highest, its centre above the middle half of the carrier.
void put_on(DrawnObject& object, const DrawnObject& carrier, SceneRandom& random) {
  const Box below = carrier.box();
  object.x = carrier.x + below.width() * random.between(-0.25, 0.25);
  object.y = 0;
  object.y = below.top - object.box().bottom;
}

}  // namespace

bool lay_out(std::vector<DrawnObject>& objects, SceneRandom& random) {
  for (std::size_t i = 0; i < objects.size(); ++i) {
    DrawnObject& object = objects[i];
    const std::span<const DrawnObject> placed(objects.data(), i);
    bool found = false;
    for (int attempt = 0; attempt < kTries && !found; ++attempt) {
      if (object.on) {
        put_on(object, objects[*object.on], random);
      } else {
        put_anywhere(object, random);
      }
      const Box box = object.box();
      found = inside(box) && free_of(box, placed, object.on);
    }
    if (!found) return false;
  }
  return true;
}

}  // namespace vernier::scenes
