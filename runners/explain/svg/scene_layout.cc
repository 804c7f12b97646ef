#include "runners/explain/svg/scene_layout.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

#include "metrics/text/unicode/display_width.h"

namespace vernier {
namespace {

constexpr double kCharacter = 8, kLine = 18, kPadding = 8, kRowGap = 16, kLeastGap = 48;

/// Boxes in the order in which tuples name them, and arrows between them.
SceneLayout read_parts(const std::vector<SpiceExplanation::Tuple>& tuples) {
  SceneLayout out;
  std::map<std::string, std::size_t> numbers;
  const auto box = [&](const std::string& name) {
    const auto [known, fresh] = numbers.try_emplace(name, out.boxes.size());
    if (fresh) out.boxes.emplace_back().name = {name, false};
    return known->second;
  };
  std::map<std::pair<std::size_t, std::size_t>, int> between;
  for (const SpiceExplanation::Tuple& tuple : tuples) {
    const bool matched = tuple.match.has_value();
    const std::size_t first = box(tuple.parts[0]);
    if (tuple.parts.size() == 1) {
      out.boxes[first].name.matched = matched;
    } else if (tuple.parts.size() == 2) {
      out.boxes[first].attributes.push_back({tuple.parts[1], matched});
    } else {
      const std::size_t second = box(tuple.parts[2]);
      const int lane = between[std::minmax(first, second)]++;
      out.arrows.push_back({first, second, {tuple.parts[1], matched}, double(lane), {}});
    }
  }
  return out;
}

/// Each box one column behind the last of its subjects; arrows that close a circle do not count.
void choose_layers(SceneLayout& layout) {
  std::vector<std::vector<std::size_t>> objects(layout.boxes.size());
  for (const auto& arrow : layout.arrows) objects[arrow.from].push_back(arrow.to);
  enum State : char { kNew, kOpen, kDone };
  std::vector<State> state(layout.boxes.size(), kNew);
  std::vector<std::size_t> order;  // subjects behind their objects
  const std::function<void(std::size_t)> visit = [&](std::size_t box) {
    state[box] = kOpen;
    std::erase_if(objects[box], [&](std::size_t to) { return state[to] == kOpen; });
    for (const std::size_t to : objects[box]) {
      if (state[to] == kNew) visit(to);
    }
    state[box] = kDone;
    order.push_back(box);
  };
  for (std::size_t box = 0; box < state.size(); ++box) {
    if (state[box] == kNew) visit(box);
  }
  for (auto box = order.rbegin(); box != order.rend(); ++box) {
    for (const std::size_t to : objects[*box]) {
      layout.boxes[to].layer = std::max(layout.boxes[to].layer, layout.boxes[*box].layer + 1);
    }
  }
}

/// An arrow that passes columns has a hidden box in each, the first of them for its label.
void make_way(SceneLayout& layout) {
  for (SceneLayout::Arrow& arrow : layout.arrows) {
    const std::size_t end = layout.boxes[arrow.to].layer;
    for (std::size_t c = layout.boxes[arrow.from].layer + 1; c < end; ++c) {
      arrow.through.push_back(layout.boxes.size());
      SceneLayout::Box& box = layout.boxes.emplace_back();
      box.layer = c;
      box.hidden = true;
      box.width = arrow.through.size() == 1 ? text_width(arrow.label.text) : 0;
      box.height = kLine;
    }
  }
}

using Columns = std::vector<std::vector<std::size_t>>;

/// Which boxes are joined, hidden ones too.
std::vector<std::pair<std::size_t, std::size_t>> joins(const SceneLayout& layout) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (const SceneLayout::Arrow& arrow : layout.arrows) {
    std::size_t from = arrow.from;
    for (const std::size_t box : arrow.through) {
      out.emplace_back(from, box);
      from = box;
    }
    if (from != arrow.to) out.emplace_back(from, arrow.to);
  }
  return out;
}

/// Puts each box near the middle of those it has arrows with, column by column, some times over.
void order_columns(const SceneLayout& layout, Columns& columns) {
  std::vector<double> place(layout.boxes.size());
  const auto number = [&](const std::vector<std::size_t>& column) {
    for (std::size_t n = 0; n < column.size(); ++n) place[column[n]] = double(n);
  };
  for (const auto& column : columns) number(column);
  const auto joined = joins(layout);
  for (int sweep = 0; sweep < 6; ++sweep) {
    for (auto& column : columns) {
      std::vector<double> middle(layout.boxes.size());
      for (const std::size_t box : column) {
        double sum = place[box], count = 1;
        for (const auto& [from, to] : joined) {
          if (from != box && to != box) continue;
          sum += 4 * place[from == box ? to : from];
          count += 4;
        }
        middle[box] = sum / count;
      }
      std::ranges::stable_sort(column, {}, [&](std::size_t box) { return middle[box]; });
      number(column);
    }
  }
}

}  // namespace

double text_width(std::string_view text) {
  return kCharacter * static_cast<double>(text::display_width(text));
}

SceneLayout lay_out(const std::vector<SpiceExplanation::Tuple>& tuples) {
  SceneLayout layout = read_parts(tuples);
  choose_layers(layout);
  make_way(layout);
  Columns columns;
  for (std::size_t n = 0; n < layout.boxes.size(); ++n) {
    SceneLayout::Box& box = layout.boxes[n];
    columns.resize(std::max(columns.size(), box.layer + 1));
    columns[box.layer].push_back(n);
    if (box.hidden) continue;
    box.width = 1.15 * text_width(box.name.text);  // bold
    for (const auto& line : box.attributes) box.width = std::max(box.width, text_width(line.text));
    box.width += 2 * kPadding;
    box.height = kLine * static_cast<double>(1 + box.attributes.size()) + kPadding;
  }
  order_columns(layout, columns);
  double x = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    double y = 0, widest = 0, gap = kLeastGap;
    for (const std::size_t n : columns[c]) {
      SceneLayout::Box& box = layout.boxes[n];
      box.x = x;
      box.y = y;
      y += box.height + kRowGap;
      widest = std::max(widest, box.width);
    }
    for (const auto& arrow : layout.arrows) {
      if (arrow.through.empty() && layout.boxes[arrow.from].layer == c) {
        gap = std::max(gap, text_width(arrow.label.text) + 40);
      }
    }
    layout.height = std::max(layout.height, y - kRowGap);
    layout.width = x + widest + (c + 1 == columns.size() ? 0 : gap);
    x = layout.width;
  }
  // Columns that are shorter than the longest stand in the middle.
  for (const auto& column : columns) {
    if (column.empty()) continue;
    const SceneLayout::Box& last = layout.boxes[column.back()];
    const double down = (layout.height - (last.y + last.height)) / 2;
    for (const std::size_t n : column) layout.boxes[n].y += down;
  }
  return layout;
}

}  // namespace vernier
