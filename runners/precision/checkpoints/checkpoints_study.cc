#include "runners/precision/checkpoints/checkpoints_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "base/printable.h"
#include "judges/chat/local/default_model.h"
#include "judges/precision/comparable.h"
#include "judges/probes/live/selection.h"
#include "runners/model/shots.h"
#include "runners/pipeline/progress.h"
#include "runners/precision/checkpoints/gate/pair_gate.h"

namespace vernier {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSpeedPictures = 4, kSpeedTokens = 64;

Side open_side(const std::string& label, const std::string& source,
               const CheckpointsOptions& options, const GlobalOptions& global) {
  Side side;
  side.label = label;
  side.source = source.empty() ? chat::default_model_folder() : source;
  side.folder = (fs::path(options.output) / label).string();
  std::error_code problem;
  fs::create_directories(side.folder, problem);
  if (problem) {
    throw Error(ExitCode::kOutput, fmt::format("{}: cannot be made: {}",
                                               printable(side.folder, 200), problem.message()));
  }
  chat::LocalOptions local;
  local.folder = side.source;
  local.chat_template = options.chat_template;
  local.threads = thread_count(options.threads);
  local.device = options.device;
  local.limits.live = options.live;
  local.limits.cache_bytes = static_cast<std::size_t>(options.memory_gib * (1 << 30));
  side.model = std::make_unique<chat::LocalModel>(local);
  remark(global, fmt::format("{}: {}", label, side.model->signature()));
  return side;
}

CheckpointFacts facts_of(const Side& side) {
  CheckpointFacts facts;
  facts.label = side.label;
  facts.source = printable(side.source, 200);
  facts.signature = side.model->signature();
  const std::size_t at = facts.signature.find("|dtype:") + 7;
  facts.precision = facts.signature.substr(at, facts.signature.find('|', at) - at);
  const engine::ModelConfig& config = side.model->checkpoint().config();
  for (const engine::ExpectedTensor& tensor : engine::expected_tensors(config)) {
    if (tensor.name.starts_with("llm.layers.") && tensor.shape.size() == 2) {
      facts.layer_weights += tensor.shape[0] * tensor.shape[1];
    }
  }
  for (const auto& tensor : side.model->checkpoint().tensors().tensors()) {
    const std::uint64_t bytes = tensor.stored->view.bytes.size();
    facts.bytes += bytes;
    const bool numbers = tensor.name.ends_with("norm.weight") || tensor.name.ends_with(".bias");
    if (tensor.name.starts_with("llm.layers.") && !numbers) facts.layer_bytes += bytes;
  }
  return facts;
}

/// What of one side is needed for every pair that it is in.
struct Said {
  std::vector<probes::LiveOutcome> answers;
  std::optional<RatingStudy> verdicts;
};

class Study {
 public:
  Study(const CheckpointsOptions& options, const GlobalOptions& global)
      : options_(options), global_(global), data_(open_checkpoints_data(options)) {
    settings_ = options.settings;
    settings_.comparison.threads = thread_count(options.threads);
    if (!options.policy.empty()) policy_ = read_policy(options.policy);
    for (const std::string& output : {options.html, options.markdown, options.junit}) {
      std::vector<std::string> inputs = data_.inputs;
      inputs.push_back(options.policy);
      refuse_output_over_input(output, inputs, "report");
    }
  }

  CheckpointsStudy run() {
    CheckpointsStudy out;
    out.images = data_.images;
    out.pictures = data_.image_ids.size();
    out.texts = data_.texts.size();
    out.candidates = data_.candidates ? data_.candidates->captions.size() : 0;
    Side a = open_side("a", options_.model_a, options_, global_);
    out.a = facts_of(a);
    const Said said_a = say(a, out.a);
    out.questions = said_a.answers.size();
    for (std::size_t i = 0; i < options_.model_b.size(); ++i) {
      const std::string label = options_.model_b.size() == 1 ? "b" : fmt::format("b{}", i + 1);
      Side b = open_side(label, options_.model_b[i], options_, global_);
      CheckpointPair& pair = out.pairs.emplace_back();
      pair.b = facts_of(b);
      const Said said_b = say(b, pair.b);
      compare({a, b}, said_a, said_b, pair);
      pair.gate = judge_pair(out.a, pair, policy_, settings_);
    }
    return out;
  }

 private:
  bool wants(const char* level) const {
    return options_.levels.empty() ||
           std::ranges::find(options_.levels, level) != options_.levels.end();
  }

  Said say(Side& side, CheckpointFacts& facts) {
    Said out;
    if (wants("captions")) write_captions(side, data_, options_, global_);
    if (wants("answers") && data_.questions) {
      out.answers = ask_side(side, data_, options_, global_);
    }
    if (wants("verdicts") && data_.candidates) {
      out.verdicts = rate_side(side, data_, options_, global_);
    }
    if (wants("speed")) facts.speed = measure_speed(*side.model, speed_requests());
    return out;
  }

  std::vector<chat::ChatRequest> speed_requests() const {
    const PictureFolder folder(data_.images);
    std::vector<chat::ChatRequest> out;
    for (const std::size_t i : probes::choose_evenly(data_.image_ids.size(), kSpeedPictures, 1)) {
      out.push_back(request_about({}, folder.load(data_.image_ids[i]), options_.prompt));
      out.back().most_new = kSpeedTokens;
    }
    return out;
  }

  void compare(const SidePair& pair, const Said& a, const Said& b, CheckpointPair& out) {
    const bool comparable = logits_comparable(pair, out);
    if (wants("logits") && comparable) compare_logits(pair, out);
    if (wants("captions") && comparable) {
      out.captions = compare_captions(pair, data_, options_, global_);
      if (!data_.references.empty()) out.caption_runs = runs_of(pair, "captions");
    }
    if (!a.answers.empty()) {
      compare_answers(pair, data_, a.answers, b.answers);
      out.answer_runs = runs_of(pair, "answers");
    } else if (wants("answers")) {
      out.skipped.emplace_back("answers", "no questions: --questions FILE");
    }
    if (a.verdicts) {
      compare_rated(pair, a, b, out);
    } else if (wants("verdicts")) {
      out.skipped.emplace_back("verdicts", "no captions to judge: --candidates FILE");
    }
    if (wants("units") && comparable) measure_units(pair, out);
  }

  /// Whether a token means the same to both, without which nothing token by token can be said.
  bool logits_comparable(const SidePair& pair, CheckpointPair& out) const {
    try {
      logits::check_comparable(*pair.a.model, *pair.b.model);
      return true;
    } catch (const Error& error) {
      if (error.code() != ExitCode::kIncomplete) throw;
      for (const char* level : {"logits", "captions", "units"}) {
        if (wants(level)) out.skipped.emplace_back(level, error.what());
      }
      return false;
    }
  }

  std::unique_ptr<LevelRuns> runs_of(const SidePair& pair, const std::string& level) const {
    return std::make_unique<LevelRuns>(pair.run(level, pair.a), pair.run(level, pair.b), settings_);
  }

  void compare_logits(const SidePair& pair, CheckpointPair& out) {
    if (data_.texts.empty()) {
      out.skipped.emplace_back("logits", "no captions that people wrote: --references FILE");
      return;
    }
    out.texts = compare_texts(pair, data_, options_, global_);
    out.text_runs = runs_of(pair, "logits");
  }

  void compare_rated(const SidePair& pair, const Said& a, const Said& b, CheckpointPair& out) {
    out.verdicts = compare_verdicts(pair, data_, *a.verdicts, *b.verdicts);
    if (out.verdicts->captions == 0) {
      out.skipped.emplace_back("verdicts", "no caption got a rating from both models");
      return;
    }
    out.verdict_runs = runs_of(pair, "verdicts");
    if (out.verdicts->has_people()) {
      out.people = out.verdicts->agreement_with_people(settings_.comparison.alpha, settings_);
    }
  }

  void measure_units(const SidePair& pair, CheckpointPair& out) {
    const std::vector<std::size_t> which =
        probes::choose_evenly(data_.texts.size(), options_.unit_texts, 1);
    if (which.empty()) {
      out.skipped.emplace_back("units", "no captions that people wrote: --references FILE");
      return;
    }
    Progress progress(pair.b.label + ": units", global_.quiet);
    try {
      out.units = logits::unit_sensitivity(*pair.a.model, *pair.b.model,
                                           text_requests(data_, which, options_), {},
                                           [&](std::size_t done, std::size_t all) {
                                             progress.update(done, all);
                                             check_interrupt();
                                           });
      out.unit_texts = which.size();
    } catch (const Error& error) {
      if (error.code() != ExitCode::kIncomplete) throw;
      out.skipped.emplace_back("units", error.what());
    }
  }

  const CheckpointsOptions& options_;
  const GlobalOptions& global_;
  CheckpointsData data_;
  CompareSettings settings_;
  std::optional<GatePolicy> policy_;
};

}  // namespace

LevelRuns::LevelRuns(const std::string& of_a, const std::string& of_b,
                     const CompareSettings& settings)
    : path_a(of_a),
      path_b(of_b),
      a(read_run(of_a)),
      b(read_run(of_b)),
      runs(a, b, settings.pairing),
      compared(compared_run(runs, settings)),
      changes(vernier::changes(runs)) {}

std::vector<std::pair<std::string, const LevelRuns*>> CheckpointPair::runs() const {
  std::vector<std::pair<std::string, const LevelRuns*>> out;
  for (const auto& [level, of] : {std::pair{"logits", &text_runs},
                                  {"captions", &caption_runs},
                                  {"answers", &answer_runs},
                                  {"verdicts", &verdict_runs}}) {
    if (*of) out.emplace_back(level, of->get());
  }
  return out;
}

ExitCode CheckpointsStudy::exit_code() const {
  for (const CheckpointPair& pair : pairs) {
    if (pair.gate.exit_code() == ExitCode::kOk) return ExitCode::kOk;
  }
  return pairs.front().gate.exit_code();
}

CheckpointsStudy study_checkpoints(const CheckpointsOptions& options, const GlobalOptions& global) {
  return Study(options, global).run();
}

}  // namespace vernier
