#include <fmt/format.h>

#include <utility>

#include "base/hash.h"
#include "base/io/interrupt.h"
#include "base/json_text.h"
#include "judges/prompts/prompt_template.h"
#include "judges/visce/text_judges/clair.h"
#include "runners/judge/answers/caption_order.h"
#include "runners/judge/ratings/rating_study.h"
#include "runners/judge/text_judges/text_judge_memory.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

// Captions at a time.
constexpr std::size_t kPortion = 64;

TextJudgeMemory::Told told_of(std::size_t caption, const visce::ClairVerdict& verdict) {
  TextJudgedCaption out{caption, {}, "{"};
  append_json_member(out.verdict, "status", verdict.score ? "ok" : "unparsed");
  if (verdict.score) {
    out.scores = {*verdict.score};
    append_json_member(out.verdict, "score", *verdict.score);
  }
  if (!verdict.reason.empty()) append_json_member(out.verdict, "reason", verdict.reason);
  if (!verdict.said.empty()) append_json_member(out.verdict, "said", verdict.said);
  std::vector<std::string> flags;
  if (verdict.from_text) flags.emplace_back("from-text");
  if (verdict.asked_again) flags.emplace_back("asked-again");
  append_json_key(out.verdict, "flags");
  append_json_strings(out.verdict, flags);
  out.verdict += '}';
  const bool unparsed = !verdict.score.has_value();
  return {{std::move(out)}, 1, unparsed ? std::uint64_t{1} : 0};
}

}  // namespace

TextJudgeStudy judge_by_clair(chat::ChatModel& model, const CaptionFile& file,
                              const JudgeOptions& options, const GlobalOptions& global) {
  const prompts::PromptSet prompts = prompts_of(options, model);
  visce::ClairJudge judge(model, prompts);
  TextJudgeStudy study;
  study.mode = "clair";
  study.signature = judge.signature();
  study.names = {"clair"};
  study.references = references_for(study.mode, file, options);
  TextJudgeMemory memory(options, study.signature, global);

  std::vector<std::pair<std::size_t, Unanswered>> failed;
  Progress progress("verdicts", global.quiet);
  std::uint64_t done = 0;
  std::vector<visce::ClairCase> cases;
  std::vector<std::size_t> numbers;
  const auto key_of = [&](std::size_t i) {
    return content_key(0, {hash_bytes(file.captions[i].text), study.references->digest(i)});
  };
  const auto ask = [&] {
    judge.judge(cases, [&](std::size_t k, const visce::ClairVerdict& verdict) {
      const std::size_t i = numbers[k];
      if (verdict.failure != chat::ChatFailure::kNone) {
        failed.push_back({i, {file.captions[i].id, verdict.error}});
      } else {
        memory.add(key_of(i), told_of(i, verdict), study);
      }
      progress.update(++done, file.captions.size());
      check_interrupt();
    });
    cases.clear();
    numbers.clear();
  };
  for (const std::size_t i : by_image(file)) {
    const CaptionRecord& caption = file.captions[i];
    if (prompts::one_line(caption.text).empty()) {
      study.captions.push_back(judged_empty(i, study.names.size()));
      ++done;
    } else if (memory.recall(key_of(i), {i}, study)) {
      ++done;
    } else {
      cases.push_back({{caption.text}, study.references->of(i)});
      numbers.push_back(i);
      if (cases.size() == kPortion) ask();
    }
  }
  if (!cases.empty()) ask();
  memory.finish(std::move(failed), file, study);
  return study;
}

}  // namespace vernier
