#include "runners/probe/live/study/live_study.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "datasets/scenes/scene_file.h"
#include "judges/probes/live/selection.h"
#include "runners/probe/live/study/live_plan.h"

namespace vernier {
namespace {

using probes::DescriptionPrompt;
using probes::LiveOutcome;

bool holds(const std::vector<std::string>& list, const char* one) {
  return std::ranges::find(list, one) != list.end();
}

/// One run of the probe.
class LiveRun {
 public:
  LiveRun(const LiveData& data, const LiveOptions& options, const std::vector<std::string>& kinds,
          LiveAsker& asker)
      : data_(data),
        options_(options),
        kinds_(kinds),
        asker_(asker),
        plan_(data, options),
        reader_(all_questions(data)),
        prompts_(probes::description_prompts(options.drawn)) {
    statistics_.alpha = options.alpha;
    statistics_.seed = options.seed;
    statistics_.threads = options.threads;
  }

  void ask() {
    for (const std::string& kind : kinds_) {
      if (kind == "resolution" || kind == "presets") continue;
      study_.kinds.emplace_back().outcomes = plan_.choose(kind, reader_);
      study_.kinds.back().scores.kind = kind;
    }
    ask_questions();
    if (holds(kinds_, "presets")) {
      choose_scenes();
      ask_descriptions();
    }
  }

  LiveStudy measure(const GlobalOptions& global) {
    for (LiveKind& kind : study_.kinds) measure_kind(kind);
    if (resolution()) {
      study_.side_pixels = data_.sides;
      study_.sides = side_scores(question_outcomes(), data_.sides, statistics_);
    }
    if (options_.tesseract) measure_signs();
    if (holds(kinds_, "presets")) {
      for (const LiveKind& kind : study_.kinds) measure_described(kind);
      measure_descriptions(global);
    }
    return std::move(study_);
  }

 private:
  static std::vector<probes::LiveQuestion> all_questions(const LiveData& data) {
    std::vector<probes::LiveQuestion> all = data.questions.questions;
    for (const auto* part : {&data.groups, &data.needles}) {
      all.insert(all.end(), part->questions.begin(), part->questions.end());
    }
    return all;
  }
  bool resolution() const { return holds(kinds_, "resolution"); }
  /// Asked about one picture, which may be of another size.
  bool about_one(const LiveKind& kind) const { return data_.holds_questions_of(kind.scores.kind); }
  bool yes_no(const LiveKind& kind) const { return is_yes_no_kind(data_, kind.scores.kind); }
  const DescriptionPrompt& describe_first() const {
    return *std::ranges::find(prompts_, probes::kDescribeFirst, &DescriptionPrompt::name);
  }

  void ask_questions() {
    std::vector<LiveTask> tasks;
    for (LiveKind& kind : study_.kinds) {
      if (kind.outcomes.empty()) continue;
      if (!about_one(kind)) {
        // Groups may have more pictures than the model takes: that is no failure, but all of them.
        const std::string reason = asker_.refusal(plan_.shown(kind.outcomes.front()));
        if (!reason.empty()) {
          kind.scores.undefined = "not measured: the model refuses so many pictures: " + reason;
          continue;
        }
      }
      const bool sides = resolution() && about_one(kind);
      for (const LiveOutcome& outcome : kind.outcomes) {
        for (LiveTask& task : plan_.tasks(outcome, sides)) {
          tasks.push_back(std::move(task));
        }
      }
    }
    asker_.ask(std::move(tasks), "answers");
  }

  void choose_scenes() {
    std::vector<ImageScene> all = read_scenes(data_.graphs).images;
    for (const std::size_t i : probes::choose_evenly(all.size(), options_.limit, options_.seed)) {
      scenes_.push_back(std::move(all[i]));
    }
  }

  void ask_descriptions() {
    std::vector<LiveTask> tasks;
    for (const ImageScene& scene : scenes_) {
      for (const DescriptionPrompt& prompt : prompts_) {
        tasks.push_back(plan_.description(scene.id, prompt));
      }
    }
    for (const LiveKind& kind : study_.kinds) {
      if (!yes_no(kind)) continue;
      for (const LiveOutcome& outcome : kind.outcomes) {
        tasks.push_back(plan_.description(outcome.question.image_id, describe_first()));
      }
    }
    asker_.ask(std::move(tasks), "descriptions");
    tasks.clear();
    for (const LiveKind& kind : study_.kinds) {
      if (!yes_no(kind)) continue;
      for (const LiveOutcome& outcome : kind.outcomes) {
        const LiveTask first = plan_.description(outcome.question.image_id, describe_first());
        if (const std::string* description = asker_.find(first.key)) {
          tasks.push_back(plan_.described(outcome, describe_first(), *description));
        }
      }
    }
    asker_.ask(std::move(tasks), "answers behind descriptions");
  }

  void measure_kind(LiveKind& kind) {
    const bool presets = holds(kinds_, "presets") && yes_no(kind);
    const bool sides = resolution() && about_one(kind);
    for (LiveOutcome& outcome : kind.outcomes) {
      plan_.take(asker_, reader_, sides, presets ? &describe_first() : nullptr, outcome);
    }
    const std::string refused = kind.scores.undefined;
    kind.scores = kind_scores(kind.scores.kind, kind.outcomes, statistics_);
    if (!refused.empty()) kind.scores.undefined = refused;
    if (kind.outcomes.empty() || about_one(kind)) return;
    if (kind.scores.kind == "position") {
      study_.position = position_scores(kind.outcomes, kind.scores.undefined, statistics_);
    } else {
      study_.depth = depth_scores(kind.outcomes, kind.scores.undefined, statistics_);
    }
  }

  std::vector<LiveOutcome> question_outcomes() const {
    std::vector<LiveOutcome> all;
    for (const LiveKind& kind : study_.kinds) {
      if (about_one(kind)) all.insert(all.end(), kind.outcomes.begin(), kind.outcomes.end());
    }
    return all;
  }

  void measure_signs() {
    for (const LiveKind& kind : study_.kinds) {
      if (kind.scores.kind != "sign") continue;
      study_.signs_undefined = kind.scores.undefined;
      if (!study_.signs_undefined.empty()) return;
      TesseractOptions tesseract;
      tesseract.images = data_.folders[data_.main_folder()];
      tesseract.language = options_.tesseract_language;
      study_.signs = read_signs(kind.outcomes, reader_, tesseract, options_.threads);
    }
  }

  void measure_described(const LiveKind& kind) {
    if (!yes_no(kind)) return;
    DescribedScores& out = study_.described.emplace_back();
    out.kind = kind.scores.kind;
    out.undefined = kind.scores.undefined;
    if (!out.undefined.empty()) return;
    std::vector<std::string> names;
    for (const LiveOutcome& outcome : kind.outcomes) names.push_back(outcome.question.image_id);
    const std::vector<std::uint32_t> clusters = numbers_of(names);
    std::vector<PairedTerm> pairs;
    std::vector<RightTerm> terms;
    for (std::size_t i = 0; i < kind.outcomes.size(); ++i) {
      const LiveOutcome& outcome = kind.outcomes[i];
      if (!outcome.shown.given || !outcome.described.given) continue;
      pairs.push_back({outcome.described.read.right, outcome.shown.read.right, clusters[i]});
      terms.push_back({outcome.described.read.right, outcome.commonest, clusters[i]});
    }
    out.undefined = not_measured(terms, p_above_commonest(terms), statistics_.alpha);
    if (out.undefined.empty()) out.change = paired_change(pairs, statistics_);
  }

  void measure_descriptions(const GlobalOptions& global) {
    std::vector<std::vector<const std::string*>> texts;
    for (const ImageScene& scene : scenes_) {
      std::vector<const std::string*>& of_scene = texts.emplace_back();
      for (const DescriptionPrompt& prompt : prompts_) {
        of_scene.push_back(asker_.find(plan_.description(scene.id, prompt).key));
      }
    }
    study_.descriptions =
        study_descriptions(scenes_, prompts_, texts, options_.language, statistics_, global);
    for (const DescriptionPrompt& one : probes::description_prompts(false)) {
      if (std::ranges::find(prompts_, one.name, &DescriptionPrompt::name) == prompts_.end()) {
        study_.descriptions->not_asked.push_back(one.name);
      }
    }
  }

  const LiveData& data_;
  const LiveOptions& options_;
  const std::vector<std::string>& kinds_;
  LiveAsker& asker_;
  LivePlan plan_;
  probes::AnswerReader reader_;
  std::vector<DescriptionPrompt> prompts_;
  std::vector<ImageScene> scenes_;
  LiveStatistics statistics_;
  LiveStudy study_;
};

std::string signature_of(const LiveData& data, const LiveOptions& options,
                         const std::vector<std::string>& kinds, const LiveStudy& study) {
  const LiveStatistics statistics;
  std::string out = fmt::format(
      "live|questions:{:016x}|kinds:{}|limit:{}|seed:{}|controls:grey+other|parser:strict+known|"
      "suffix:{}|max-new:{}|alpha:{}|bootstrap:{}|swaps:{}",
      data.digest, fmt::join(kinds, "+"), options.limit, options.seed,
      options.suffix.empty() ? "none" : fmt::format("{:016x}", hash_bytes(options.suffix)),
      options.most_new, options.alpha, statistics.resamples, statistics.draws);
  if (study.signs) out += "|tesseract:" + study.signs->tesseract;
  if (study.descriptions) {
    std::uint64_t prompts = 0;
    for (const DescriptionScores& one : study.descriptions->prompts) {
      prompts = hash_more(prompts, hash_bytes(one.prompt.text));
    }
    out += fmt::format("|prompts:{:016x}|max-described:{}|{}", prompts, options.most_described,
                       study.descriptions->signature);
  }
  return out + fmt::format("|v:{}", VERNIER_VERSION);
}

}  // namespace

std::string live_work(const LiveData& data, const LiveOptions& options,
                      const chat::ChatModel& model) {
  return fmt::format("probe-live|{}|questions:{:016x}|suffix:{:016x}|max-new:{}|max-described:{}",
                     model.signature(), data.digest, hash_bytes(options.suffix), options.most_new,
                     options.most_described);
}

LiveStudy study_live(const LiveData& data, const LiveOptions& options, chat::ChatModel& model,
                     AnswerJournal* journal, const std::string& kept, const GlobalOptions& global) {
  const std::vector<std::string> kinds = choose_kinds(data, options.kinds);
  if (options.tesseract) {  // before a model is asked for long
    if (!holds(kinds, "sign")) {
      throw Error(ExitCode::kUsage, "--tesseract: no questions of the kind sign are asked");
    }
    TesseractOptions tesseract;
    tesseract.language = options.tesseract_language;
    tesseract_version(tesseract);
  }
  LivePictures pictures(data.folders);
  LiveAsker asker(model, pictures, journal, global);
  LiveRun run(data, options, kinds, asker);
  run.ask();
  check_failures(asker.failed(), asker.asked(), options.most_failures, kept, global);
  LiveStudy study = run.measure(global);
  study.model = model.signature();
  study.asked = asker.asked();
  study.unanswered = asker.failed().size();
  study.signature = signature_of(data, options, kinds, study);
  return study;
}

}  // namespace vernier
