#include "runners/meta/scores/caption_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "base/parallel.h"
#include "base/printable.h"
#include "metrics/evaluation.h"

namespace vernier {
namespace {

using References = std::vector<std::vector<std::span<const WordId>>>;  // by stream

/// The texts of a set, split. Equal candidates of one list of references are one.
class SplitTexts {
 public:
  SplitTexts(const RatedSet& set, Evaluation& evaluation) : set_(set) {
    Evaluation::Tokenizing tokenizing(evaluation);
    split_references(tokenizing, evaluation.stream_count());
    split_candidates(tokenizing);
  }

  std::size_t count() const { return distinct_.size(); }
  /// Which of the distinct samples a caption is.
  std::size_t of(std::size_t caption) const { return number_[caption]; }
  std::vector<std::span<const WordId>> candidate(std::size_t sample) const {
    std::vector<std::span<const WordId>> out;
    for (std::size_t s = 0; s < candidates_.streams.size(); ++s) {
      out.push_back(candidates_.text(s, sample));
    }
    return out;
  }
  const References& references(std::size_t sample) const {
    return lists_[set_.captions[distinct_[sample]].references];
  }

 private:
  // The PTB tokeniser may look at the text that follows, so texts are split in the file's order.
  void split_references(Evaluation::Tokenizing& tokenizing, std::size_t streams) {
    for (std::size_t list = 0; list < set_.references.size(); ++list) {
      const std::vector<std::string>& texts = set_.references[list];
      for (std::size_t r = 0; r < texts.size(); ++r) {
        std::string_view following;
        if (r + 1 < texts.size()) {
          following = texts[r + 1];
        } else if (list + 1 < set_.references.size()) {
          following = set_.references[list + 1][0];
        }
        tokenizing.add_reference(texts[r], following, reference_texts_);
      }
    }
    lists_.assign(set_.references.size(), References(streams));
    std::size_t text = 0;
    for (std::size_t list = 0; list < lists_.size(); ++list) {
      for (std::size_t r = 0; r < set_.references[list].size(); ++r, ++text) {
        for (std::size_t s = 0; s < streams; ++s) {
          lists_[list][s].push_back(reference_texts_.text(s, text));
        }
      }
    }
  }

  void split_candidates(Evaluation::Tokenizing& tokenizing) {
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t c = 0; c < set_.captions.size(); ++c) {
      const RatedCaption& caption = set_.captions[c];
      const auto [at, fresh] = known.try_emplace(
          fmt::format("{} {}", caption.references, caption.text), distinct_.size());
      number_.push_back(at->second);
      if (!fresh) continue;
      distinct_.push_back(c);
      const bool last = c + 1 == set_.captions.size();
      tokenizing.add_candidate(
          caption.text, last ? std::string_view() : std::string_view(set_.captions[c + 1].text),
          candidates_);
    }
  }

  const RatedSet& set_;
  TokenBlock reference_texts_, candidates_;
  std::vector<References> lists_;
  std::vector<std::size_t> number_, distinct_;
};

void require_references(const RatedSet& set) {
  const auto without = [](const RatedCaption& caption) {
    return caption.references == RatedCaption::kNoReferences;
  };
  const auto first = std::ranges::find_if(set.captions, without);
  if (first == set.captions.end()) return;
  throw Error(ExitCode::kBadInput,
              fmt::format("{}:{}: image {}: expected references to measure the caption against, "
                          "found none (so for {} of {} captions); give them with -r FILE, or "
                          "scores with --scores FILE:COLUMN",
                          set.name, first->line, printable(first->image, 60),
                          std::ranges::count_if(set.captions, without), set.captions.size()));
}

// By score of the evaluation: whether it was asked for.
std::vector<bool> wanted_scores(const Evaluation& evaluation,
                                const std::vector<std::string>& names) {
  std::vector<bool> wanted;
  for (const auto& metric : evaluation.metrics()) {
    const auto& scores = metric->score_names();
    const bool named_alike = std::ranges::find(scores, metric->name()) != scores.end();
    const bool whole =
        !named_alike && (names.empty() || std::ranges::find(names, metric->name()) != names.end());
    for (const std::string_view score : scores) {
      wanted.push_back(whole || (names.empty() ? score == metric->name()
                                               : std::ranges::find(names, score) != names.end()));
    }
  }
  return wanted;
}

void measure(const Evaluation& evaluation, const SplitTexts& texts,
             const CaptionScoreOptions& options, std::vector<std::vector<double>>& scores) {
  std::mutex mutex;
  std::uint64_t done = 0;
  parallel_blocks(options.threads, texts.count(), 16, [&] {
    return [&, measuring = Evaluation::Measuring(evaluation),
            row = std::vector<double>(evaluation.row_width())](std::size_t begin,
                                                               std::size_t end) mutable {
      check_interrupt();
      for (std::size_t n = begin; n < end; ++n) {
        measuring.sample(texts.candidate(n), texts.references(n), row);
        scores[n].resize(evaluation.score_count());
        evaluation.sentence_scores(row, scores[n]);
      }
      const std::lock_guard lock(mutex);
      done += end - begin;
      if (options.progress) options.progress(done, texts.count());
    };
  });
}

}  // namespace

CaptionScores caption_scores(const RatedSet& set, const CaptionScoreOptions& options) {
  CaptionScores out;
  Evaluation evaluation(
      open_metrics(options.metrics, options.otherwise, options.metric, out.skipped));
  const std::vector<bool> wanted = wanted_scores(evaluation, options.metrics);
  if (std::ranges::find(wanted, true) == wanted.end()) {
    throw Error(ExitCode::kUsage, fmt::format("none of the scores named is one of {}",
                                              fmt::join(evaluation.score_names(), ", ")));
  }
  require_references(set);
  const SplitTexts texts(set, evaluation);
  if (evaluation.needs_observing()) {
    Evaluation::Observing observing(evaluation);
    for (std::size_t c = 0; c < set.captions.size(); ++c) {
      observing.document(texts.references(texts.of(c)));
    }
    observing.finish();
  }
  std::vector<std::vector<double>> scores(texts.count());
  measure(evaluation, texts, options, scores);

  std::size_t number = 0;
  for (const auto& metric : evaluation.metrics()) {
    out.signatures.emplace_back(metric->name(), metric->signature());
    for (const std::string_view name : metric->score_names()) {
      const std::size_t score = number++;
      if (!wanted[score]) continue;
      ScoreColumn& column = out.columns.emplace_back();
      column.name = name;
      column.less_is_better = metric->less_is_better();
      for (std::size_t c = 0; c < set.captions.size(); ++c) {
        column.values.push_back(scores[texts.of(c)][score]);
      }
    }
  }
  return out;
}

}  // namespace vernier
