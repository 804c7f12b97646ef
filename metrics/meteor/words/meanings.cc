#include "metrics/meteor/words/meanings.h"

#include "base/hash.h"

namespace vernier::meteor {

std::size_t Meanings::HashList::operator()(const std::vector<std::uint32_t>& list) const {
  return hash_bytes({reinterpret_cast<const char*>(list.data()), list.size() * sizeof list[0]});
}

std::uint32_t Meanings::find_or_add(const std::vector<std::uint32_t>& synsets) {
  if (synsets.empty()) return kNone;
  const auto meaning = static_cast<std::uint32_t>(meanings_.size());
  const auto [known, fresh] = index_.try_emplace(synsets, meaning);
  if (!fresh) return known->second;
  meanings_.emplace_back().synsets = &known->first;
  if (holders_.size() <= synsets.back()) holders_.resize(synsets.back() + std::size_t{1});
  for_each_holder(synsets, [&](std::uint32_t other) {
    if (meanings_[other].asked) meanings_[other].related.push_back(meaning);
  });
  for (const std::uint32_t synset : synsets) holders_[synset].push_back(meaning);
  return meaning;
}

// Each meaning that holds one of the synsets, once.
template <class Visit>
void Meanings::for_each_holder(const std::vector<std::uint32_t>& synsets, Visit visit) {
  if (++mark_ == 0) {  // wrapped: old marks would look fresh
    for (Meaning& m : meanings_) m.mark = 0;
    mark_ = 1;
  }
  for (const std::uint32_t synset : synsets) {
    for (const std::uint32_t holder : holders_[synset]) {
      if (meanings_[holder].mark == mark_) continue;
      meanings_[holder].mark = mark_;
      visit(holder);
    }
  }
}

void Meanings::ask(std::uint32_t meaning) {
  Meaning& m = meanings_[meaning];
  m.asked = true;
  if (m.synsets == nullptr) return;
  for_each_holder(*m.synsets, [&](std::uint32_t other) { m.related.push_back(other); });
}

}  // namespace vernier::meteor
