// The front door of the library: name metrics, feed samples, read scores.
//
//   vernier::Scorer scorer({"bleu", "cider"});
//   scorer.add("a dog runs", {"a dog is running", "the dog runs"});
//   scorer.add("two men talk", {"two men are talking"});
//   const vernier::ScoreResult result = scorer.finish();
//   result.corpus("cider");      result.sample(1, "bleu-4");      result.signature("cider");
//
// Equal to `vernier score` on the same samples in the same order, bit for bit; one thread. Programs
// that want more (threads, other storage) use Evaluation (metrics/evaluation.h), as the command
// line does.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/registry.h"

namespace vernier {

/// Scores, rows and signatures of one corpus. Unknown names throw Error(kUsage).
class ScoreResult {
 public:
  std::size_t samples() const { return rows_.size(); }
  const std::vector<std::string>& score_names() const { return score_names_; }
  /// A corpus score; NaN when undefined (CIDEr of a single image).
  double corpus(std::string_view score) const;
  /// The score of one sample, numbered from 0 in the order of add().
  double sample(std::size_t n, std::string_view score) const;
  /// Sufficient statistics of one sample, named by columns(metric).
  std::vector<double> row(std::size_t n, std::string_view metric) const;
  const std::vector<std::string>& columns(std::string_view metric) const;
  const std::string& signature(std::string_view metric) const;

 private:
  friend class Scorer;
  struct MetricPart {
    std::string name, signature;
    std::vector<std::string> columns;
    std::size_t row_begin;
  };
  std::size_t score_index(std::string_view score) const;
  const MetricPart& part(std::string_view metric) const;

  std::vector<std::string> score_names_;
  std::vector<double> corpus_;
  std::vector<std::vector<double>> sentence_, rows_;
  std::vector<MetricPart> parts_;
};

class Scorer {
 public:
  /// Throws Error(kUsage) for an unknown metric, Error(kResource) when its data is not installed.
  explicit Scorer(const std::vector<std::string>& metrics, const MetricOptions& options = {});
  ~Scorer();
  Scorer(Scorer&&) noexcept;
  Scorer& operator=(Scorer&&) noexcept;

  /// Adds a sample: UTF-8 texts, at least one reference (else Error(kBadInput), like invalid
  /// UTF-8).
  void add(std::string_view candidate, const std::vector<std::string_view>& references);
  void add(std::string_view candidate, std::initializer_list<std::string_view> references);

  /// Scores everything added so far. Call once.
  ScoreResult finish();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace vernier
