#include "results/report/precision/reading/unit_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <tuple>

namespace vernier::report {
namespace {

/// As judges/precision/units names them; a layer's number stands behind the words that end in
/// "layer".
constexpr std::array<std::string_view, 7> kOrder = {
    "vision embeddings",  "vision layer",   "vision last norm",           "projector",
    "language embedding", "language layer", "language last norm and head"};

struct UnitName {
  std::size_t place;  ///< in kOrder; beyond it: another name
  std::uint64_t layer = 0;
  std::string part;  ///< "attention", "mlp"

  auto key() const { return std::tie(place, layer, part); }
};

/// "language layer 12, mlp".
std::optional<UnitName> layer_of(std::string_view name, std::size_t place) {
  const std::string_view words = kOrder[place];
  if (!words.ends_with("layer") || !name.starts_with(words) || name.size() < words.size() + 2 ||
      name[words.size()] != ' ') {
    return std::nullopt;
  }
  const std::string_view rest = name.substr(words.size() + 1);
  UnitName out{place, 0, {}};
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), out.layer);
  const std::string_view behind(end, static_cast<std::size_t>(rest.data() + rest.size() - end));
  if (error != std::errc()) return std::nullopt;
  if (behind.empty()) return out;
  if (!behind.starts_with(", ") || behind.size() == 2) return std::nullopt;
  out.part = behind.substr(2);
  return out;
}

UnitName parsed(std::string_view name) {
  for (std::size_t place = 0; place < kOrder.size(); ++place) {
    if (name == kOrder[place]) return {place, 0, {}};
    if (auto layer = layer_of(name, place)) return *std::move(layer);
  }
  return {kOrder.size(), 0, {}};
}

std::string row_name(const UnitName& unit, const std::string& whole) {
  return unit.part.empty() ? whole : fmt::format("{} {}", kOrder[unit.place], unit.layer);
}

}  // namespace

std::vector<UnitRow> unit_rows(std::span<const PrecisionUnits::Unit> units) {
  std::vector<std::pair<UnitName, const PrecisionUnits::Unit*>> ordered;
  for (const PrecisionUnits::Unit& unit : units) ordered.emplace_back(parsed(unit.name), &unit);
  std::ranges::stable_sort(ordered, {}, [](const auto& one) { return one.first.key(); });
  std::vector<UnitRow> rows;
  for (const auto& [name, unit] : ordered) {
    const std::string of = row_name(name, unit->name);
    if (name.part.empty() || rows.empty() || rows.back().name != of) rows.push_back({of, {}});
    rows.back().parts.push_back({name.part, unit->kl, unit->same_top});
  }
  return rows;
}

std::string unit_names(std::span<const std::string> names) {
  std::vector<std::pair<UnitName, const std::string*>> ordered;
  for (const std::string& name : names) ordered.emplace_back(parsed(name), &name);
  // Layers of one part after one another.
  std::ranges::stable_sort(ordered, {}, [](const auto& one) {
    return std::tie(one.first.place, one.first.part, one.first.layer);
  });
  std::string out;
  for (std::size_t i = 0; i < ordered.size();) {
    const UnitName& first = ordered[i].first;
    const bool layer = first.place < kOrder.size() && kOrder[first.place].ends_with("layer");
    std::size_t end = i + 1;
    while (layer && end < ordered.size() && ordered[end].first.place == first.place &&
           ordered[end].first.part == first.part &&
           ordered[end].first.layer == first.layer + (end - i)) {
      ++end;
    }
    if (!out.empty()) out += ", ";
    out += end - i == 1 ? *ordered[i].second
                        : fmt::format("{}s {}–{}{}{}", kOrder[first.place], first.layer,
                                      ordered[end - 1].first.layer, first.part.empty() ? "" : " ",
                                      first.part);
    i = end;
  }
  return out;
}

}  // namespace vernier::report
