#include "metrics/text/token_list.h"

#include <algorithm>

namespace vernier::text {

std::string TokenList::joined() const {
  std::string out;
  out.reserve(size_ + tokens_.size());
  for (std::size_t i = 0; i < size(); ++i) {
    if (i > 0) out.push_back(' ');
    out.append((*this)[i]);
  }
  return out;
}

void TokenList::grow(std::size_t count) {
  bytes_.resize(std::max(bytes_.size() * 2, size_ + count + kPadding));
}

}  // namespace vernier::text
