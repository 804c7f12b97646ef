// Tuples of captions met before: equal captions are parsed once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "metrics/spice/scene/concept_texts.h"
#include "metrics/spice/tuples/tuple_list.h"
#include "metrics/words/vocabulary.h"

namespace vernier::spice {

/// Tuples of one caption, as texts of a ConceptTexts.
class CaptionTuples {
 public:
  void assign(const TupleList& list, ConceptTexts& texts);
  /// A caption with a sentence that is too long to be parsed.
  bool refused() const { return refused_; }
  void refuse() { refused_ = true; }

  template <class Visit>
  void for_each(Visit visit) const {
    std::size_t begin = 0;
    for (const std::uint8_t size : sizes_) {
      visit(std::span(ids_).subspan(begin, size));
      begin += size;
    }
  }

 private:
  std::vector<TextId> ids_;
  std::vector<std::uint8_t> sizes_;
  bool refused_ = false;
};

/// One thread's memory, bounded: captions that were not asked for since many others came are
/// forgotten. References of one image come together, so little is parsed twice.
class TupleMemory {
 public:
  /// The tuples of a caption if they are remembered; good until the next add().
  const CaptionTuples* find(std::span<const WordId> caption);
  const CaptionTuples& add(std::span<const WordId> caption, CaptionTuples tuples);

 private:
  static constexpr std::size_t kGeneration = 1 << 15;  // captions, about 10 MB
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::span<const WordId> ids) const;
    std::size_t operator()(const std::vector<WordId>& ids) const {
      return (*this)(std::span<const WordId>(ids));
    }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(std::span<const WordId> a, std::span<const WordId> b) const;
  };
  using Captions = std::unordered_map<std::vector<WordId>, CaptionTuples, Hash, Equal>;
  Captions young_, old_;
};

}  // namespace vernier::spice
