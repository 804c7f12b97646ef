#include "metrics/spice/score/tuple_memory.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"

namespace vernier::spice {

void CaptionTuples::assign(const TupleList& list, ConceptTexts& texts) {
  for (const Tuple& tuple : list.tuples()) {
    sizes_.push_back(static_cast<std::uint8_t>(tuple.size()));
    for (std::size_t i = 0; i < tuple.size(); ++i) {
      ids_.push_back(texts.find_or_add(list.name(tuple.names[i])));
    }
  }
}

std::size_t TupleMemory::Hash::operator()(std::span<const WordId> ids) const {
  return hash_bytes({reinterpret_cast<const char*>(ids.data()), ids.size_bytes()});
}

bool TupleMemory::Equal::operator()(std::span<const WordId> a, std::span<const WordId> b) const {
  return std::ranges::equal(a, b);
}

const CaptionTuples* TupleMemory::find(std::span<const WordId> caption) {
  if (const auto found = young_.find(caption); found != young_.end()) return &found->second;
  const auto found = old_.find(caption);
  if (found == old_.end()) return nullptr;
  auto node = old_.extract(found);
  return &young_.insert(std::move(node)).position->second;
}

const CaptionTuples& TupleMemory::add(std::span<const WordId> caption, CaptionTuples tuples) {
  if (young_.size() >= kGeneration) {
    std::swap(young_, old_);
    young_.clear();
  }
  return young_.emplace(std::vector(caption.begin(), caption.end()), std::move(tuples))
      .first->second;
}

}  // namespace vernier::spice
