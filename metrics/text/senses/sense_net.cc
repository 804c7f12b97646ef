#include "metrics/text/senses/sense_net.h"

#include <algorithm>

#include "metrics/text/senses/sense_net_reader.h"

namespace vernier::text {

std::shared_ptr<const SenseNet> SenseNet::open(const std::string& folder) {
  return SenseNetReader(folder).read();
}

std::span<const Sense> SenseNet::senses(std::string_view word, WordClass word_class) const {
  const auto number = static_cast<std::size_t>(word_class);
  if (number >= entries_.size()) return {};
  const auto found = entries_[number].find(word);
  if (found == entries_[number].end()) return {};
  return std::span(senses_).subspan(found->second.begin, found->second.end - found->second.begin);
}

std::span<const Sense> SenseNet::kinds(Sense sense) const {
  const std::uint32_t begin = sense == 0 ? 0 : kind_ends_[sense - 1];
  return std::span(kinds_).subspan(begin, kind_ends_[sense] - begin);
}

bool SenseNet::is_a(Sense sense, Sense kind) const {
  return std::ranges::binary_search(kinds(sense), kind);
}

double SenseNet::similarity(Sense a, Sense b) const {
  const double both = static_cast<double>(information_[a]) + static_cast<double>(information_[b]);
  if (both <= 0) return a == b ? 1 : 0;
  double shared = 0;
  const std::span<const Sense> first = kinds(a), second = kinds(b);
  for (auto i = first.begin(), j = second.begin(); i != first.end() && j != second.end();) {
    if (*i == *j) shared = std::max(shared, static_cast<double>(information_[*i]));
    const bool next = *i <= *j;
    if (*j <= *i) ++j;
    if (next) ++i;
  }
  return 2 * shared / both;
}

bool SenseNet::is_part(Sense part, Sense whole) const {
  if (is_a(part, body_part_) && is_a(whole, living_thing_)) return true;
  const auto first = std::ranges::lower_bound(parts_, std::pair(part, Sense{0}));
  for (auto one = first; one != parts_.end() && one->first == part; ++one) {
    // A part of cars is one of this taxi; a part of this taxi is one of some car.
    if (is_a(whole, one->second) || is_a(one->second, whole)) return true;
  }
  return false;
}

double SenseNet::physical_share(std::string_view noun) const {
  const auto found = entries_[0].find(noun);
  return found == entries_[0].end() ? 0.5 : static_cast<double>(found->second.physical);
}

}  // namespace vernier::text
