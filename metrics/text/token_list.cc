#include "metrics/text/token_list.h"

namespace vernier::text {

std::string TokenList::joined() const {
  std::string out;
  out.reserve(bytes_.size() + ends_.size());
  for (std::size_t i = 0; i < size(); ++i) {
    if (i > 0) out.push_back(' ');
    out.append((*this)[i]);
  }
  return out;
}

}  // namespace vernier::text
