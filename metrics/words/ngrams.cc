#include "metrics/words/ngrams.h"

#include <fmt/format.h>

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
  hashes_.clear();
  texts_.reserve(sample_.references.size() + 1);
  append_hashes(sample_.candidate);
  for (const auto& reference : sample_.references) append_hashes(reference);
  start();
  count_size_ = 0;
  const std::uint64_t* hashes = hashes_.data();
  for (Text& text : texts_) {
    count(text, hashes);
    hashes += text.length;
    if (&text == texts_.data()) candidate_grams_ = static_cast<std::uint32_t>(gram_count_);
  }
}

std::span<const std::uint64_t> SampleNgrams::distinct(
    std::span<const std::span<const WordId>> texts) {
  built_ = false;
  texts_.clear();
  hashes_.clear();
  for (const auto& text : texts) append_hashes(text);
  start();
  const std::uint64_t* hashes = hashes_.data();
  for (const Text& text : texts_) {
    roll(
        text, hashes, [](std::uint32_t) {}, [](std::size_t) {});
    hashes += text.length;
  }
  return {fingerprints_.data(), gram_count_};
}

std::vector<std::string> SampleNgrams::gram_texts() {
  std::vector<std::string> texts(built().gram_count_);
  const std::uint64_t* hashes = hashes_.data();
  for (std::size_t t = 0; t < texts_.size(); ++t) {
    std::vector<std::string_view> words;
    for_each_word(t == 0 ? sample_.candidate : sample_.references[t - 1],
                  [&](WordId id) { words.push_back(vocabulary_.word(id)); });
    std::size_t begin = 0, order = 1;
    roll(
        texts_[t], hashes,
        [&](std::uint32_t gram) {
          const auto first = words.begin() + static_cast<std::ptrdiff_t>(begin++);
          if (!texts[gram].empty()) return;
          texts[gram] =
              fmt::format("{}", fmt::join(first, first + static_cast<std::ptrdiff_t>(order), " "));
        },
        [&](std::size_t done) {
          begin = 0;
          order = done + 1;
        });
    hashes += texts_[t].length;
  }
  return texts;
}

// The words as str.split() sees them.
template <class Visit>
void SampleNgrams::for_each_word(std::span<const WordId> words, Visit visit) const {
  for (const WordId id : words) {
    if (id & kCompoundWord) {
      for (const WordId part : vocabulary_.parts(id)) visit(part);
    } else {
      visit(id);
    }
  }
}

void SampleNgrams::append_hashes(std::span<const WordId> words) {
  const std::size_t before = hashes_.size();
  for_each_word(words, [&](WordId id) { hashes_.push_back(vocabulary_.hash(id)); });
  texts_.push_back({static_cast<std::uint32_t>(hashes_.size() - before), {}});
}

// Forgets all n-grams and makes room for those of the texts in hashes_.
void SampleNgrams::start() {
  const std::size_t grams = hashes_.size() * kMaxOrder;
  const std::size_t wanted = std::bit_ceil(grams * 2);
  if (wanted > slots_.size()) {
    slots_.assign(wanted, Slot{});
    stamp_ = 0;
  }
  if (++stamp_ == 0) {  // wrapped: old stamps would look fresh
    for (Slot& slot : slots_) slot.stamp = 0;
    stamp_ = 1;
  }
  if (fingerprints_.size() < grams) {
    fingerprints_.resize(grams);
    seen_.resize(grams);
    counts_.resize(grams);
  }
  gram_count_ = 0;
}

// Calls visit(gram) for every n-gram of a text, order by order, and order_end(order) after each.
template <class Visit, class OrderEnd>
void SampleNgrams::roll(const Text& text, const std::uint64_t* hashes, Visit visit,
                        OrderEnd order_end) {
  rolling_.assign(text.length, 0);
  for (std::size_t order = 1; order <= kMaxOrder; ++order) {
    for (std::size_t i = 0; i + order <= text.length; ++i) {
      // rolling_[i] is the fingerprint of the (order - 1)-gram that starts at i.
      rolling_[i] = mix(rolling_[i] + kStep, hashes[i + order - 1] ^ kStep);
      visit(index_of(rolling_[i]));
    }
    order_end(order);
  }
}

void SampleNgrams::count(Text& text, const std::uint64_t* hashes) {
  const std::uint32_t this_text = static_cast<std::uint32_t>(&text - texts_.data()) + 1;
  text.begin[0] = count_size_;
  roll(
      text, hashes,
      [&](std::uint32_t gram) {
        Seen& seen = seen_[gram];
        if (seen.text == this_text) {
          ++counts_[seen.position].count;
        } else {
          seen = {this_text, count_size_};
          counts_[count_size_++] = {gram, 1};
        }
      },
      [&](std::size_t order) { text.begin[order] = count_size_; });
}

inline std::uint32_t SampleNgrams::index_of(std::uint64_t fingerprint) {
  std::size_t i = fingerprint & (slots_.size() - 1);
  while (slots_[i].stamp == stamp_) {
    if (slots_[i].fingerprint == fingerprint) return slots_[i].index;
    i = (i + 1) & (slots_.size() - 1);
  }
  const std::uint32_t index = gram_count_++;
  slots_[i] = {fingerprint, index, stamp_};
  fingerprints_[index] = fingerprint;
  seen_[index] = {};
  return index;
}

}  // namespace vernier
