// METEOR's four matchers: which words and phrases of a candidate and a reference could be aligned.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "metrics/meteor/data/meteor_data.h"
#include "metrics/meteor/words/lexicon.h"
#include "metrics/meteor/words/line.h"

namespace vernier::meteor {

/// The modules in the order in which they run.
enum Module : std::uint8_t { kExact, kStem, kSynonym, kParaphrase, kModuleCount };

/// A possible match: `ref_words` words of the reference from where its list stands, `hyp_words`
/// words of the candidate from `hyp`.
struct Match {
  std::uint16_t hyp;
  std::uint8_t hyp_words;
  std::uint8_t ref_words;
  Module module;
};

/// The matches of a pair: for each reference word the list of those that begin there, in the order
/// in which METEOR finds them.
struct MatchTable {
  std::vector<std::uint32_t> begin;  ///< [reference words + 1]
  std::vector<Match> matches;

  std::span<const Match> list(std::uint32_t ref) const {
    return {matches.data() + begin[ref], matches.data() + begin[ref + 1]};
  }
};

/// Bounds that no caption reaches, so that a text that repeats one word a million times costs
/// seconds and not hours: words beyond the first kMaxAlignedWords of a text are not aligned, and of
/// the matches of a pair kMaxMatches at most are looked at (evenly many from each reference word).
constexpr std::uint32_t kMaxAlignedWords = 8192;
constexpr std::size_t kMaxMatches = std::size_t{1} << 22;

/// One thread at a time.
class Matcher {
 public:
  Matcher(std::shared_ptr<const MeteorData> data, Lexicon& lexicon);

  /// Prepares a sample. The candidate must not change before end_sample().
  void begin_sample(const Line& candidate, std::span<const Line> references);
  void end_sample();

  /// The matches of the candidate with one of the references.
  void match(const Line& reference, MatchTable& table);

 private:
  /// A set of paraphrase words: 8 KiB, so it stays in the first-level cache.
  class WordSet {
   public:
    WordSet() : bits_(1024) {}
    bool contains(std::uint16_t word) const { return bits_[word >> 6] >> (word & 63) & 1; }
    void insert(std::uint16_t word) { bits_[word >> 6] |= std::uint64_t{1} << (word & 63); }
    void erase(std::uint16_t word) { bits_[word >> 6] &= ~(std::uint64_t{1} << (word & 63)); }

   private:
    std::vector<std::uint64_t> bits_;
  };
  struct ReverseMatch {
    std::uint32_t ref;
    Match match;
  };
  // A paraphrase of a phrase of the candidate, all of whose words occur in the references.
  struct CandidatePhrase {
    std::uint16_t begin, length;
    std::uint16_t first_word;
    std::uint16_t further;              // words after the first
    const std::uint8_t* further_words;  // unaligned
  };
  // Candidate words whose meaning is related to one: the first of a chain in ascending order.
  struct SynonymsOf {
    std::uint32_t sample = 0, first = 0;
  };
  struct SynonymAt {
    std::uint32_t hyp, next;
  };
  static constexpr std::uint32_t kEnd = 0xFFFFFFFF;
  // Where in the candidate something occurs that was looked for before in this sample.
  struct Found {
    std::uint32_t sample = 0, begin = 0, count = 0;
  };
  struct FoundPhrase {
    std::uint32_t node = 0;
    Found found;
  };
  struct PhraseHit {
    std::uint16_t hyp;
    std::uint8_t words;
  };
  static constexpr std::size_t kPhraseSlots = 512;
  static constexpr std::uint16_t kNone = 0xFFFF;

  void index_candidate();
  void find_candidate_phrases(std::span<const Line> references);
  bool same_words(const Line& reference) const;
  void index_synonyms();
  void add_synonyms(std::uint32_t meaning, std::uint32_t key, std::size_t limit, MatchTable& table);
  void add_paraphrases(const PhraseAt& phrase, std::size_t limit, MatchTable& table);
  Found find_paraphrases(ListRange list);
  void collect_reverse(const Line& reference);

  std::shared_ptr<const MeteorData> data_;
  Lexicon& lexicon_;
  const Line* candidate_ = nullptr;
  std::uint32_t hyp_size_ = 0;

  // Candidate positions: first of each class, then links in ascending order.
  std::vector<std::uint16_t> first_key_, first_stem_;  // by class
  std::vector<std::uint16_t> next_key_, next_stem_;    // by position
  std::vector<SynonymsOf> synonyms_;                   // by meaning
  std::vector<SynonymAt> synonym_positions_;
  WordSet candidate_words_, reference_words_;
  std::vector<FoundPhrase> found_phrases_;  // direct-mapped by node
  std::vector<PhraseHit> phrase_hits_;
  std::vector<CandidatePhrase> candidate_phrases_;
  std::uint32_t sample_ = 0;
  std::vector<ReverseMatch> reverse_;
};

}  // namespace vernier::meteor
