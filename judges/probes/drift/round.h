// A round of captions as numbers: what every image's captions hold.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "judges/probes/object/chair/chair.h"
#include "judges/probes/scene/fact.h"
#include "metrics/text/text_set.h"
#include "metrics/text/token_list.h"

namespace vernier::probes::drift {

/// Words of a phrase.
constexpr std::size_t kPhraseWords = 5;

/// Lists of numbers, one an image.
struct ItemLists {
  std::vector<std::uint32_t> begins = {0};
  std::vector<std::uint32_t> ids;

  std::span<const std::uint32_t> of(std::size_t image) const {
    return {ids.data() + begins[image], ids.data() + begins[image + 1]};
  }
  void end_image() { begins.push_back(static_cast<std::uint32_t>(ids.size())); }
};

/// What is counted over a round. A caption counts an object (a thing that any of its facts is
/// about) and a phrase once, however often it has them.
enum Kind : std::uint8_t { kWord, kTwo, kThree, kCaption, kObject, kPhrase, kKinds };

/// Sums over captions.
struct Sums {
  double captions = 0, words = 0, squared_words = 0;
  double repeats = 0;  ///< shares of four words in a row that were there before
  double facts = 0, refused = 0;
  ChairCounts chair;

  void add(const Sums& other);
};

struct Round {
  std::array<ItemLists, kKinds> items;
  ItemLists facts;                           ///< of an image's captions together, ascending
  std::vector<Sums> sums;                    ///< by image
  std::vector<std::uint32_t> phrase_begins;  ///< by item of `phrases_in_place`: its first word
  ItemLists phrases_in_place;                ///< all phrases, in their order
  std::vector<std::uint32_t> caption_ends;   ///< in the words of all images

  std::size_t images() const { return sums.size(); }
};

/// One caption, as read by the tools.
struct CaptionReading {
  const text::TokenList* words = nullptr;
  double repeats = 0;
  const Facts* facts = nullptr;         ///< null: not looked for
  const ChairCaption* chair = nullptr;  ///< the same
};

/// Gives words, phrases, objects and so on the same numbers in all rounds, in the order in which
/// they come.
class Numbering {
 public:
  /// Appends the captions of the next image.
  void add_image(std::span<const CaptionReading> captions, Round& round);

  std::size_t size(Kind kind) const;
  const std::string& word(std::uint32_t id) const { return words_.names[id]; }
  const std::string& object(std::uint32_t id) const { return objects_.names[id]; }
  /// Its words with blanks between.
  const std::string& caption(std::uint32_t id) const { return captions_.names[id]; }
  std::span<const std::uint32_t, kPhraseWords> phrase(std::uint32_t id) const {
    return phrases_[id];
  }

 private:
  struct Names {
    text::TextMap<std::uint32_t> index;
    std::vector<std::string> names;
    std::uint32_t find(std::string_view name);
  };
  /// Rows of words by the number of all but the last and the last.
  using Rows = std::unordered_map<std::uint64_t, std::uint32_t>;

  void add_words(const text::TokenList& tokens, std::uint32_t place, Round& round);
  void add_facts(const Facts& facts, Round& round);

  Names words_, objects_, captions_, facts_;
  std::array<Rows, kPhraseWords> rows_;  // of 2, 3, 4, 5 words at 1 to 4
  std::vector<std::array<std::uint32_t, kPhraseWords>> phrases_;
  std::vector<std::uint32_t> ids_, once_;
};

}  // namespace vernier::probes::drift
