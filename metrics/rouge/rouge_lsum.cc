#include "metrics/rouge/rouge_lsum.h"

#include <algorithm>

#include "metrics/rouge/lcs/lcs.h"
#include "metrics/rouge/lcs/union_lcs.h"
#include "metrics/text/rouge/rouge_tokenizer.h"

namespace vernier {
namespace {

// Words of a text, one sentence after the other; sentences without words are left out.
class Sentences {
 public:
  void split(std::span<const WordId> text) {
    words_.clear();
    ends_.clear();
    for (const WordId word : text) {
      if (word & kCompoundWord) {  // the line feed: no other token has white space inside
        end_sentence();
      } else {
        words_.push_back(word);
      }
    }
    end_sentence();
  }
  std::size_t count() const { return ends_.size(); }
  std::span<const WordId> words() const { return words_; }
  std::vector<WordId>& words() { return words_; }
  std::span<const WordId> operator[](std::size_t s) const {
    const std::size_t begin = s == 0 ? 0 : ends_[s - 1];
    return words().subspan(begin, ends_[s] - begin);
  }

 private:
  void end_sentence() {
    if (words_.size() > (ends_.empty() ? 0 : ends_.back())) ends_.push_back(words_.size());
  }

  std::vector<WordId> words_;
  std::vector<std::size_t> ends_;
};

class RougeLsumWorker final : public RougeWorker {
  void prepare(const SampleView& sample) override {
    candidate_.split(sample.candidate);
    numbered_ = false;
    if (candidate_.count() <= 1) lcs_.prepare(candidate_.words());
  }

  RougeOverlap compare(const SampleView& sample, std::size_t r) override {
    reference_.split(sample.references[r]);
    const std::size_t candidate_size = candidate_.words().size();
    const std::size_t reference_size = reference_.words().size();
    std::uint64_t common;
    if (candidate_.count() <= 1 && reference_.count() <= 1) {
      // A union of one LCS is that LCS, and none of its words is too often in it.
      common = lcs_.length(reference_.words());
    } else {
      common = union_size();
    }
    return {common, candidate_size, reference_size};
  }

  std::uint64_t union_size() {
    if (!numbered_) number_candidate();
    for (WordId& word : reference_.words()) {
      const auto found = std::lower_bound(distinct_.begin(), distinct_.end(), word);
      word = found == distinct_.end() || *found != word
                 ? UnionLcs::kNoWord
                 : static_cast<WordId>(found - distinct_.begin());
    }
    left_ = counts_;
    std::uint64_t size = 0;
    for (std::size_t r = 0; r < reference_.count(); ++r) {
      const auto sentence = reference_[r];
      union_.start(sentence, static_cast<std::uint32_t>(distinct_.size()));
      for (std::size_t c = 0; c < candidate_.count() && !union_.complete(); ++c) {
        union_.add(candidate_[c]);
      }
      for (std::size_t i = 0; i < sentence.size(); ++i) {
        if (!union_.marked()[i] || left_[sentence[i]] == 0) continue;
        --left_[sentence[i]];
        ++size;
      }
    }
    return size;
  }

  // Replaces the words of the candidate by numbers from 0, so that tables need no hashing.
  void number_candidate() {
    numbered_ = true;
    distinct_.assign(candidate_.words().begin(), candidate_.words().end());
    std::sort(distinct_.begin(), distinct_.end());
    distinct_.erase(std::unique(distinct_.begin(), distinct_.end()), distinct_.end());
    counts_.assign(distinct_.size(), 0);
    for (WordId& word : candidate_.words()) {
      word = static_cast<WordId>(std::lower_bound(distinct_.begin(), distinct_.end(), word) -
                                 distinct_.begin());
      ++counts_[word];
    }
  }

  Sentences candidate_, reference_;
  bool numbered_ = false;
  std::vector<WordId> distinct_;              // words of the candidate in order of id
  std::vector<std::uint32_t> counts_, left_;  // by number
  LcsLength lcs_;
  UnionLcs union_;
};

class RougeLsum final : public RougeScore {
 public:
  explicit RougeLsum(RougeOptions options)
      : RougeScore("rouge-lsum", options, text::make_rouge_tokenizer(options.stem, true)) {}
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<RougeLsumWorker>();
  }
};

}  // namespace

std::unique_ptr<Metric> make_rouge_lsum(RougeOptions options) {
  return std::make_unique<RougeLsum>(options);
}

}  // namespace vernier
