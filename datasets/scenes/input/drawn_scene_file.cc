#include "datasets/scenes/input/drawn_scene_file.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_set>

#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/objects/object_file.h"
#include "datasets/scenes/render/lettering.h"
#include "datasets/scenes/render/outline.h"

namespace vernier::scenes {
namespace {

using View = std::string_view;

class SceneReader {
 public:
  explicit SceneReader(const ObjectRecord& record) : record_(record) {}

  DrawnScene read() {
    const Value& value = record_.value();
    scene_.id = string(value, "image_id", "a scene");
    scene_.number = number_of(scene_.id);
    side_ = number(member(value, "width", "a scene"), "width");
    if (!(side_ >= 1)) record_.refuse("expected a width of at least one pixel");
    read_background();
    for (const Value& object : list(value, "objects"))
      scene_.objects.push_back(read_object(object));
    for (const DrawnObject& object : scene_.objects) {
      if (object.on) check_object(*object.on, "on");
    }
    for (const Value& relation : list(value, "relations")) add_relation(relation);
    return std::move(scene_);
  }

 private:
  const Value& member(const Value& object, View name, View owner) const {
    const Value* const found = object.is_object() ? object.find(name) : nullptr;
    if (found == nullptr) {
      record_.refuse(fmt::format("not a drawn scene: expected \"{}\" in {}", name, owner));
    }
    return *found;
  }
  const std::string& string(const Value& object, View name, View owner) const {
    const Value& found = member(object, name, owner);
    if (!found.is_string()) record_.refuse(fmt::format("expected \"{}\" as text", name));
    return found.text;
  }
  const std::vector<Value>& list(const Value& object, View name, View owner = "a scene") const {
    const Value& found = member(object, name, owner);
    if (!found.is_array()) record_.refuse(fmt::format("expected \"{}\" as a list", name));
    return found.items;
  }
  double number(const Value& value, View name) const {
    double out = 0;
    const char* const end = value.text.data() + value.text.size();
    const auto [stop, error] = std::from_chars(value.text.data(), end, out);
    if (!value.is_number() || error != std::errc() || stop != end || !std::isfinite(out)) {
      record_.refuse(fmt::format("expected \"{}\" in numbers", name));
    }
    return out;
  }
  std::size_t count(const Value& value, View name) const {
    const double out = number(value, name);
    if (out < 0 || out != std::floor(out) || out > 1e9) {
      record_.refuse(fmt::format("expected \"{}\" as a whole number, 0 or more", name));
    }
    return static_cast<std::size_t>(out);
  }
  template <std::size_t N>
  std::array<double, N> numbers(const Value& object, View name, View owner) const {
    const std::vector<Value>& items = list(object, name, owner);
    if (items.size() != N) {
      record_.refuse(fmt::format("expected {} numbers in \"{}\", found {}", N, name, items.size()));
    }
    std::array<double, N> out;
    for (std::size_t i = 0; i < N; ++i) out[i] = number(items[i], name);
    return out;
  }
  std::uint8_t level(double value, View name) const {
    if (value < 0 || value > 255) {
      record_.refuse(fmt::format("expected 0 to 255 in \"{}\", found {}", name, value));
    }
    return static_cast<std::uint8_t>(value);
  }
  void check_object(std::size_t number, View name) const {
    if (number >= scene_.objects.size()) {
      record_.refuse(fmt::format("\"{}\": there is no object {}", name, number));
    }
  }
  /// What a member's word stands for.
  template <class Meaning>
  Meaning meaning(const Value& object, View name, View owner,
                  std::optional<Meaning> (*of)(View)) const {
    const std::string& found = string(object, name, owner);
    const std::optional<Meaning> out = of(found);
    if (!out) {
      record_.refuse(
          fmt::format("no {} of drawn scenes is called \"{}\"", name, printable(found, 40)));
    }
    return *out;
  }

  static std::uint64_t number_of(View id) {
    std::uint64_t out = 0;
    if (id.starts_with('s')) std::from_chars(id.data() + 1, id.data() + id.size(), out);
    return out;
  }

  void read_background() {
    const auto levels = numbers<2>(record_.value(), "background", "a scene");
    scene_.background.from = level(levels[0], "background");
    scene_.background.to = level(levels[1], "background");
    scene_.background.gradient = scene_.background.from != scene_.background.to;
  }

  DrawnObject read_object(const Value& value) const {
    constexpr View kOwner = "an object";
    DrawnObject object;
    object.shape = meaning<Shape>(value, "shape", kOwner, shape_of);
    object.color = meaning<Color>(value, "color", kOwner, color_of);
    if (object.is_sign()) {
      object.size = Size::kLarge;
      object.text = string(value, "text", kOwner);
      if (object.text.empty()) record_.refuse("expected a word on every sign");
    } else {
      object.size = meaning<Size>(value, "size", kOwner, size_of);
      object.pattern = meaning<Pattern>(value, "pattern", kOwner, pattern_of);
    }
    const auto centre = numbers<2>(value, "center", kOwner);
    object.x = centre[0] / side_;
    object.y = centre[1] / side_;
    const Box unit = object.is_sign() ? board_box(object.text) : outline_box(object.shape);
    object.radius = numbers<4>(value, "bbox", kOwner)[2] / side_ / unit.width();
    const auto paint = numbers<3>(value, "rgb", kOwner);
    object.main = {level(paint[0], "rgb"), level(paint[1], "rgb"), level(paint[2], "rgb")};
    object.level = static_cast<std::uint32_t>(count(member(value, "level", kOwner), "level"));
    const Value& on = member(value, "on", kOwner);
    if (!on.is_null()) object.on = count(on, "on");
    return object;
  }

  void add_relation(const Value& value) {
    constexpr View kOwner = "a relation";
    DrawnRelation relation;
    relation.subject = count(member(value, "subject", kOwner), "subject");
    relation.object = count(member(value, "object", kOwner), "object");
    check_object(relation.subject, "subject");
    check_object(relation.object, "object");
    relation.predicate = meaning<Predicate>(value, "predicate", kOwner, predicate_of);
    relation.margin = number(member(value, "margin", kOwner), "margin") / side_;
    scene_.relations.push_back(relation);
  }

  const ObjectRecord& record_;
  DrawnScene scene_;
  double side_ = 1;
};

}  // namespace

std::vector<DrawnScene> parse_drawn_scenes(std::string_view bytes, const std::string& name) {
  const ObjectFile file = ObjectFile::parse(bytes, name);
  std::vector<DrawnScene> out;
  std::unordered_set<std::string> ids;
  out.reserve(file.records().size());
  for (const ObjectRecord& record : file.records()) {
    out.push_back(SceneReader(record).read());
    if (!ids.insert(out.back().id).second) {
      record.refuse(fmt::format("image {} is there a second time", printable(out.back().id, 60)));
    }
  }
  return out;
}

std::vector<DrawnScene> read_drawn_scenes(const std::string& path) {
  const auto source = ByteSource::open(path);
  return parse_drawn_scenes(source->read_rest(), source->name());
}

}  // namespace vernier::scenes
