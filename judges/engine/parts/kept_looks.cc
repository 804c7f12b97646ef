#include "judges/engine/parts/kept_looks.h"

namespace vernier::engine {

bool KeptLooks::find(std::uint64_t hash, Rows out, Backend& backend) const {
  const auto found = tokens_.find(hash);
  if (found == tokens_.end()) return false;
  backend.copy(found->second->data(), out.data, out.size());
  return true;
}

void KeptLooks::keep(std::uint64_t hash, Rows tokens, Backend& backend) {
  if (tokens.size() > room_ || tokens_.contains(hash)) return;
  room_ -= tokens.size();
  std::unique_ptr<Memory>& memory = tokens_[hash];
  memory = backend.allocate(tokens.size());
  backend.copy(tokens.data, memory->data(), tokens.size());
}

}  // namespace vernier::engine
