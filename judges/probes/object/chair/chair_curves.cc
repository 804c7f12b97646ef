#include "judges/probes/object/chair/chair_curves.h"

#include <algorithm>
#include <initializer_list>

namespace vernier::probes {
namespace {

constexpr double kFrequencies[] = {0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 1};
constexpr double kShares[] = {0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1};

template <std::size_t n>
std::size_t bin_of(const double (&edges)[n], double value) {
  std::size_t bin = 0;
  while (bin + 2 < n && value >= edges[bin + 1]) ++bin;
  return bin;
}

template <std::size_t n>
RateCurve rates_between(const double (&edges)[n]) {
  RateCurve rates(n - 1);
  for (std::size_t b = 0; b + 1 < n; ++b) {
    rates.point(b).from = edges[b];
    rates.point(b).to = edges[b + 1];
  }
  return rates;
}

/// In how many images each object is, and each pair of objects.
struct Occurrences {
  std::size_t classes;
  std::vector<std::uint64_t> single, pair;

  Occurrences(const ImageObjects& known, std::size_t count)
      : classes(count), single(count), pair(count * count) {
    for (std::size_t i = 0; i < known.size(); ++i) {
      for (const std::uint32_t a : known.objects(i)) {
        ++single[a];
        for (const std::uint32_t b : known.objects(i)) ++pair[a * classes + b];
      }
    }
  }
  /// The largest share of the images of one of `objects` that have `object` too.
  double pull(std::span<const std::uint32_t> objects, std::uint32_t object) const {
    double most = 0;
    for (const std::uint32_t other : objects) {
      if (single[other] == 0) continue;
      most = std::max(most, static_cast<double>(pair[other * classes + object]) /
                                static_cast<double>(single[other]));
    }
    return most;
  }
};

std::vector<InventedObject> invented_objects(std::span<const ChairCaption> captions,
                                             std::span<const std::size_t> images,
                                             const ImageObjects& known,
                                             const Occurrences& occurrences) {
  const std::size_t classes = occurrences.classes;
  std::vector<InventedObject> objects(classes);
  std::vector<std::uint64_t> together(classes * classes);
  for (std::uint32_t k = 0; k < classes; ++k) {
    objects[k].object = k;
    objects[k].images = occurrences.single[k];
  }
  for (std::size_t i = 0; i < captions.size(); ++i) {
    for (const JudgedMention& mention : captions[i].mentions) {
      ++objects[mention.object].mentions;
      if (!mention.hallucinated) continue;
      ++objects[mention.object].hallucinated;
      for (const std::uint32_t other : known.objects(images[i])) {
        ++together[mention.object * classes + other];
      }
    }
  }
  std::erase_if(objects, [](const InventedObject& o) { return o.hallucinated == 0; });
  for (InventedObject& object : objects) {
    const auto row = std::span(together).subspan(object.object * classes, classes);
    const auto most = std::ranges::max_element(row);
    if (*most == 0) continue;
    object.companion = most - row.begin();
    object.with_first = *most;
  }
  std::ranges::stable_sort(objects, std::greater(), &InventedObject::hallucinated);
  return objects;
}

}  // namespace

ChairCurves chair_curves(std::span<const ChairCaption> captions,
                         std::span<const std::size_t> images, const ImageObjects& known,
                         std::size_t classes) {
  const Occurrences occurrences(known, classes);
  const double image_count = static_cast<double>(std::max<std::size_t>(1, known.size()));
  SentenceCurve sentences;
  TokenCurve tokens;
  RateCurve frequency = rates_between(kFrequencies), co_occurrence = rates_between(kShares);
  std::vector<bool> invented(classes);
  for (std::size_t i = 0; i < captions.size(); ++i) {
    std::fill(invented.begin(), invented.end(), false);
    for (const JudgedMention& m : captions[i].mentions) {
      sentences.add(m.sentence, m.hallucinated);
      tokens.add(m.token, m.hallucinated);
      if (m.hallucinated) invented[m.object] = true;
    }
    for (std::uint32_t k = 0; k < classes; ++k) {
      if (known.contains(images[i], k)) continue;
      const double share = static_cast<double>(occurrences.single[k]) / image_count;
      frequency.add(bin_of(kFrequencies, share), invented[k]);
      co_occurrence.add(bin_of(kShares, occurrences.pull(known.objects(images[i]), k)),
                        invented[k]);
    }
    for (RateCurve* rates :
         std::initializer_list<RateCurve*>{&sentences, &tokens, &frequency, &co_occurrence}) {
      rates->end_caption();
    }
  }
  ChairCurves curves;
  curves.sentences = sentences.finish();
  curves.tokens = tokens.finish();
  curves.frequency = frequency.finish();
  curves.co_occurrence = co_occurrence.finish();
  curves.objects = invented_objects(captions, images, known, occurrences);
  return curves;
}

}  // namespace vernier::probes
