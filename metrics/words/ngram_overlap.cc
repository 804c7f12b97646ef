#include "metrics/words/ngram_overlap.h"

#include <algorithm>
#include <bit>

namespace vernier {
namespace {

constexpr std::uint32_t kRoot = 0xFFFFFFFFu;  // the parent of single symbols

std::uint64_t key_of(std::uint32_t parent, std::uint32_t symbol) {
  return std::uint64_t{parent} << 32 | symbol;
}

}  // namespace

NgramOverlap::NgramOverlap() { make_room(512); }

void NgramOverlap::make_room(std::size_t grams) {
  const std::size_t wanted = std::bit_ceil(grams * 2);
  if (wanted <= slots_.size()) return;
  slots_.assign(wanted, Slot{});
  shift_ = 64 - static_cast<unsigned>(std::countr_zero(wanted));
  stamp_ = 0;
}

std::size_t NgramOverlap::slot_of(std::uint64_t key) const {
  std::size_t i = (key ^ key >> 32) * 0x9E3779B97F4A7C15u >> shift_;
  while (slots_[i].stamp == stamp_ && slots_[i].key != key) i = (i + 1) & (slots_.size() - 1);
  return i;
}

void NgramOverlap::set_candidate(std::span<const std::uint32_t> symbols, int max_order) {
  max_order_ = max_order;
  text_ = 0;
  grams_.clear();
  make_room(symbols.size() * static_cast<std::size_t>(max_order));
  if (++stamp_ == 0) {  // wrapped: old stamps would look fresh
    for (Slot& slot : slots_) slot.stamp = 0;
    stamp_ = 1;
  }
  parents_.assign(symbols.size(), kRoot);
  for (std::size_t order = 1; order <= static_cast<std::size_t>(max_order); ++order) {
    for (std::size_t i = 0; i + order <= symbols.size(); ++i) {
      const std::uint64_t key = key_of(parents_[i], symbols[i + order - 1]);
      Slot& slot = slots_[slot_of(key)];
      if (slot.stamp != stamp_) {
        slot = {key, static_cast<std::uint32_t>(grams_.size()), stamp_};
        grams_.push_back({});
      }
      ++grams_[slot.gram].count;
      parents_[i] = slot.gram;
    }
  }
}

template <bool beyond>
void NgramOverlap::match_text(std::span<const std::uint32_t> symbols,
                              std::span<std::uint32_t> matches) {
  ++text_;
  begins_.resize(symbols.size());
  parents_.assign(symbols.size(), kRoot);
  for (std::size_t i = 0; i < symbols.size(); ++i) begins_[i] = static_cast<std::uint32_t>(i);
  std::size_t alive = symbols.size();
  for (std::size_t order = 1; order <= static_cast<std::size_t>(max_order_) && alive > 0; ++order) {
    std::uint32_t matched = 0;
    std::size_t kept = 0;
    for (std::size_t k = 0; k < alive; ++k) {
      const std::size_t last = begins_[k] + order - 1;
      if (last >= symbols.size()) break;  // begins_ ascend: so do the others
      const Slot& slot = slots_[slot_of(key_of(parents_[k], symbols[last]))];
      if (slot.stamp != stamp_) continue;
      Gram& gram = grams_[slot.gram];
      if (gram.text != text_) {
        gram.text = text_;
        gram.seen = 0;
      }
      if (gram.seen < gram.count) {
        ++gram.seen;
        if (!beyond) {
          ++matched;
        } else if (gram.seen > gram.matched) {
          gram.matched = gram.seen;
          ++matched;
        }
      }
      begins_[kept] = begins_[k];
      parents_[kept++] = slot.gram;
    }
    matches[order - 1] += matched;
    alive = kept;
  }
}

void NgramOverlap::match(std::span<const std::uint32_t> symbols, std::span<std::uint32_t> matches) {
  match_text<false>(symbols, matches);
}

void NgramOverlap::match_beyond(std::span<const std::uint32_t> symbols,
                                std::span<std::uint32_t> matches) {
  match_text<true>(symbols, matches);
}

}  // namespace vernier
