// Room for the names of points in a chart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::report {

struct LabelBox {
  double left, top, right, bottom;
};

struct LabelPlace {
  double x, y;
  std::string_view anchor;  ///< classes of the text: "", " end", " middle"
};

/// Puts names beside their points, so that none lies over another or over a point.
class LabelPlaces {
 public:
  explicit LabelPlaces(const LabelBox& plot) : plot_(plot) {}

  /// There is a point here.
  void keep_free(double x, double y);
  /// For the name of a point; nothing where there is no room.
  std::optional<LabelPlace> place(double x, double y, std::string_view text);

 private:
  bool is_free(const LabelBox& box) const;

  LabelBox plot_;
  std::vector<LabelBox> taken_;
};

}  // namespace vernier::report
