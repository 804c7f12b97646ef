#include "runners/judge/likelihood.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/interrupt.h"
#include "base/json_text.h"
#include "metrics/aggregate/perplexity.h"
#include "metrics/aggregate/ratios.h"
#include "runners/judge/answers/caption_pass.h"
#include "runners/judge/answers/judge_journal.h"
#include "runners/judge/judged_output.h"
#include "runners/model/shots.h"

namespace vernier {
namespace {

std::string text_of(const CaptionLikelihood& one) {
  std::string json = "{\"log_probability\":";
  append_json_number(json, one.log_probability);
  return json + fmt::format(",\"tokens\":{}}}", one.tokens);
}

CaptionLikelihood read_likelihood(const SeenCaption& one, const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  return {one.caption, json.at("log_probability").get<double>(),
          json.at("tokens").get<std::uint64_t>(), one.seen.digest};
}

std::vector<double> row_of(const CaptionLikelihood& one) {
  const auto tokens = static_cast<double>(one.tokens);
  return {one.log_probability, one.log_probability, tokens};
}

std::vector<MetricDescription> metrics_of(const std::string& signature) {
  return {mean_score("log-likelihood", signature),
          describe_ratios(*make_perplexity_aggregator("perplexity"), signature)};
}

}  // namespace

LikelihoodStudy measure_likelihood(chat::ChatModel& model, const CaptionFile& file,
                                   const JudgeOptions& options, const GlobalOptions& global) {
  if (!model.scores_texts()) {
    throw Error(ExitCode::kUsage,
                "--mode likelihood needs a model that is run here (--model DIR): servers do not "
                "tell the probability of a text that they are given");
  }
  CaptionPass pass(file, options.images, "likelihoods", global);
  const PictureFolder folder(options.images);
  const Preamble preamble = make_preamble(options.system, options.shots, folder, options.prompt);
  LikelihoodStudy study;
  study.signature = fmt::format("likelihood|{}|prompt:{}|end:1|v:1", model.signature(),
                                prompt_digest(preamble, options.prompt));
  JudgeJournal journal(options, study.signature, global);
  const auto key_of = [&](const SeenCaption& one) {
    return content_key(one.seen.digest, {hash_bytes(file.captions[one.caption].text)});
  };
  const auto known = [&](const SeenCaption& one) {
    const std::string* const kept = journal.find(key_of(one));
    if (kept == nullptr) return false;
    study.captions.push_back(read_likelihood(one, *kept));
    return true;
  };
  pass.run(known, [&](std::span<const SeenCaption> portion) {
    std::vector<chat::ChatRequest> requests;
    for (const SeenCaption& one : portion) {
      requests.push_back(request_about(preamble, one.seen.picture, options.prompt));
      requests.back().forced = file.captions[one.caption].text;
    }
    model.run(requests, [&](std::size_t i, const chat::ChatAnswer& answer) {
      const SeenCaption& one = portion[i];
      if (answer.failure != chat::ChatFailure::kNone) {
        pass.fail(one.caption, answer.error);
        return;
      }
      study.captions.push_back({one.caption,
                                std::accumulate(answer.forced.begin(), answer.forced.end(), 0.0),
                                answer.forced.size(), one.seen.digest});
      journal.add(key_of(one), text_of(study.captions.back()));
      check_interrupt();
    });
  });
  std::ranges::sort(study.captions, {}, &CaptionLikelihood::caption);
  study.failed = pass.failed();
  journal.finish(study.failed, file.captions.size());
  return study;
}

ScoreReport finish_likelihood(const LikelihoodStudy& study, const CaptionFile& file,
                              const JudgeOptions& options) {
  ProbeRun run;
  run.metrics = metrics_of(study.signature);
  run.samples = study.captions.size();
  run.counts = caption_counts(file, study.captions.size(), 0);
  run.counts.push_back({"failed", study.failed.size()});
  run.sample = [&](std::size_t i) {
    const CaptionLikelihood& one = study.captions[i];
    const CaptionRecord& caption = file.captions[one.caption];
    ProbeSample sample = sample_of(caption);
    sample.truth = one.picture;
    sample.row = row_of(one);
    return sample;
  };
  ScoreReport report = report_run(run, file, options.output);
  warn(report, study.failed.size(), "captions got no likelihood and are left out");
  return report;
}

}  // namespace vernier
