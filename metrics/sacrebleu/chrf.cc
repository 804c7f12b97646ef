#include "metrics/sacrebleu/chrf.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "metrics/sacrebleu/reference_count.h"
#include "metrics/text/sacrebleu/chrf_tokenizer.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/words/ngram_overlap.h"

namespace vernier {
namespace {

// F of the means over the orders that both texts have, or the mean of all orders' F.
double f_score(std::span<const double> statistics, const ChrfOptions& options) {
  constexpr double epsilon = 1e-16;
  const double factor = options.beta * options.beta;
  double sum_of_f = 0, precisions = 0, recalls = 0, orders = 0;
  for (std::size_t i = 0; i < statistics.size(); i += 3) {
    const double candidate = statistics[i], reference = statistics[i + 1];
    const double matches = statistics[i + 2];
    const double precision = candidate > 0 ? matches / candidate : epsilon;
    const double recall = reference > 0 ? matches / reference : epsilon;
    const double denominator = factor * precision + recall;
    sum_of_f += denominator > 0 ? (1 + factor) * precision * recall / denominator : epsilon;
    if (candidate > 0 && reference > 0) {
      precisions += precision;
      recalls += recall;
      ++orders;
    }
  }
  if (options.eps_smoothing) {
    return 100 * sum_of_f / (options.char_order + options.word_order);
  }
  if (precisions + recalls == 0) return 0;
  precisions /= orders;
  recalls /= orders;
  return 100 * ((1 + factor) * precisions * recalls / (factor * precisions + recalls));
}

class ChrfWorker final : public MetricWorker {
 public:
  ChrfWorker(const ChrfOptions& options, const Vocabulary& vocabulary)
      : options_(options),
        vocabulary_(vocabulary),
        matches_(static_cast<std::size_t>(options.char_order + options.word_order)),
        statistics_(3 * matches_.size()) {}

  void measure(const SampleView& sample, std::span<double> row) override {
    read(sample.candidate);
    const std::size_t characters = characters_.size(), words = words_.size();
    character_overlap_.set_candidate(characters_, options_.char_order);
    if (options_.word_order > 0) word_overlap_.set_candidate(words_, options_.word_order);
    double best = -1;
    for (const auto& reference : sample.references) {
      read(reference);
      compare(characters, words);
      const double f = f_score(statistics_, options_);
      if (f <= best) continue;
      best = f;
      std::copy(statistics_.begin(), statistics_.end(), row.begin());
    }
  }

 private:
  // Fills characters_ and words_.
  void read(std::span<const WordId> tokens) {
    characters_.clear();
    words_.clear();
    for (const WordId token : tokens) {
      const std::string_view word = vocabulary_.word(token);
      for (std::size_t pos = 0; pos < word.size();) {
        characters_.push_back(text::next_code_point(word, pos));
      }
      // Runs of white space, which the tokeniser keeps on request, are the only compound words.
      if (options_.word_order > 0 && (token & kCompoundWord) == 0) words_.push_back(token);
    }
  }

  // The reference just read against the candidate of so many characters and words.
  void compare(std::size_t candidate_characters, std::size_t candidate_words) {
    std::fill(matches_.begin(), matches_.end(), 0);
    const std::span<std::uint32_t> matches = matches_;
    const auto chars = static_cast<std::size_t>(options_.char_order);
    character_overlap_.match(characters_, matches.first(chars));
    if (options_.word_order > 0) word_overlap_.match(words_, matches.subspan(chars));
    const auto grams = [](std::size_t length, std::size_t order) {
      return static_cast<double>(length >= order ? length - order + 1 : 0);
    };
    for (std::size_t i = 0; i < matches_.size(); ++i) {
      const bool word = i >= chars;
      const std::size_t order = word ? i - chars + 1 : i + 1;
      const double reference = grams(word ? words_.size() : characters_.size(), order);
      const double candidate = grams(word ? candidate_words : candidate_characters, order);
      statistics_[3 * i] = reference > 0 ? candidate : 0;
      statistics_[3 * i + 1] = reference;
      statistics_[3 * i + 2] = matches_[i];
    }
  }

  const ChrfOptions options_;
  const Vocabulary& vocabulary_;
  NgramOverlap character_overlap_, word_overlap_;
  std::vector<std::uint32_t> characters_, words_, matches_;
  std::vector<double> statistics_;
};

class Chrf final : public Metric {
 public:
  explicit Chrf(ChrfOptions options)
      : options_(options),
        name_("chrf" + std::string(static_cast<std::size_t>(options.word_order), '+')),
        tokenizer_(text::make_chrf_tokenizer(options.lowercase, options.whitespace)) {
    for (int i = 0; i < options.char_order + options.word_order; ++i) {
      const bool word = i >= options.char_order;
      const int order = word ? i - options.char_order + 1 : i + 1;
      for (const char* part : {"candidate", "reference", "matches"}) {
        column_names_.push_back(fmt::format("{}_{}{}", part, word ? 'w' : 'c', order));
      }
    }
    columns_.assign(column_names_.begin(), column_names_.end());
    scores_[0] = name_;
  }

  std::string_view name() const override { return name_; }
  const text::Tokenizer& tokenizer() const override { return *tokenizer_; }
  std::span<const std::string_view> columns() const override { return columns_; }
  std::span<const std::string_view> score_names() const override { return scores_; }

  std::string signature() const override {
    // sacreBLEU's signature has no place for beta: say it where it is not the usual one.
    const std::string beta = options_.beta == 2 ? "" : fmt::format("beta:{}|", options_.beta);
    return fmt::format("{}|{}nrefs:{}|case:{}|eff:{}|nc:{}|nw:{}|space:{}|version:2.6.0|v:1.0.0",
                       name_, beta, references_.text(), options_.lowercase ? "lc" : "mixed",
                       options_.eps_smoothing ? "no" : "yes", options_.char_order,
                       options_.word_order, options_.whitespace ? "yes" : "no");
  }

  std::unique_ptr<MetricObserver> make_observer(const Vocabulary&) override {
    return references_.make_observer();
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary& vocabulary) const override {
    return std::make_unique<ChrfWorker>(options_, vocabulary);
  }
  void aggregate(std::span<const double> sums, double, std::span<double> scores) const override {
    scores[0] = f_score(sums, options_);
  }

 private:
  const ChrfOptions options_;
  const std::string name_;
  const std::unique_ptr<const text::Tokenizer> tokenizer_;
  std::vector<std::string> column_names_;
  std::vector<std::string_view> columns_;
  std::string_view scores_[1];
  ReferenceCount references_;
};

}  // namespace

std::unique_ptr<Metric> make_chrf(ChrfOptions options) {
  constexpr int most = 64;
  if (options.char_order < 1 || options.char_order > most || options.word_order < 0 ||
      options.word_order > most || options.beta < 1 || options.beta > most) {
    throw Error(
        ExitCode::kUsage,
        fmt::format("chrF with character order {}, word order {}, beta {}: expected 1 to "
                    "{}, 0 to {}, 1 to {}",
                    options.char_order, options.word_order, options.beta, most, most, most));
  }
  return std::make_unique<Chrf>(options);
}

}  // namespace vernier
