// A run file in memory (docs/run-format.md).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/io/byte_arena.h"
#include "results/run/run_text.h"

namespace vernier {

class RunReader;

/// What `vernier score` and the other measuring commands wrote, checked on the way in.
class Run {
 public:
  struct Sample {
    std::string_view id, image_id;
    std::string_view candidate;  ///< empty in a compact run
    std::string_view meta;       ///< a JSON object, or empty
    std::uint32_t first_reference = 0, references = 0;
  };

  const std::string& name() const { return name_; }  ///< of the file, printable
  const RunHeader& header() const { return header_; }
  const std::vector<Sample>& samples() const { return samples_; }
  /// The sufficient statistics of a sample, of all metrics one behind the other.
  std::span<const double> row(std::size_t sample) const {
    return std::span(rows_).subspan(sample * row_width_, row_width_);
  }
  /// The scores of a sample in the order of header().score_names(); NaN where undefined.
  std::span<const double> scores(std::size_t sample) const {
    return std::span(scores_).subspan(sample * corpus_.size(), corpus_.size());
  }
  /// The corpus scores that the footer states.
  std::span<const double> corpus_scores() const { return corpus_; }
  /// The records' counts that the footer states, e.g. "empty_candidate".
  const std::vector<std::pair<std::string, std::uint64_t>>& counts() const { return counts_; }
  std::span<const std::string_view> references(const Sample& sample) const {
    return std::span(references_).subspan(sample.first_reference, sample.references);
  }
  bool has_texts() const { return has_texts_; }
  /// How many seeds of each sample there are; those of the first come first (results/seeds).
  std::size_t seeds() const { return seeds_; }
  /// The number of the sample with this id, or npos.
  std::size_t find(std::string_view id) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  friend Run read_run(const std::string& path);
  friend Run pooled_run(std::vector<Run> runs);
  void add(const RunReader& reader);

  std::string name_;
  RunHeader header_;
  std::size_t row_width_ = 0;
  ByteArena arena_;
  std::vector<Sample> samples_;
  std::vector<std::string_view> references_;
  std::vector<double> rows_, scores_, corpus_;
  std::vector<std::pair<std::string, std::uint64_t>> counts_;
  std::unordered_map<std::string_view, std::size_t> index_;
  bool has_texts_ = false;
  std::size_t seeds_ = 1;
};

/// Whether a file begins as a run does; standard input ("-") never.
bool is_run_file(const std::string& path);

/// Reads a run (.gz and .zst too). Throws Error(kUsage) when the file cannot be opened,
/// Error(kBadInput), naming the line, when it is not a run, damaged or holds an id twice, and
/// Error(kIncomplete) when its end is missing or it is but a shard.
Run read_run(const std::string& path);

}  // namespace vernier
