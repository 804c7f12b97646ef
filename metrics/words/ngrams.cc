#include "metrics/words/ngrams.h"

#include <algorithm>
#include <bit>

#include "base/hash.h"

namespace vernier {
namespace {

constexpr std::uint64_t kStep = 0xA0761D6478BD642Fu;

}  // namespace

SampleNgrams::SampleNgrams(const Vocabulary& vocabulary)
    : vocabulary_(vocabulary), slots_(std::size_t{1} << 10) {}

void SampleNgrams::build() {
  built_ = true;
  texts_.clear();
  counts_.clear();
  fingerprints_.clear();
  hashes_.clear();
  texts_.reserve(sample_.references.size() + 1);
  append_hashes(sample_.candidate);
  for (const auto& reference : sample_.references) append_hashes(reference);
  make_room(hashes_.size() * kMaxOrder);
  if (++stamp_ == 0) {  // wrapped: old stamps would look fresh
    for (Slot& slot : slots_) slot.stamp = 0;
    stamp_ = 1;
  }
  const std::uint64_t* hashes = hashes_.data();
  for (Text& text : texts_) {
    count(text, hashes);
    hashes += text.length;
    if (&text == texts_.data()) candidate_grams_ = static_cast<std::uint32_t>(fingerprints_.size());
  }
}

void SampleNgrams::append_hashes(std::span<const WordId> words) {
  const std::size_t before = hashes_.size();
  for (const WordId id : words) {
    if (id & kCompoundWord) {
      for (const WordId part : vocabulary_.parts(id)) hashes_.push_back(vocabulary_.hash(part));
    } else {
      hashes_.push_back(vocabulary_.hash(id));
    }
  }
  texts_.push_back({static_cast<std::uint32_t>(hashes_.size() - before), {}});
}

void SampleNgrams::make_room(std::size_t grams) {
  const std::size_t wanted = std::bit_ceil(grams * 2);
  if (wanted > slots_.size()) {
    slots_.assign(wanted, Slot{});
    stamp_ = 0;
  }
  if (seen_.size() < grams) seen_.resize(grams);
}

void SampleNgrams::count(Text& text, const std::uint64_t* hashes) {
  const std::uint32_t this_text = static_cast<std::uint32_t>(&text - texts_.data()) + 1;
  const std::size_t length = text.length;
  text.begin[0] = static_cast<std::uint32_t>(counts_.size());
  rolling_.assign(length, 0);
  for (std::size_t order = 1; order <= kMaxOrder; ++order) {
    for (std::size_t i = 0; i + order <= length; ++i) {
      // rolling_[i] is the fingerprint of the (order - 1)-gram that starts at i.
      rolling_[i] = mix(rolling_[i] + kStep, hashes[i + order - 1] ^ kStep);
      const std::uint32_t gram = index_of(rolling_[i]);
      Seen& seen = seen_[gram];
      if (seen.text == this_text) {
        ++counts_[seen.position].count;
      } else {
        seen = {this_text, static_cast<std::uint32_t>(counts_.size())};
        counts_.push_back({gram, 1});
      }
    }
    text.begin[order] = static_cast<std::uint32_t>(counts_.size());
  }
}

std::uint32_t SampleNgrams::index_of(std::uint64_t fingerprint) {
  std::size_t i = fingerprint & (slots_.size() - 1);
  while (slots_[i].stamp == stamp_) {
    if (slots_[i].fingerprint == fingerprint) return slots_[i].index;
    i = (i + 1) & (slots_.size() - 1);
  }
  const std::uint32_t index = static_cast<std::uint32_t>(fingerprints_.size());
  slots_[i] = {fingerprint, index, stamp_};
  fingerprints_.push_back(fingerprint);
  seen_[index] = {};
  return index;
}

}  // namespace vernier
