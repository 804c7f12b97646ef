// A scene as it is drawn, and its truth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "datasets/scenes/world/vocabulary.h"

namespace vernier::scenes {

/// Lengths are shares of the side of the (square) picture, from its left and its top.
struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

struct DrawnObject {
  Shape shape = Shape::kCircle;
  Color color = Color::kRed;
  Size size = Size::kSmall;           ///< signs: always large, not spoken of
  Pattern pattern = Pattern::kSolid;  ///< signs: always solid, not spoken of
  double x = 0, y = 0;                ///< centre
  double radius = 0;                  ///< shapes are drawn within x ± radius, y ± radius
  Rgb main{}, second{};               ///< second: every other stripe
  std::string text;                   ///< of a sign
  std::uint32_t level = 0;            ///< 0: on nothing; 1: on an object of level 0
  std::optional<std::size_t> on;      ///< the object that it stands on

  bool is_sign() const { return shape == Shape::kSign; }
  Box box() const;
  /// A place inside that has the main paint, whatever the pattern; the centre but for rings, whose
  /// centre is empty, and signs, whose centre may be a letter.
  std::pair<double, double> anchor() const;
};

struct Background {
  bool gradient = false, sideways = false;
  std::uint8_t from = 128, to = 128;  ///< grey levels at the first and the last row or column
};

/// `subject` stands so to `object`. Between objects of one level, in both directions, and between
/// what stands on something and that; nothing else is said.
struct DrawnRelation {
  std::size_t subject = 0;
  Predicate predicate = Predicate::kLeftOf;
  std::size_t object = 0;
  double margin = 0;  ///< of the centres along the axis; 0 for support
};

struct DrawnScene {
  std::uint64_t number = 0;
  std::string id;  ///< "s0000042"
  Background background;
  std::vector<DrawnObject> objects;
  std::vector<DrawnRelation> relations;

  bool holds(std::size_t subject, Predicate predicate, std::size_t object) const;
  /// Numbers of the objects by their centres.
  std::vector<std::size_t> left_to_right() const;
};

/// How far an object is along one of the four directions.
double reach(const DrawnObject& object, Predicate direction);

}  // namespace vernier::scenes
