#include "runners/precision/checkpoints/levels/text_level.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/interrupt.h"
#include "metrics/aggregate/perplexity.h"
#include "metrics/aggregate/ratios.h"
#include "runners/model/shots.h"
#include "runners/pipeline/progress.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

/// Texts whose pictures are in memory at a time.
constexpr std::size_t kPortion = 256;

/// Sums over the tokens of one text, of both models.
struct TextSums {
  double tokens = 0, kl = 0, changed = 0, log_p_a = 0, log_p_b = 0;
};

TextSums sums_of(const std::vector<logits::TokenDrift>& tokens) {
  TextSums out;
  for (const logits::TokenDrift& token : tokens) {
    out.tokens += 1;
    out.kl += token.kl;
    out.changed += token.same_top() ? 0 : 1;
    out.log_p_a += token.log_p_a;
    out.log_p_b += token.log_p_b;
  }
  return out;
}

struct MeasuredText {
  const CheckpointsData::Text* text;
  TextSums sums;
};

void write_run(const std::string& path, const std::string& signature,
               const std::vector<MeasuredText>& texts, bool first) {
  ProbeRun run;
  run.metrics = {describe_ratios(*make_ratio_aggregator("drift"), signature),
                 describe_ratios(*make_perplexity_aggregator("perplexity"), signature)};
  run.samples = texts.size();
  run.counts = {{"texts", texts.size()}};
  run.sample = [&](std::size_t i) {
    const auto& [text, sums] = texts[i];
    ProbeSample sample;
    sample.id = sample.image_id = text->image_id;
    sample.candidate = text->text;
    sample.truth = hash_bytes(text->text);
    sample.row = {sums.tokens, first ? 0 : sums.kl, first ? 0 : sums.changed,
                  first ? sums.log_p_a : sums.log_p_b, sums.tokens};
    return sample;
  };
  write_probe_run(path, run);
}

}  // namespace

std::vector<chat::ChatRequest> text_requests(const CheckpointsData& data,
                                             std::span<const std::size_t> which,
                                             const CheckpointsOptions& options) {
  const PictureFolder folder(data.images);
  std::vector<chat::ChatRequest> out;
  for (const std::size_t i : which) {
    const CheckpointsData::Text& text = data.texts[i];
    out.push_back(request_about({}, folder.load(text.image_id), options.prompt));
    out.back().forced = text.text;
  }
  return out;
}

TextLevel compare_texts(const SidePair& pair, const CheckpointsData& data,
                        const CheckpointsOptions& options, const GlobalOptions& global) {
  TextLevel level;
  std::vector<MeasuredText> measured;
  Progress progress(pair.b.label + ": texts", global.quiet);
  for (std::size_t first = 0; first < data.texts.size(); first += kPortion) {
    std::vector<std::size_t> which;
    for (std::size_t i = first; i < std::min(first + kPortion, data.texts.size()); ++i) {
      which.push_back(i);
    }
    logits::logit_drift(
        *pair.a.model, *pair.b.model, text_requests(data, which, options), {},
        [&](std::size_t i, const logits::RequestDrift& drift) {
          const std::size_t number = first + i;
          if (!drift.error.empty()) {
            level.errors.push_back(fmt::format("{}: {}", data.texts[number].image_id, drift.error));
            return;
          }
          for (const logits::TokenDrift& token : drift.tokens) {
            level.places.push_back({number, token.kl, token.log_p_a, token.log_p_b,
                                    token.same_top(), token.mean_delta, token.max_delta});
          }
          measured.push_back({&data.texts[number], sums_of(drift.tokens)});
          progress.update(number + 1, data.texts.size());
          check_interrupt();
        });
  }
  if (measured.empty()) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("logits: none of {} texts could be read{}", data.texts.size(),
                            level.errors.empty() ? "" : ": " + level.errors.front()));
  }
  const std::string signature =
      fmt::format("precision-logits|a:{}|prompt:{:016x}|end:1|v:{}", pair.a.model->signature(),
                  hash_bytes(options.prompt), VERNIER_VERSION);
  write_run(pair.run("logits", pair.a), signature, measured, true);
  write_run(pair.run("logits", pair.b), signature, measured, false);
  const ComparisonOptions& statistics = options.settings.comparison;
  level.summary = summarise_logits(
      level.places, {statistics.resamples, statistics.seed, thread_count(options.threads)});
  return level;
}

}  // namespace vernier
