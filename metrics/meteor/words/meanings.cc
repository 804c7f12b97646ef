#include "metrics/meteor/words/meanings.h"

#include <algorithm>

#include "base/hash.h"

namespace vernier::meteor {

std::size_t Meanings::HashList::operator()(const std::vector<std::uint32_t>& list) const {
  return hash_bytes({reinterpret_cast<const char*>(list.data()), list.size() * sizeof list[0]});
}

std::uint32_t Meanings::find_or_add(const std::vector<std::uint32_t>& synsets) {
  if (synsets.empty()) return kNone;
  const auto meaning = static_cast<std::uint32_t>(related_.size());
  const auto [known, fresh] = index_.try_emplace(synsets, meaning);
  if (!fresh) return known->second;
  if (holders_.size() <= synsets.back()) holders_.resize(synsets.back() + std::size_t{1});
  std::vector<std::uint32_t> related;
  for (const std::uint32_t synset : synsets) {
    related.insert(related.end(), holders_[synset].begin(), holders_[synset].end());
    holders_[synset].push_back(meaning);
  }
  std::sort(related.begin(), related.end());
  related.erase(std::unique(related.begin(), related.end()), related.end());
  for (const std::uint32_t other : related) related_[other].push_back(meaning);
  related.push_back(meaning);
  related_.push_back(std::move(related));
  return meaning;
}

}  // namespace vernier::meteor
