#include "runners/judge/likelihood.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/error.h"
#include "base/hash.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "metrics/aggregate/perplexity.h"
#include "metrics/aggregate/ratios.h"
#include "runners/judge/caption_order.h"
#include "runners/judge/judged_output.h"
#include "runners/model/answer_journal.h"
#include "runners/model/shots.h"

namespace vernier {
namespace {

std::string text_of(const CaptionLikelihood& one) {
  std::string json = "{\"log_probability\":";
  append_json_number(json, one.log_probability);
  return json + fmt::format(",\"tokens\":{},\"picture\":{}}}", one.tokens, one.picture);
}

CaptionLikelihood read_likelihood(std::size_t caption, const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  return {caption, json.at("log_probability").get<double>(), json.at("tokens").get<std::uint64_t>(),
          json.at("picture").get<std::uint64_t>()};
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
  const PictureFolder folder(options.images);
  const Preamble preamble = make_preamble(options.system, options.shots, folder, options.prompt);
  LikelihoodStudy study;
  study.signature = fmt::format("likelihood|{}|prompt:{}|end:1|v:1", model.signature(),
                                prompt_digest(preamble, options.prompt));
  std::unique_ptr<AnswerJournal> journal;
  if (!options.output.empty() && options.output != "-" && !output_target(options.output).direct) {
    journal = std::make_unique<AnswerJournal>(options.output + ".answers", study.signature,
                                              options.resume, global);
  }
  std::vector<std::size_t> open;
  for (const std::size_t i : by_image(file)) {
    const std::string* kept = journal ? journal->find(judged_key(file.captions[i])) : nullptr;
    if (kept == nullptr) {
      open.push_back(i);
    } else {
      study.captions.push_back(read_likelihood(i, *kept));
    }
  }
  std::shared_ptr<const chat::Picture> picture;  // the last one
  std::string_view picture_id;
  std::vector<std::uint64_t> digests(open.size());
  Asking asking;
  asking.count = open.size();
  asking.label = "likelihoods";
  asking.key = [&](std::size_t i) { return file.captions[open[i]].id; };
  asking.request = [&](std::size_t i) {
    const CaptionRecord& caption = file.captions[open[i]];
    if (picture == nullptr || picture_id != caption.image_id) {
      picture = folder.load(caption.image_id);
      picture_id = caption.image_id;
    }
    digests[i] = hash_bytes(picture->bytes);
    chat::ChatRequest request = request_about(preamble, picture, options.prompt);
    request.forced = caption.text;
    return request;
  };
  asking.done = [&](std::size_t i, const chat::ChatAnswer& answer) {
    const CaptionLikelihood one{open[i],
                                std::accumulate(answer.forced.begin(), answer.forced.end(), 0.0),
                                answer.forced.size(), digests[i]};
    study.captions.push_back(one);
    if (journal) journal->add(judged_key(file.captions[open[i]]), text_of(one));
  };
  study.failed = ask(model, asking, global);
  std::ranges::sort(study.captions, {}, &CaptionLikelihood::caption);
  check_failures(study.failed, file.captions.size(), options.model.most_failures,
                 journal ? printable(options.output, 200) + ".answers.part" : "", global);
  if (journal) journal->finish();
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
