#include <fmt/format.h>

#include <utility>

#include "base/hash.h"
#include "base/io/interrupt.h"
#include "base/json_text.h"
#include "judges/prompts/prompt_template.h"
#include "judges/visce/text_judges/capscore.h"
#include "runners/judge/answers/caption_order.h"
#include "runners/judge/ratings/rating_study.h"
#include "runners/judge/text_judges/text_judge_memory.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

// Captions at a time, or a few more: those of an image stay together.
constexpr std::size_t kPortion = 64;

/// Captions of one image that are asked about together.
struct Group {
  std::vector<std::size_t> captions;
  std::string key;
};

std::vector<Group> groups_of(const CaptionFile& file, const CaptionReferences& references) {
  std::vector<Group> out;
  std::string_view image;
  for (const std::size_t i : by_image(file)) {
    const CaptionRecord& caption = file.captions[i];
    if (prompts::one_line(caption.text).empty()) continue;
    if (out.empty() || caption.image_id != image) out.emplace_back();
    image = caption.image_id;
    out.back().captions.push_back(i);
  }
  for (Group& group : out) {
    // All of them: a caption's numbers depend on those that it is shown with.
    std::uint64_t digest = references.digest(group.captions.front());
    for (const std::size_t i : group.captions) {
      digest = hash_more(digest, hash_bytes(file.captions[i].text));
    }
    group.key = content_key(0, {digest});
  }
  return out;
}

TextJudgeMemory::Told told_of(const Group& group, const visce::CapScoreVerdicts& verdicts) {
  TextJudgeMemory::Told out;
  out.asked = verdicts.asked;
  out.unparsed = verdicts.unread;
  for (std::size_t k = 0; k < group.captions.size(); ++k) {
    const visce::CapScoreVerdict& verdict = verdicts.candidates[k];
    TextJudgedCaption one{group.captions[k], {}, "{"};
    append_json_member(one.verdict, "status", verdict.similarity ? "ok" : "unparsed");
    if (verdict.similarity) {
      one.scores = {*verdict.similarity, *verdict.quality};
      append_json_member(one.verdict, "similarity", *verdict.similarity);
      append_json_member(one.verdict, "quality", *verdict.quality);
    }
    append_json_count(one.verdict, "captions", group.captions.size());
    append_json_count(one.verdict, "answers", verdicts.asked);
    append_json_count(one.verdict, "unparsed", verdicts.unread);
    if (!verdicts.said.empty()) append_json_member(one.verdict, "said", verdicts.said);
    one.verdict += '}';
    out.captions.push_back(std::move(one));
  }
  return out;
}

}  // namespace

TextJudgeStudy judge_by_capscore(chat::ChatModel& model, const CaptionFile& file,
                                 const JudgeOptions& options, const GlobalOptions& global) {
  const prompts::PromptSet prompts = prompts_of(options, model);
  visce::CapScoreJudge judge(model, prompts);
  TextJudgeStudy study;
  study.mode = "capscore";
  study.signature = judge.signature();
  study.names = {"capscore-similarity", "capscore-quality"};
  study.references = references_for(study.mode, file, options);
  TextJudgeMemory memory(options, study.signature, global);
  for (std::size_t i = 0; i < file.captions.size(); ++i) {
    if (prompts::one_line(file.captions[i].text).empty()) {
      study.captions.push_back(judged_empty(i, study.names.size()));
    }
  }
  std::vector<std::pair<std::size_t, Unanswered>> failed;
  Progress progress("verdicts", global.quiet);
  std::uint64_t done = study.captions.size();
  std::vector<visce::CapScoreCase> cases;
  std::vector<const Group*> asked;
  std::size_t waiting = 0;
  const auto ask = [&] {
    judge.judge(cases, [&](std::size_t k, const visce::CapScoreVerdicts& verdicts) {
      const Group& group = *asked[k];
      if (verdicts.failure == chat::ChatFailure::kNone) {
        memory.add(group.key, told_of(group, verdicts), study);
      } else {
        for (const std::size_t i : group.captions) {
          failed.push_back({i, {file.captions[i].id, verdicts.error}});
        }
      }
      progress.update(done += group.captions.size(), file.captions.size());
      check_interrupt();
    });
    waiting = 0;
    cases.clear();
    asked.clear();
  };
  const std::vector<Group> groups = groups_of(file, *study.references);
  for (const Group& group : groups) {
    if (memory.recall(group.key, group.captions, study)) {
      done += group.captions.size();
      continue;
    }
    visce::CapScoreCase one;
    for (const std::size_t i : group.captions) one.candidates.push_back(file.captions[i].text);
    one.references = study.references->of(group.captions.front());
    cases.push_back(std::move(one));
    asked.push_back(&group);
    waiting += group.captions.size();
    if (waiting >= kPortion) ask();
  }
  if (!cases.empty()) ask();
  memory.finish(std::move(failed), file, study);
  return study;
}

}  // namespace vernier
