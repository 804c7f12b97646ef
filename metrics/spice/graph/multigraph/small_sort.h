// Stable sorting of a few items.
#pragma once

#include <algorithm>
#include <iterator>
#include <utility>

namespace vernier::spice {

/// Like std::stable_sort, which allocates memory at every call; this does so for long lists only.
template <class Iterator, class Less>
void small_stable_sort(Iterator begin, Iterator end, Less less) {
  constexpr std::ptrdiff_t kFew = 64;
  if (end - begin > kFew) {
    std::stable_sort(begin, end, less);
    return;
  }
  for (Iterator sorted = begin; sorted != end; ++sorted) {
    auto item = std::move(*sorted);
    Iterator place = sorted;
    for (; place != begin && less(item, *std::prev(place)); --place)
      *place = std::move(*std::prev(place));
    *place = std::move(item);
  }
}

}  // namespace vernier::spice
