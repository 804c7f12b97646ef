// Items by state, in one array.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace vernier::spice {

template <class T>
class ByState {
 public:
  ByState() = default;
  /// `key(item)` is the state of an item, below `states`; `value(item)` what is kept of it. Items
  /// of one state keep their order.
  template <class Items, class Key, class Value = std::identity>
  ByState(const Items& items, std::size_t states, Key key, Value value = {})
      : starts_(states + 1), values_(std::size(items)) {
    for (const auto& item : items) ++starts_[key(item) + 1u];
    for (std::size_t i = 0; i < states; ++i) starts_[i + 1] += starts_[i];
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    for (const auto& item : items) values_[next[key(item)]++] = value(item);
  }

  std::span<const T> operator[](std::size_t state) const {
    return std::span(values_).subspan(starts_[state], starts_[state + 1] - starts_[state]);
  }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<T> values_;
};

}  // namespace vernier::spice
