#include "metrics/meteor/alignment/matcher.h"

#include <algorithm>

namespace vernier::meteor {
namespace {

bool share_synset(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i] == b[j]) return true;
    const bool less = a[i] < b[j];
    i += less;
    j += !less;
  }
  return false;
}

bool equal_words(const std::uint8_t* words, std::size_t n, const std::uint16_t* line) {
  for (std::size_t k = 0; k < n; ++k) {
    if (read_word(words + 2 * k) != line[k]) return false;
  }
  return true;
}

/// Calls visit(position, words) wherever an entry of the run occurs in the line: entry by entry,
/// then by position.
template <class Visit>
void find_entries(std::uint16_t first, ListBytes run, std::span<const std::uint16_t> line,
                  const MeteorData& data, Visit visit) {
  const std::uint16_t* const words = line.data();
  const std::size_t size = line.size();
  std::size_t earliest = 0;
  while (earliest < size && words[earliest] != first) ++earliest;
  if (earliest == size) return;
  const bool whole = for_each_entry(run, [&](const std::uint8_t* further, std::size_t n) {
    for (std::size_t i = earliest; i + n < size; ++i) {
      if (words[i] == first && equal_words(further, n, words + i + 1)) visit(i, n + 1);
    }
  });
  if (!whole) data.damaged();
}

}  // namespace

void Matcher::SynsetFilter::insert(std::span<const std::uint32_t> synsets) {
  for (const std::uint32_t s : synsets) {
    const std::uint32_t word = s >> 6 & 255;
    const std::uint64_t bit = std::uint64_t{1} << (s & 63);
    two_[word] |= one_[word] & bit;
    one_[word] |= bit;
  }
}

void Matcher::SynsetFilter::erase(std::span<const std::uint32_t> synsets) {
  for (const std::uint32_t s : synsets) {
    const std::uint32_t word = s >> 6 & 255;
    one_[word] = 0;
    two_[word] = 0;
  }
}

bool Matcher::SynsetFilter::may_share(std::span<const std::uint32_t> synsets, bool with_two) const {
  const std::uint64_t* const bits = with_two ? two_.data() : one_.data();
  for (const std::uint32_t s : synsets) {
    if (bits[s >> 6 & 255] >> (s & 63) & 1) return true;
  }
  return false;
}

void Matcher::begin_sample(const Line& candidate, std::span<const Line> references) {
  candidate_ = &candidate;
  index_candidate();
  // Of the candidate's phrases only those runs can match whose first word is in some reference.
  candidate_phrases_.clear();
  if (candidate.phrases.empty()) return;
  for (const Line& reference : references) {
    for (const std::uint16_t word : reference.phrase_words) reference_words_.insert(word);
  }
  reference_words_.erase(kNoPhraseWord);
  for (const PhraseAt& phrase : candidate.phrases) {
    const bool whole =
        for_each_run(data_->paraphrases(phrase.node), [&](std::uint16_t first, ListBytes run) {
          if (!reference_words_.contains(first)) return;
          candidate_phrases_.push_back({phrase.begin, phrase.length, first, run});
        });
    if (!whole) data_->damaged();
  }
  for (const Line& reference : references) {
    for (const std::uint16_t word : reference.phrase_words) reference_words_.erase(word);
  }
}

void Matcher::index_candidate() {
  const Line& line = *candidate_;
  hyp_size_ = std::min(line.size(), kMaxAlignedWords);
  if (first_key_.size() < lexicon_.class_count()) {
    first_key_.resize(lexicon_.class_count(), kNone);
    first_stem_.resize(lexicon_.class_count(), kNone);
  }
  if (synonyms_.size() < lexicon_.word_count()) synonyms_.resize(lexicon_.word_count());
  next_key_.resize(hyp_size_);
  next_stem_.resize(hyp_size_);
  for (std::uint32_t i = hyp_size_; i-- > 0;) {
    next_key_[i] = first_key_[line.keys[i]];
    if (next_key_[i] == kNone || line.words[next_key_[i]] != line.words[i]) {
      synset_filter_.insert(lexicon_.synsets(line.words[i]));
    }
    first_key_[line.keys[i]] = static_cast<std::uint16_t>(i);
    next_stem_[i] = first_stem_[line.stems[i]];
    first_stem_[line.stems[i]] = static_cast<std::uint16_t>(i);
    candidate_words_.insert(line.phrase_words[i]);
  }
  candidate_words_.erase(kNoPhraseWord);
  ++sample_;
  synonym_positions_.clear();
}

void Matcher::end_sample() {
  if (candidate_ == nullptr) return;
  const Line& line = *candidate_;
  for (std::uint32_t i = 0; i < hyp_size_; ++i) {
    first_key_[line.keys[i]] = kNone;
    first_stem_[line.stems[i]] = kNone;
    synset_filter_.erase(lexicon_.synsets(line.words[i]));
    candidate_words_.erase(line.phrase_words[i]);
  }
  candidate_ = nullptr;
}

bool Matcher::same_words(const Line& reference) const { return candidate_->keys == reference.keys; }

void Matcher::match(const Line& reference, MatchTable& table) {
  const std::uint32_t ref_size = std::min(reference.size(), kMaxAlignedWords);
  const bool only_exact = same_words(reference);
  const std::size_t limit = kMaxMatches / std::max<std::uint32_t>(ref_size, 1);
  table.begin.clear();
  table.matches.clear();
  reverse_.clear();
  if (!only_exact) collect_reverse(reference);
  auto phrase = reference.phrases.begin();
  auto reverse = reverse_.begin();
  for (std::uint32_t j = 0; j < ref_size; ++j) {
    table.begin.push_back(static_cast<std::uint32_t>(table.matches.size()));
    const std::size_t end = table.matches.size() + limit;
    const std::uint32_t key = reference.keys[j];
    for (std::uint16_t i = first_key_[key]; i != kNone && table.matches.size() < end;
         i = next_key_[i]) {
      table.matches.push_back({i, 1, 1, kExact});
    }
    if (only_exact) continue;
    for (std::uint16_t i = first_stem_[reference.stems[j]];
         i != kNone && table.matches.size() < end; i = next_stem_[i]) {
      if (candidate_->keys[i] != key) table.matches.push_back({i, 1, 1, kStem});
    }
    add_synonyms(reference.words[j], key, end, table);
    for (; phrase != reference.phrases.end() && phrase->begin == j; ++phrase) {
      add_paraphrases(reference, *phrase, end, table);
    }
    for (; reverse != reverse_.end() && reverse->ref == j; ++reverse) {
      if (table.matches.size() < end) table.matches.push_back(reverse->match);
    }
  }
  table.begin.push_back(static_cast<std::uint32_t>(table.matches.size()));
}

void Matcher::add_synonyms(std::uint32_t word, std::uint32_t key, std::size_t limit,
                           MatchTable& table) {
  Synonyms& found = synonyms_[word];
  if (found.sample != sample_) {
    find_synonyms(word, key);
  }
  for (std::uint32_t k = 0; k < found.count && table.matches.size() < limit; ++k) {
    table.matches.push_back({synonym_positions_[found.begin + k], 1, 1, kSynonym});
  }
}

void Matcher::find_synonyms(std::uint32_t word, std::uint32_t key) {
  Synonyms& found = synonyms_[word];
  found = {sample_, static_cast<std::uint32_t>(synonym_positions_.size()), 0};
  const std::span<const std::uint32_t> synsets = lexicon_.synsets(word);
  // A word that the candidate holds too passes the filter by itself: then a second must share.
  const std::uint16_t same = first_key_[key];
  const bool held = same != kNone && candidate_->words[same] == word;
  if (!synset_filter_.may_share(synsets, held)) return;
  shares_.assign(hyp_size_, -1);
  for (std::uint32_t i = 0; i < hyp_size_; ++i) {
    if (candidate_->keys[i] == key) continue;
    if (shares_[i] < 0) {  // first occurrence: decide for all
      const std::int8_t share = share_synset(synsets, lexicon_.synsets(candidate_->words[i]));
      for (std::uint16_t same_word = static_cast<std::uint16_t>(i); same_word != kNone;
           same_word = next_key_[same_word]) {
        if (candidate_->words[same_word] == candidate_->words[i]) shares_[same_word] = share;
      }
    }
    if (shares_[i] == 1) synonym_positions_.push_back(static_cast<std::uint16_t>(i));
  }
  found.count = static_cast<std::uint32_t>(synonym_positions_.size()) - found.begin;
}

// Phrases of the reference whose paraphrase stands in the candidate.
void Matcher::add_paraphrases(const Line& reference, const PhraseAt& phrase, std::size_t limit,
                              MatchTable& table) {
  if (std::uint32_t{phrase.begin} + phrase.length > std::min(reference.size(), kMaxAlignedWords)) {
    return;
  }
  const std::span<const std::uint16_t> line(candidate_->phrase_words.data(), hyp_size_);
  const bool whole =
      for_each_run(data_->paraphrases(phrase.node), [&](std::uint16_t first, ListBytes run) {
        if (!candidate_words_.contains(first)) return;
        find_entries(first, run, line, *data_, [&](std::size_t i, std::size_t words) {
          if (table.matches.size() >= limit) return;
          table.matches.push_back({static_cast<std::uint16_t>(i), static_cast<std::uint8_t>(words),
                                   static_cast<std::uint8_t>(phrase.length), kParaphrase});
        });
      });
  if (!whole) data_->damaged();
}

// Phrases of the candidate whose paraphrase stands in the reference; sorted by where.
void Matcher::collect_reverse(const Line& reference) {
  const std::span<const std::uint16_t> line(reference.phrase_words.data(),
                                            std::min(reference.size(), kMaxAlignedWords));
  for (const CandidatePhrase& phrase : candidate_phrases_) {
    if (std::uint32_t{phrase.begin} + phrase.length > hyp_size_) continue;
    find_entries(phrase.first_word, phrase.run, line, *data_,
                 [&](std::size_t j, std::size_t words) {
                   if (reverse_.size() >= kMaxMatches) return;
                   reverse_.push_back({static_cast<std::uint32_t>(j),
                                       {phrase.begin, static_cast<std::uint8_t>(phrase.length),
                                        static_cast<std::uint8_t>(words), kParaphrase}});
                 });
  }
  if (reverse_.size() > 1) {
    std::stable_sort(reverse_.begin(), reverse_.end(),
                     [](const ReverseMatch& a, const ReverseMatch& b) { return a.ref < b.ref; });
  }
}

}  // namespace vernier::meteor
