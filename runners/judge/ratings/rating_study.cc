#include "runners/judge/ratings/rating_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/hash.h"
#include "judges/visce/rater.h"
#include "judges/visce/verdict/verdict_json.h"
#include "runners/judge/answers/caption_pass.h"
#include "runners/judge/answers/judge_journal.h"
#include "runners/judge/caption_references.h"

namespace vernier {
namespace {

using visce::RatingCase;
using visce::Verdict;
using visce::VerdictStatus;

/// Contexts that were made before are known, those that are made are kept.
void serve_contexts(JudgeJournal& journal, visce::ContextMaker& contexts) {
  if (!journal.keeps()) return;
  journal.visit("context ", [&](std::string_view digest, const std::string& text) {
    const auto json = nlohmann::json::parse(text);
    visce::VisualContext context =
        visce::read_context(json.at("text").get<std::string>(), !json.at("truncated").get<bool>());
    context.loop = json.at("loop").get<bool>();
    contexts.remember(std::stoull(std::string(digest), nullptr, 16), std::move(context));
  });
  contexts.on_new = [&journal](std::uint64_t digest, const visce::VisualContext& context) {
    std::string json;
    visce::append_context(json, context);
    journal.add(fmt::format("context {:016x}", digest), std::move(json));
  };
}

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
  CaptionPass pass(file, options.images, "verdicts", global);
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
  // A rationale is no part of the score, but of the verdict that is kept.
  JudgeJournal journal(options, study.signature + (how.rationale ? "|rationale:1" : ""), global);
  serve_contexts(journal, rater.contexts());
  const auto key_of = [&](const SeenCaption& one) {
    return "verdict " +
           content_key(one.seen.digest, {hash_bytes(file.captions[one.caption].text),
                                         references ? references->digest(one.caption) : 0});
  };
  const auto known = [&](const SeenCaption& one) {
    const std::string* const kept = journal.find(key_of(one));
    if (kept == nullptr) return false;
    study.rated.push_back({one.caption, visce::read_verdict(*kept), one.seen.digest});
    return true;
  };
  pass.run(known, [&](std::span<const SeenCaption> portion) {
    std::vector<RatingCase> cases;
    for (const SeenCaption& one : portion) {
      cases.push_back({file.captions[one.caption].text,
                       references ? references->of(one.caption) : std::vector<std::string>(),
                       one.seen, nullptr});
    }
    std::vector<Verdict> verdicts = rater.rate(cases);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      const SeenCaption& one = portion[i];
      if (verdicts[i].status == VerdictStatus::kFailed) {
        pass.fail(one.caption, verdicts[i].error);
        continue;
      }
      std::string json = "{";
      visce::append_verdict(json, verdicts[i], how.scale);
      journal.add(key_of(one), json + '}');
      study.rated.push_back({one.caption, std::move(verdicts[i]), one.seen.digest});
    }
  });
  std::ranges::sort(study.rated, {}, &JudgedCaption::caption);
  study.failed = pass.failed();
  study.contexts = rater.contexts().known();
  study.unparsed =
      static_cast<std::uint64_t>(std::ranges::count_if(study.rated, [](const JudgedCaption& one) {
        return one.verdict.status == VerdictStatus::kUnparsed;
      }));
  journal.finish(study.failed, file.captions.size());
  return study;
}

}  // namespace vernier
