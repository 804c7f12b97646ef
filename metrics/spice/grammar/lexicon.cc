#include "metrics/spice/grammar/lexicon.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "base/hash.h"
#include "metrics/spice/grammar/words/signature.h"

namespace vernier::spice {
namespace {

constexpr float kImpossible = -std::numeric_limits<float>::infinity();
constexpr double kLowestScore = -100;  // the original takes this or less for impossible

}  // namespace

struct Lexicon::Sight {
  bool seen;        // the word itself, not its signature
  double with_any;  // how often it or its signature was seen
  std::span<const Count> by_tag;
  const Word* word;
};

Lexicon::Lexicon(GrammarTables& tables)
    : names_(std::move(tables.words)),
      slots_(std::bit_ceil(names_.size() * 2 + 1)),
      words_(names_.size() + 1),
      tag_seen_(tables.tags.size()),
      tag_unseen_(tables.tags.size()),
      smooth_unseen_(tables.smooth[0]),
      smooth_seen_(tables.smooth[1]),
      threshold_(tables.smooth_unknowns_threshold) {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    std::size_t slot = hash_bytes(names_[i]) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
  const auto sort = [](std::vector<LexiconCount>& counts) {
    std::sort(counts.begin(), counts.end(), [](const LexiconCount& a, const LexiconCount& b) {
      return std::pair(a.word, a.tag) < std::pair(b.word, b.tag);
    });
  };
  sort(tables.seen);
  sort(tables.unseen);
  for (const LexiconCount& count : tables.seen) {
    if (count.word < 0) {
      (count.tag < 0 ? total_seen_ : tag_seen_[static_cast<std::size_t>(count.tag)]) = count.count;
      continue;
    }
    Word& word = words_[static_cast<std::size_t>(count.word)];
    if (count.tag < 0) {
      word.seen = count.count;
      word.begin = word.end = static_cast<std::uint32_t>(seen_.size());
    } else {
      if (word.begin == word.end) word.begin = static_cast<std::uint32_t>(seen_.size());
      seen_.push_back({static_cast<std::uint16_t>(count.tag), count.count});
      word.end = static_cast<std::uint32_t>(seen_.size());
    }
  }
  for (const LexiconCount& count : tables.unseen) {
    if (count.word < 0) {
      (count.tag < 0 ? total_unseen_ : tag_unseen_[static_cast<std::size_t>(count.tag)]) =
          count.count;
      continue;
    }
    Word& word = words_[static_cast<std::size_t>(count.word)];
    if (count.tag < 0) {
      word.unseen = count.count;
    } else {
      if (word.unseen_begin == word.unseen_end) {
        word.unseen_begin = static_cast<std::uint32_t>(unseen_.size());
      }
      unseen_.push_back({static_cast<std::uint16_t>(count.tag), count.count});
      word.unseen_end = static_cast<std::uint32_t>(unseen_.size());
    }
  }
  for (std::size_t tag = 0; tag < tag_unseen_.size(); ++tag) {
    if (tag_unseen_[tag] > tables.open_class_threshold) {
      open_class_.push_back(static_cast<std::uint16_t>(tag));
    }
  }
  tables.seen = {};
  tables.unseen = {};
}

std::uint32_t Lexicon::find(std::string_view word) const {
  std::size_t slot = hash_bytes(word) & (slots_.size() - 1);
  while (slots_[slot] != 0 && names_[slots_[slot] - 1] != word) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slots_[slot] != 0 ? slots_[slot] - 1 : static_cast<std::uint32_t>(names_.size());
}

Lexicon::Sight Lexicon::look_at(std::string_view text, bool first) const {
  const Word& word = words_[find(text)];
  if (word.seen > 0) {
    return {true, word.seen, std::span(seen_).subspan(word.begin, word.end - word.begin), &word};
  }
  const Word& like = words_[find(word_signature(text, first))];
  return {false, like.unseen,
          std::span(unseen_).subspan(like.unseen_begin, like.unseen_end - like.unseen_begin),
          &word};
}

float Lexicon::score(const Sight& sight, std::uint16_t tag, double with_tag) const {
  const double unknown_share = tag_unseen_[tag] / total_unseen_;
  double share, word_share;
  if (sight.seen) {
    share = sight.with_any > threshold_ && with_tag > 0
                ? with_tag / sight.with_any
                : (with_tag + smooth_seen_ * unknown_share) / (sight.with_any + smooth_seen_);
    word_share = sight.with_any / total_seen_;
  } else {
    share = (with_tag + smooth_unseen_ * unknown_share) / (sight.with_any + smooth_unseen_);
    word_share = 1.0 / total_seen_;
  }
  const double score = std::log(share * word_share / (tag_seen_[tag] / total_seen_));
  // Not for NaN either, which damaged counts can make.
  return score > kLowestScore && std::isfinite(score) ? static_cast<float>(score) : kImpossible;
}

void Lexicon::score_all(const Sight& sight, std::vector<TagScore>& out) const {
  std::size_t next = 0;
  for (std::size_t i = 0; i < tag_seen_.size(); ++i) {
    const auto tag = static_cast<std::uint16_t>(i);
    const bool listed = next < sight.by_tag.size() && sight.by_tag[next].tag == tag;
    const double with_tag = listed ? sight.by_tag[next++].count : 0;
    if (with_tag == 0 && tag_unseen_[i] == 0) continue;
    if (const float s = score(sight, tag, with_tag); s > kImpossible) out.push_back({tag, s});
  }
}

void Lexicon::tags(std::string_view word, bool first, std::vector<TagScore>& out) const {
  const Sight sight = look_at(word, first);
  out.clear();
  if (sight.word->begin == sight.word->end) {  // not listed
    for (const std::uint16_t tag : open_class_) {
      double with_tag = 0;
      for (const Count& count : sight.by_tag) {
        if (count.tag == tag) with_tag = count.count;
      }
      if (const float s = score(sight, tag, with_tag); s > kImpossible) out.push_back({tag, s});
    }
  } else if (sight.word->seen > threshold_) {
    for (const Count& count : sight.by_tag) {
      if (const float s = score(sight, count.tag, count.count); s > kImpossible) {
        out.push_back({count.tag, s});
      }
    }
  } else {
    score_all(sight, out);
  }
  if (out.empty()) score_all(sight, out);
}

void Lexicon::all_tags(std::string_view word, bool first, std::vector<TagScore>& out) const {
  out.clear();
  score_all(look_at(word, first), out);
}

bool Lexicon::lists(std::string_view word) const {
  const Word& found = words_[find(word)];
  return found.begin != found.end;
}

bool Lexicon::depends_on_place(std::string_view word) const {
  return !(words_[find(word)].seen > 0) && is_capitalised(word);
}

float Lexicon::score(std::string_view word, bool first, std::uint16_t tag) const {
  const Sight sight = look_at(word, first);
  for (const Count& count : sight.by_tag) {
    if (count.tag == tag) return score(sight, tag, count.count);
  }
  return score(sight, tag, 0);
}

}  // namespace vernier::spice
