#include "metrics/meteor/words/synonyms.h"

#include <algorithm>
#include <string>

namespace vernier::meteor {
namespace {

struct Ending {
  std::string_view suffix, replacement;
};
// In the order in which METEOR tries them.
constexpr Ending kEndings[] = {
    {"s", ""},      {"ses", "s"}, {"xes", "x"}, {"zes", "z"}, {"ches", "ch"}, {"shes", "sh"},
    {"men", "man"}, {"ies", "y"}, {"es", "e"},  {"es", ""},   {"ed", "e"},    {"ed", ""},
    {"ing", "e"},   {"ing", ""},  {"er", ""},   {"est", ""},  {"er", "e"},    {"est", "e"}};

// METEOR's port of WordNet's morphy: the first ending whose replacement gives a word of WordNet.
// (Words in -ful stay as they are: the port never takes the ending off.)
std::uint32_t find_base(const MeteorData& data, std::string_view word) {
  if (word.ends_with("ss") || word.size() <= 2) return kNoIndex;
  for (const Ending& ending : kEndings) {
    if (!word.ends_with(ending.suffix)) continue;
    std::string base(word.substr(0, word.size() - ending.suffix.size()));
    base += ending.replacement;
    const std::uint32_t found = data.find_word(base);
    if (found != kNoIndex && !data.synsets(found).empty()) return found;
  }
  return kNoIndex;
}

void append(const MeteorData& data, std::uint32_t entry, std::vector<std::uint32_t>& out) {
  const std::span<const std::uint32_t> synsets = data.synsets(entry);
  out.insert(out.end(), synsets.begin(), synsets.end());
}

}  // namespace

void find_synsets(const MeteorData& data, std::string_view word, std::uint32_t entry,
                  std::vector<std::uint32_t>& out) {
  out.clear();
  std::span<const std::uint32_t> bases;
  if (entry != kNoIndex) {
    append(data, entry, out);
    bases = data.bases(entry);
    for (const std::uint32_t base : bases) append(data, base, out);
  }
  if (bases.empty()) {
    if (const std::uint32_t base = find_base(data, word); base != kNoIndex) append(data, base, out);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

}  // namespace vernier::meteor
