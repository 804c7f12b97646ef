// The first pass of scoring: read candidates and references, split and intern every text once,
// account for every record, let the metrics observe.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/hash_set.h"
#include "datasets/reader.h"
#include "metrics/evaluation.h"
#include "runners/score/corpus/corpus_counts.h"
#include "runners/score/corpus/reference_set.h"
#include "runners/score/corpus/set_digest.h"
#include "runners/score/corpus/store/block_store.h"

namespace vernier {

/// A part of the samples: those of the images that a hash gives to it, so that all captions of an
/// image, and repeated records, come to the same one.
struct Shard {
  std::uint32_t number = 0, count = 0;  ///< 1 ... count; count 0: all samples

  bool whole() const { return count == 0; }
  bool holds(std::uint64_t image_hash) const { return whole() || image_hash % count + 1 == number; }
  std::string text() const;  ///< "2/5"; empty when whole
};

struct CorpusOptions {
  std::string candidates;               ///< path, "-" is stdin
  std::vector<std::string> references;  ///< empty: every candidate record holds its own
  ReadOptions read;
  Format reference_format = Format::kAuto;  ///< of reference files; read.format: of the candidates
  unsigned threads = 1;
  bool ignore_extra = false;       ///< drop and count candidates without references
  bool subset = false;             ///< drop and count references without a candidate
  bool several_per_image = false;  ///< number the candidates of one image instead of refusing
  bool keep_references = false;    ///< for reference_texts()
  /// All records are read, checked, counted and observed, those of this shard measured.
  Shard shard;
  std::function<void(std::uint64_t done)> progress;   ///< records read; called in order, any thread
  std::size_t memory_budget = std::size_t{96} << 20;  ///< bytes of samples kept in memory
};

/// The corpus after the first pass. Every input record is in it, refused with an Error that names
/// file and line, or counted.
class Corpus {
 public:
  Corpus(Evaluation& evaluation, CorpusOptions options);

  const CorpusCounts& counts() const { return counts_; }
  const BlockStore& blocks() const { return blocks_; }
  /// Identifies samples and references whatever their order; hexadecimal.
  std::string dataset_digest() const { return dataset_digest_.hexadecimal(); }
  /// Identifies samples and candidates whatever their order; hexadecimal.
  std::string candidates_digest() const { return candidates_digest_.hexadecimal(); }
  /// Samples to be measured: of this shard.
  std::uint64_t to_measure() const { return to_measure_; }
  /// How candidate ids were matched with reference ids; empty when each record holds references.
  const std::string& id_rule() const { return id_rule_; }

  /// The candidate and reference tokens of one sample by stream, as Evaluation wants them.
  struct Tokens {
    std::vector<std::span<const WordId>> candidate;
    std::vector<std::vector<std::span<const WordId>>> references;
  };
  void tokens(const SampleBlock& block, std::size_t sample, Tokens& out) const;

  /// The texts of a sample's references, where they are kept. The views live as long as the block
  /// and `buffers` do.
  void reference_texts(const SampleBlock& block, std::size_t sample,
                       std::vector<std::string_view>& out, std::vector<std::string>& buffers) const;

  /// False for samples of other shards and those that --ignore-extra dropped.
  bool measured(const SampleBlock& block, std::size_t sample) const {
    return block.samples[sample].in_shard &&
           (image_of_.empty() || image_of_[block.first_sample + sample] != kDropped);
  }
  /// The first few ids whose candidate is empty.
  const std::vector<std::string>& first_empty() const { return first_empty_; }
  /// The first few ids with a text in another script than Latin.
  const std::vector<std::string>& first_other_script() const { return first_other_script_; }

 private:
  static constexpr std::uint32_t kDropped = 0xFFFFFFFFu;
  static constexpr std::size_t kIdsShown = 10;  // in messages
  struct Incoming;
  struct Reading;
  struct Seen {
    std::uint64_t content;  // hash of candidate and references
    std::uint32_t copies;   // further candidates of the image, with several_per_image
  };
  void read_candidates();
  void add_sample(Reading& reading, const Record& record, const Record* next, SampleBlock& block);
  void observe(Evaluation::Observing& observing, const SampleBlock& block,
               const SampleBlock::Sample& sample) const;
  void accept(SampleBlock& block);
  void match_references();
  void observe_references();
  [[noreturn]] void refuse_ids(const std::string& what, const std::vector<std::string>& first,
                               std::uint64_t total, const std::string& hint) const;

  Evaluation& evaluation_;
  CorpusOptions options_;
  CorpusCounts counts_;
  BlockStore blocks_;
  ReferenceSet references_;
  std::string id_rule_;
  ConcurrentHashSet documents_;                   // reference sets already observed
  std::unordered_map<std::uint64_t, Seen> seen_;  // by hash of the id
  std::vector<std::uint32_t> image_of_;           // by sample; empty without reference files
  std::vector<bool> evaluated_;                   // by image of references_
  std::vector<std::string> first_missing_, first_without_references_, first_empty_,
      first_other_script_;
  std::uint64_t inline_references_missing_ = 0, samples_ = 0, to_measure_ = 0;
  SetDigest dataset_digest_, candidates_digest_;
};

}  // namespace vernier
