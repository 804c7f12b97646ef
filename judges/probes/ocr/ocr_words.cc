#include "judges/probes/ocr/ocr_words.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "metrics/text/unicode/unicode.h"

namespace vernier::probes {
namespace {

using Counts = std::unordered_map<std::string_view, std::size_t>;

Counts counts_of(std::span<const std::string> words) {
  Counts counts;
  for (const std::string& word : words) ++counts[word];
  return counts;
}

/// Places of the words that `counts` has no more of.
std::vector<std::size_t> beyond(std::span<const std::string> words, Counts counts) {
  std::vector<std::size_t> places;
  for (std::size_t n = 0; n < words.size(); ++n) {
    const auto found = counts.find(words[n]);
    if (found == counts.end() || found->second == 0) {
      places.push_back(n);
    } else {
      --found->second;
    }
  }
  return places;
}

std::u32string points_of(std::string_view word) {
  std::u32string out;
  for (std::size_t pos = 0; pos < word.size();) out += text::next_code_point(word, pos);
  return out;
}

bool within_one(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  if (in_a == a.end()) return true;
  return std::equal(in_a + (a.size() == b.size() ? 1 : 0), a.end(), in_b + 1, b.end());
}

}  // namespace

bool within_one_edit(std::string_view a, std::string_view b) {
  return within_one(points_of(a), points_of(b));
}

WordDifference word_difference(std::span<const std::string> output,
                               std::span<const std::string> reference) {
  WordDifference out;
  out.invented = beyond(output, counts_of(reference));
  out.missing = beyond(reference, counts_of(output));
  std::vector<std::u32string> missing;
  missing.reserve(out.missing.size());
  for (const std::size_t place : out.missing) missing.push_back(points_of(reference[place]));
  for (const std::size_t place : out.invented) {
    const std::u32string word = points_of(output[place]);
    auto meant = missing.end();
    if (word.size() >= kMisreadLetters) {
      meant = std::ranges::find_if(missing, [&](const std::u32string& one) {
        return !one.empty() && within_one(word, one);
      });
    }
    out.misread.push_back(meant != missing.end());
    if (meant != missing.end()) meant->clear();  // taken
  }
  return out;
}

}  // namespace vernier::probes
