#include "metrics/meteor/alignment/matcher.h"

#include <algorithm>

namespace vernier::meteor {
namespace {

bool equal_words(const std::uint8_t* words, std::size_t n, const std::uint16_t* line) {
  for (std::size_t k = 0; k < n; ++k) {
    if (read_word(words + 2 * k) != line[k]) return false;
  }
  return true;
}

/// Calls visit(position) wherever the phrase occurs in the line.
template <class Visit>
void find_phrase(std::uint16_t first, const std::uint8_t* further, std::size_t n,
                 std::span<const std::uint16_t> line, Visit visit) {
  for (std::size_t i = 0; i + n < line.size(); ++i) {
    if (line[i] == first && equal_words(further, n, line.data() + i + 1)) visit(i);
  }
}

}  // namespace

Matcher::Matcher(std::shared_ptr<const MeteorData> data, Lexicon& lexicon)
    : data_(std::move(data)), lexicon_(lexicon), found_phrases_(kPhraseSlots) {}

void Matcher::begin_sample(const Line& candidate, std::span<const Line> references) {
  candidate_ = &candidate;
  index_candidate();
  candidate_phrases_.clear();
  if (!candidate.phrases.empty()) find_candidate_phrases(references);
}

// Of the paraphrases of the candidate's phrases nearly all hold a word that no reference has.
void Matcher::find_candidate_phrases(std::span<const Line> references) {
  for (const Line& reference : references) {
    for (const std::uint16_t word : reference.phrase_words) reference_words_.insert(word);
  }
  reference_words_.erase(kNoPhraseWord);
  const auto all_there = [this](const std::uint8_t* words, std::size_t n) {
    for (std::size_t k = 0; k < n; ++k) {
      if (!reference_words_.contains(read_word(words + 2 * k))) return false;
    }
    return true;
  };
  for (const PhraseAt& phrase : candidate_->phrases) {
    if (std::uint32_t{phrase.begin} + phrase.length > hyp_size_) continue;
    bool whole = true;
    whole &=
        for_each_run(data_->paraphrases(phrase.node.list), [&](std::uint16_t first, ListBytes run) {
          if (!reference_words_.contains(first)) return;
          whole &= for_each_entry(run, [&](const std::uint8_t* words, std::size_t n) {
            if (!all_there(words, n)) return;
            candidate_phrases_.push_back(
                {phrase.begin, phrase.length, first, static_cast<std::uint16_t>(n), words});
          });
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
  next_key_.resize(hyp_size_);
  next_stem_.resize(hyp_size_);
  for (std::uint32_t i = hyp_size_; i-- > 0;) {
    next_key_[i] = first_key_[line.words[i].key];
    first_key_[line.words[i].key] = static_cast<std::uint16_t>(i);
    next_stem_[i] = first_stem_[line.words[i].stem];
    first_stem_[line.words[i].stem] = static_cast<std::uint16_t>(i);
    candidate_words_.insert(line.phrase_words[i]);
  }
  candidate_words_.erase(kNoPhraseWord);
  if (++sample_ == 0) {  // numbers come again: forget those in use
    synonyms_.clear();
    found_phrases_.assign(kPhraseSlots, {});
    sample_ = 1;
  }
  phrase_hits_.clear();
  index_synonyms();
}

void Matcher::end_sample() {
  if (candidate_ == nullptr) return;
  const Line& line = *candidate_;
  for (std::uint32_t i = 0; i < hyp_size_; ++i) {
    first_key_[line.words[i].key] = kNone;
    first_stem_[line.words[i].stem] = kNone;
    candidate_words_.erase(line.phrase_words[i]);
  }
  candidate_ = nullptr;
}

bool Matcher::same_words(const Line& reference) const {
  return std::equal(candidate_->words.begin(), candidate_->words.end(), reference.words.begin(),
                    reference.words.end(),
                    [](const WordAt& a, const WordAt& b) { return a.key == b.key; });
}

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
    const std::uint32_t key = reference.words[j].key;
    for (std::uint16_t i = first_key_[key]; i != kNone && table.matches.size() < end;
         i = next_key_[i]) {
      table.matches.push_back({i, 1, 1, kExact});
    }
    if (only_exact) continue;
    for (std::uint16_t i = first_stem_[reference.words[j].stem];
         i != kNone && table.matches.size() < end; i = next_stem_[i]) {
      if (candidate_->words[i].key != key) table.matches.push_back({i, 1, 1, kStem});
    }
    add_synonyms(reference.words[j].meaning, key, end, table);
    for (; phrase != reference.phrases.end() && phrase->begin == j; ++phrase) {
      if (j + phrase->length <= ref_size) add_paraphrases(*phrase, end, table);
    }
    for (; reverse != reverse_.end() && reverse->ref == j; ++reverse) {
      if (table.matches.size() < end) table.matches.push_back(reverse->match);
    }
  }
  table.begin.push_back(static_cast<std::uint32_t>(table.matches.size()));
}

// From the last word to the first, so that each chain ascends.
void Matcher::index_synonyms() {
  Meanings& meanings = lexicon_.meanings();
  if (synonyms_.size() < meanings.size()) synonyms_.resize(meanings.size());
  synonym_positions_.clear();
  for (std::uint32_t i = hyp_size_; i-- > 0;) {
    for (const std::uint32_t related : meanings.related(candidate_->words[i].meaning)) {
      SynonymsOf& chain = synonyms_[related];
      const std::uint32_t next = chain.sample == sample_ ? chain.first : kEnd;
      chain = {sample_, static_cast<std::uint32_t>(synonym_positions_.size())};
      synonym_positions_.push_back({i, next});
    }
  }
}

void Matcher::add_synonyms(std::uint32_t meaning, std::uint32_t key, std::size_t limit,
                           MatchTable& table) {
  const SynonymsOf chain = synonyms_[meaning];
  if (chain.sample != sample_) return;
  for (std::uint32_t at = chain.first; at != kEnd; at = synonym_positions_[at].next) {
    const std::uint32_t i = synonym_positions_[at].hyp;
    if (candidate_->words[i].key == key) continue;
    if (table.matches.size() >= limit) return;
    table.matches.push_back({static_cast<std::uint16_t>(i), 1, 1, kSynonym});
  }
}

// Phrases of the reference whose paraphrase stands in the candidate.
void Matcher::add_paraphrases(const PhraseAt& phrase, std::size_t limit, MatchTable& table) {
  FoundPhrase& slot = found_phrases_[phrase.node.id & (kPhraseSlots - 1)];
  if (slot.node != phrase.node.id || slot.found.sample != sample_) {
    const Found found = find_paraphrases(phrase.node.list);
    slot = {phrase.node.id, found};
  }
  for (std::uint32_t k = 0; k < slot.found.count && table.matches.size() < limit; ++k) {
    const PhraseHit hit = phrase_hits_[slot.found.begin + k];
    table.matches.push_back(
        {hit.hyp, hit.words, static_cast<std::uint8_t>(phrase.length), kParaphrase});
  }
}

Matcher::Found Matcher::find_paraphrases(ListRange list) {
  const std::span<const std::uint16_t> line(candidate_->phrase_words.data(), hyp_size_);
  if (phrase_hits_.size() > kMaxMatches / 4) {  // no caption comes here: keep memory bounded
    phrase_hits_.clear();
    found_phrases_.assign(kPhraseSlots, {});
  }
  const std::size_t begin = phrase_hits_.size();
  bool whole = true;
  whole &= for_each_run(data_->paraphrases(list), [&](std::uint16_t first, ListBytes run) {
    if (!candidate_words_.contains(first)) return;
    whole &= for_each_entry(run, [&](const std::uint8_t* further, std::size_t n) {
      find_phrase(first, further, n, line, [&](std::size_t i) {
        if (phrase_hits_.size() - begin >= kMaxMatches) return;
        phrase_hits_.push_back({static_cast<std::uint16_t>(i), static_cast<std::uint8_t>(n + 1)});
      });
    });
  });
  if (!whole) data_->damaged();
  return {sample_, static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(phrase_hits_.size() - begin)};
}

// Phrases of the candidate whose paraphrase stands in the reference; sorted by where.
void Matcher::collect_reverse(const Line& reference) {
  const std::span<const std::uint16_t> line(reference.phrase_words.data(),
                                            std::min(reference.size(), kMaxAlignedWords));
  for (const CandidatePhrase& phrase : candidate_phrases_) {
    find_phrase(phrase.first_word, phrase.further_words, phrase.further, line, [&](std::size_t j) {
      if (reverse_.size() >= kMaxMatches) return;
      reverse_.push_back({static_cast<std::uint32_t>(j),
                          {phrase.begin, static_cast<std::uint8_t>(phrase.length),
                           static_cast<std::uint8_t>(phrase.further + 1), kParaphrase}});
    });
  }
  if (reverse_.size() > 1) {
    std::stable_sort(reverse_.begin(), reverse_.end(),
                     [](const ReverseMatch& a, const ReverseMatch& b) { return a.ref < b.ref; });
  }
}

}  // namespace vernier::meteor
