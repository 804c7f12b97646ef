#include "runners/judge/ratings/rating_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/interrupt.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "judges/visce/rater.h"
#include "judges/visce/verdict/verdict_json.h"
#include "runners/judge/caption_order.h"
#include "runners/judge/caption_references.h"
#include "runners/model/answer_journal.h"
#include "runners/model/picture_folder.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

using visce::RatingCase;
using visce::Verdict;
using visce::VerdictStatus;

// Captions at a time: their pictures are in memory.
constexpr std::size_t kPortion = 64;

/// What was answered before, and a place for what is answered now.
class Memory {
 public:
  Memory(const JudgeOptions& options, const std::string& signature, const GlobalOptions& global) {
    const std::string& output = options.output;
    if (output.empty() || output == "-" || output_target(output).direct) return;
    journal_ =
        std::make_unique<AnswerJournal>(output + ".answers", signature, options.resume, global);
  }
  bool kept() const { return journal_ != nullptr; }

  void serve(visce::ContextMaker& contexts) {
    if (journal_ == nullptr) return;
    journal_->visit("context ", [&](std::string_view digest, const std::string& text) {
      const auto json = nlohmann::json::parse(text);
      visce::VisualContext context = visce::read_context(json.at("text").get<std::string>(),
                                                         !json.at("truncated").get<bool>());
      context.loop = json.at("loop").get<bool>();
      contexts.remember(std::stoull(std::string(digest), nullptr, 16), std::move(context));
    });
    contexts.on_new = [this](std::uint64_t digest, const visce::VisualContext& context) {
      std::string json;
      visce::append_context(json, context);
      journal_->add(fmt::format("context {:016x}", digest), std::move(json));
    };
  }
  /// The verdict that was given; its context is the journal's.
  std::optional<JudgedCaption> find(std::size_t number, const std::string& key) const {
    const std::string* text = journal_ ? journal_->find("verdict " + key) : nullptr;
    if (text == nullptr) return std::nullopt;
    const auto picture = nlohmann::json::parse(*text).at("picture").get<std::uint64_t>();
    return JudgedCaption{number, visce::read_verdict(*text), picture};
  }
  void add(const std::string& key, const JudgedCaption& rated, visce::Scale scale) {
    if (journal_ == nullptr) return;
    std::string json = "{";
    visce::append_verdict(json, rated.verdict, scale);
    journal_->add("verdict " + key, json + fmt::format(",\"picture\":{}}}", rated.picture));
  }
  void finish() {
    if (journal_) journal_->finish();
  }

 private:
  std::unique_ptr<AnswerJournal> journal_;
};

}  // namespace

visce::RatingMode rating_mode(JudgeMode mode) {
  switch (mode) {
    case JudgeMode::kDirect:
      return visce::RatingMode::kDirect;
    case JudgeMode::kReference:
      return visce::RatingMode::kReference;
    case JudgeMode::kReasonFirst:
      return visce::RatingMode::kReasonFirst;
    case JudgeMode::kVisce:
    case JudgeMode::kPairwise:
    case JudgeMode::kChecklist:
    case JudgeMode::kClair:
    case JudgeMode::kCapscore:
    case JudgeMode::kLikelihood:
    case JudgeMode::kClipScore:
      break;
  }
  return visce::RatingMode::kVisce;
}

prompts::PromptSet prompts_of(const JudgeOptions& options, const chat::ChatModel& model) {
  return prompts::open_prompts(options.prompts.empty() ? model.prompt_set() : options.prompts);
}

RatingStudy rate_captions(chat::ChatModel& model, const CaptionFile& file,
                          const JudgeOptions& options, const GlobalOptions& global) {
  const PictureFolder folder(options.images);
  const prompts::PromptSet prompts = prompts_of(options, model);
  visce::RaterOptions how = options.rater;
  how.mode = rating_mode(options.mode);
  visce::Rater rater(model, prompts, how);
  std::optional<CaptionReferences> references;
  if (how.mode == visce::RatingMode::kReference) {
    references.emplace(file, options.references, options.read.replace_invalid);
    if (!references->present()) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: no references; mode reference needs some (-r FILE)", file.name));
    }
  }

  RatingStudy study;
  study.signature = rater.signature();
  study.scale = how.scale;
  if (!options.calibrate.empty()) {
    study.calibration = CalibrationMap::read(options.calibrate);
    study.calibration->check(study.signature, options.calibrate);
  }
  study.name = how.mode == visce::RatingMode::kVisce
                   ? "visce"
                   : fmt::format("visce-{}", visce::rating_mode_name(how.mode));
  Memory memory(options, study.signature, global);
  memory.serve(rater.contexts());

  std::vector<std::pair<std::size_t, Unanswered>> failed;
  Progress progress("verdicts", global.quiet);
  std::vector<RatingCase> cases;
  std::vector<std::size_t> numbers;
  std::uint64_t done = 0;
  const auto rate = [&] {
    std::vector<Verdict> verdicts = rater.rate(cases);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      const CaptionRecord& caption = file.captions[numbers[i]];
      if (verdicts[i].status == VerdictStatus::kFailed) {
        failed.push_back({numbers[i], {caption.id, verdicts[i].error}});
        continue;
      }
      JudgedCaption rated{numbers[i], std::move(verdicts[i]), cases[i].seen.digest};
      memory.add(judged_key(caption), rated, how.scale);
      study.rated.push_back(std::move(rated));
    }
    done += cases.size();
    cases.clear();
    numbers.clear();
    progress.update(done, file.captions.size());
    check_interrupt();
  };
  visce::Seen seen;  // the last one
  std::string_view seen_id;
  for (const std::size_t i : by_image(file)) {
    const CaptionRecord& caption = file.captions[i];
    if (auto kept = memory.find(i, judged_key(caption))) {
      study.rated.push_back(std::move(*kept));
      ++done;
      continue;
    }
    const std::vector<std::string> texts =
        references ? references->of(i) : std::vector<std::string>();
    try {
      if (seen.picture == nullptr || seen_id != caption.image_id) {
        seen = visce::see(folder.load(caption.image_id));
        seen_id = caption.image_id;
      }
      cases.push_back({caption.text, texts, seen, nullptr});
      numbers.push_back(i);
    } catch (const Error& error) {
      if (error.code() != ExitCode::kBadInput) throw;
      failed.push_back({i, {caption.id, error.what()}});
      ++done;
    }
    if (cases.size() == kPortion) rate();
  }
  if (!cases.empty()) rate();
  std::ranges::sort(study.rated, {}, &JudgedCaption::caption);
  std::ranges::sort(failed, {}, &std::pair<std::size_t, Unanswered>::first);
  for (auto& [number, one] : failed) study.failed.push_back(std::move(one));
  study.contexts = rater.contexts().known();
  study.unparsed =
      static_cast<std::uint64_t>(std::ranges::count_if(study.rated, [](const JudgedCaption& one) {
        return one.verdict.status == VerdictStatus::kUnparsed;
      }));
  check_failures(study.failed, file.captions.size(), options.model.most_failures,
                 memory.kept() ? printable(options.output, 200) + ".answers.part" : "", global);
  memory.finish();
  return study;
}

}  // namespace vernier
