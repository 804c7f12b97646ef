#include "judges/probes/drift/changes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace vernier::probes::drift {
namespace {

using Words = std::vector<std::uint32_t>;

std::vector<std::uint32_t> counts_of(const ItemLists& lists, std::size_t items) {
  std::vector<std::uint32_t> counts(items);
  for (const std::uint32_t id : lists.ids) ++counts[id];
  return counts;
}

/// The words of a round, caption by caption.
class Captions {
 public:
  explicit Captions(const Round& round) : words_(round.items[kWord].ids), round_(round) {}

  /// Calls visit(caption, first word, end of the caption) for every place of these words.
  template <class Visit>
  void find(const Words& phrase, Visit visit) const {
    std::size_t begin = 0;
    for (const std::uint32_t end : round_.caption_ends) {
      const std::span<const std::uint32_t> caption = words_.subspan(begin, end - begin);
      for (auto at = caption.begin();; ++at) {
        at = std::search(at, caption.end(), phrase.begin(), phrase.end());
        if (at == caption.end()) break;
        visit(caption, static_cast<std::size_t>(at - caption.begin()));
      }
      begin = end;
    }
  }
  /// Captions that have these words.
  std::uint64_t count(const Words& phrase) const {
    std::uint64_t captions = 0;
    const std::uint32_t* last = nullptr;
    find(phrase, [&](std::span<const std::uint32_t> caption, std::size_t) {
      captions += caption.data() != last;
      last = caption.data();
    });
    return captions;
  }

 private:
  std::span<const std::uint32_t> words_;
  const Round& round_;
};

/// Adds the word before or behind a phrase that most places share; false where too few do.
bool lengthen(const Captions& captions, Words& phrase) {
  constexpr std::size_t kLongest = 30;
  if (phrase.size() >= kLongest) return false;
  std::map<std::uint32_t, std::uint64_t> before, behind;
  std::uint64_t places = 0;
  captions.find(phrase, [&](std::span<const std::uint32_t> caption, std::size_t at) {
    ++places;
    if (at > 0) ++before[caption[at - 1]];
    if (at + phrase.size() < caption.size()) ++behind[caption[at + phrase.size()]];
  });
  const auto add = [&](const std::map<std::uint32_t, std::uint64_t>& words, Words::iterator where) {
    const auto most = std::ranges::max_element(
        words, {}, [](const std::pair<const std::uint32_t, std::uint64_t>& w) { return w.second; });
    if (most == words.end() || most->second * 5 < places * 4) return false;
    phrase.insert(where, most->first);
    return true;
  };
  return add(behind, phrase.end()) || add(before, phrase.begin());
}

bool contains(const Words& phrase, const Words& part) {
  return std::search(phrase.begin(), phrase.end(), part.begin(), part.end()) != phrase.end();
}

}  // namespace

double ObjectChange::shift() const {
  const auto a = static_cast<double>(before), b = static_cast<double>(after);
  return std::abs(b - a) / std::sqrt(a + b);
}

std::vector<ObjectChange> object_changes(const Round& first, const Round& second,
                                         const Numbering& numbering) {
  const std::size_t objects = numbering.size(kObject);
  const auto before = counts_of(first.items[kObject], objects);
  const auto after = counts_of(second.items[kObject], objects);
  // Sum over images of (share of all after - share of all before)^2.
  std::vector<double> variance(objects);
  std::map<std::uint32_t, double> image;
  for (std::size_t i = 0; i < first.images(); ++i) {
    image.clear();
    for (const std::uint32_t id : second.items[kObject].of(i)) image[id] += 1.0 / after[id];
    for (const std::uint32_t id : first.items[kObject].of(i)) image[id] -= 1.0 / before[id];
    for (const auto& [id, difference] : image) variance[id] += difference * difference;
  }
  std::vector<ObjectChange> out;
  for (std::uint32_t id = 0; id < objects; ++id) {
    if (before[id] + after[id] == 0) continue;
    const bool both = before[id] > 0 && after[id] > 0;
    out.push_back({id, before[id], after[id],
                   both ? std::sqrt(variance[id]) : std::numeric_limits<double>::quiet_NaN()});
  }
  std::ranges::stable_sort(
      out, [](const ObjectChange& a, const ObjectChange& b) { return a.shift() > b.shift(); });
  return out;
}

std::vector<PhraseRise> phrase_rises(const Round& first, const Round& second,
                                     const Numbering& numbering, std::uint32_t captions,
                                     std::size_t most) {
  const auto before = counts_of(first.items[kPhrase], numbering.size(kPhrase));
  const auto after = counts_of(second.items[kPhrase], numbering.size(kPhrase));
  std::vector<std::uint32_t> order;
  for (std::uint32_t id = 0; id < after.size(); ++id) {
    if (after[id] >= captions && after[id] > before[id]) order.push_back(id);
  }
  std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return after[a] - before[a] > after[b] - before[b];
  });
  const Captions then(first), now(second);
  std::vector<Words> found;
  std::vector<PhraseRise> out;
  for (const std::uint32_t id : order) {
    if (out.size() == most) break;
    const auto seed = numbering.phrase(id);
    Words phrase(seed.begin(), seed.end());
    const auto listed = [&] {
      return std::ranges::any_of(
          found, [&](const Words& one) { return contains(one, phrase) || contains(phrase, one); });
    };
    if (listed()) continue;
    while (lengthen(now, phrase)) {
    }
    if (listed()) continue;
    PhraseRise rise;
    for (const std::uint32_t word : phrase) {
      rise.text += (rise.text.empty() ? "" : " ") + numbering.word(word);
    }
    rise.before = then.count(phrase);
    rise.after = now.count(phrase);
    found.push_back(std::move(phrase));
    out.push_back(std::move(rise));
  }
  return out;
}

PhraseRise commonest_caption(const Round& first, const Round& round, const Numbering& numbering) {
  const auto before = counts_of(first.items[kCaption], numbering.size(kCaption));
  const auto now = counts_of(round.items[kCaption], numbering.size(kCaption));
  const auto most = std::ranges::max_element(now);
  if (most == now.end()) return {};
  const auto id = static_cast<std::uint32_t>(most - now.begin());
  return {numbering.caption(id), before[id], *most};
}

}  // namespace vernier::probes::drift
