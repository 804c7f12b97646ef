#include "metrics/spice/scene/concept.h"

#include <algorithm>

namespace vernier::spice {
namespace {

std::uint64_t mask_of(std::span<const std::uint32_t> synsets) {
  std::uint64_t mask = 0;
  for (const std::uint32_t synset : synsets) mask |= std::uint64_t{1} << synset % 64;
  return mask;
}

/// Visits what both ascending lists hold, until `visit` says false.
template <class Visit>
void intersect(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b, Visit visit) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i] == b[j] && !visit()) return;
    const bool left = a[i] <= b[j], right = b[j] <= a[i];
    i += left;
    j += right;
  }
}

}  // namespace

void Concept::assign(TextId text, std::span<const std::uint32_t> synsets) {
  texts_.assign(1, text);
  synsets_.assign(synsets.begin(), synsets.end());
  mask_ = mask_of(synsets);
}

void Concept::merge(TextId text, std::span<const std::uint32_t> synsets) {
  if (holds(text)) return;
  texts_.push_back(text);
  const auto old = static_cast<std::ptrdiff_t>(synsets_.size());
  synsets_.insert(synsets_.end(), synsets.begin(), synsets.end());
  std::inplace_merge(synsets_.begin(), synsets_.begin() + old, synsets_.end());
  synsets_.erase(std::unique(synsets_.begin(), synsets_.end()), synsets_.end());
  mask_ |= mask_of(synsets);
}

bool Concept::holds(TextId text) const {
  return std::find(texts_.begin(), texts_.end(), text) != texts_.end();
}

float Concept::similarity(TextId text, std::span<const std::uint32_t> synsets) const {
  if (holds(text)) return 1.0F;
  if ((mask_ & mask_of(synsets)) == 0) return 0.0F;
  std::size_t common = 0;
  intersect(synsets_, synsets, [&] {
    ++common;
    return true;
  });
  return static_cast<float>(common) / static_cast<float>(synsets_.size() + synsets.size() - common);
}

bool similar(const Concept& a, const Concept& b) {
  for (const TextId text : a.texts_) {
    if (b.holds(text)) return true;
  }
  if ((a.mask_ & b.mask_) == 0) return false;
  bool found = false;
  intersect(a.synsets_, b.synsets_, [&] {
    found = true;
    return false;
  });
  return found;
}

}  // namespace vernier::spice
