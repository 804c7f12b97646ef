#include "judges/probes/answers/open/anls.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/spelling/symbol_distance.h"
#include "metrics/text/token_list.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

std::vector<std::uint32_t> symbols_of(std::string_view raw) {
  text::TokenList words;
  text::push_words(text::to_lower(raw), words);
  const std::string plain = words.joined();
  std::vector<std::uint32_t> out;
  for (std::size_t pos = 0; pos < plain.size();) out.push_back(text::next_code_point(plain, pos));
  return out;
}

}  // namespace

double anls(std::string_view answer, std::span<const std::string> references) {
  if (references.empty()) return std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::uint32_t> own = symbols_of(answer);
  double best = 0;
  for (std::size_t n = 0; n < references.size(); ++n) {
    const std::string& reference = references[n];
    if (std::find(references.begin(), references.begin() + n, reference) !=
        references.begin() + n) {
      continue;  // people say the same
    }
    const std::vector<std::uint32_t> other = symbols_of(reference);
    const std::size_t longer = std::max(own.size(), other.size());
    const double like = longer == 0 ? 1
                                    : 1 - static_cast<double>(symbol_distance(own, other)) /
                                              static_cast<double>(longer);
    best = std::max(best, like);
  }
  return best < kAnlsThreshold ? 0 : best;
}

}  // namespace vernier::probes
