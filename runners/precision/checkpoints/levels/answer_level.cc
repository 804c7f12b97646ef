#include "runners/precision/checkpoints/levels/answer_level.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_text.h"
#include "runners/judge/judged_output.h"
#include "runners/probe/live/study/live_plan.h"

namespace vernier {
namespace {

using probes::LiveOutcome;

/// What is answered, in the form that is compared where it could be read.
const std::string& said(const LiveOutcome& outcome) {
  const probes::LiveAnswer& answer = outcome.shown;
  return answer.read.parsed ? answer.read.answer : answer.text;
}

std::string meta_of(const LiveOutcome& outcome) {
  std::string meta = "{";
  append_json_member(meta, "kind", outcome.question.kind);
  append_json_member(meta, "question", outcome.question.text);
  append_json_member(meta, "label", outcome.label);
  return meta + "}";
}

void write_run(const std::string& path, const std::string& signature,
               const std::vector<LiveOutcome>& own, const std::vector<LiveOutcome>& first) {
  MetricDescription changed = mean_score("answers-changed", signature);
  changed.less_is_better = true;
  ProbeRun run;
  run.metrics = {mean_score("right", signature), changed};
  run.samples = own.size();
  run.counts = {{"questions", own.size()}};
  run.sample = [&](std::size_t i) {
    const LiveOutcome& outcome = own[i];
    ProbeSample sample;
    sample.id = fmt::format("{}/{}", outcome.question.kind, outcome.question.id);
    sample.image_id = outcome.question.image_id;
    sample.candidate = outcome.shown.text;
    sample.references = {outcome.question.label};
    sample.meta = meta_of(outcome);
    sample.truth = hash_bytes(outcome.label);
    sample.row = {outcome.shown.read.right ? 1.0 : 0.0,
                  said(outcome) == said(first[i]) ? 0.0 : 1.0};
    return sample;
  };
  write_probe_run(path, run);
}

}  // namespace

std::vector<LiveOutcome> ask_side(Side& side, const CheckpointsData& data,
                                  const CheckpointsOptions& options, const GlobalOptions& global) {
  const LiveData& questions = *data.questions;
  LiveOptions live;
  live.limit = options.limit;
  live.suffix = options.suffix;
  const LivePlan plan(questions, live);
  const probes::AnswerReader reader(questions.questions.questions);
  std::vector<LiveOutcome> outcomes;
  std::vector<LiveTask> tasks;
  for (const std::string& kind : questions.questions.kinds()) {
    for (LiveOutcome& outcome : plan.choose(kind, reader)) {
      tasks.push_back(plan.shown(outcome));
      outcomes.push_back(std::move(outcome));
    }
  }
  AnswerJournal journal(side.file("answers.jsonl"), live_work(questions, live, *side.model), false,
                        global);
  LivePictures pictures(questions.folders);
  LiveAsker asker(*side.model, pictures, &journal, global);
  asker.ask(std::move(tasks), fmt::format("{}: answers", side.label));
  check_failures(asker.failed(), asker.asked(), 0, side.file("answers.jsonl.part"), global);
  for (LiveOutcome& outcome : outcomes) plan.take(asker, reader, false, nullptr, outcome);
  return outcomes;
}

void compare_answers(const SidePair& pair, const CheckpointsData& data,
                     const std::vector<LiveOutcome>& a, const std::vector<LiveOutcome>& b) {
  const std::string signature =
      fmt::format("precision-answers|questions:{:016x}|parser:strict+known|v:{}",
                  data.questions->digest, VERNIER_VERSION);
  write_run(pair.run("answers", pair.a), signature, a, a);
  write_run(pair.run("answers", pair.b), signature, b, a);
}

}  // namespace vernier
