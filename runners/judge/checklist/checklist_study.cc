#include "runners/judge/checklist/checklist_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "base/io/interrupt.h"
#include "base/json_text.h"
#include "judges/visce/shown_caption.h"
#include "metrics/spice/fast_parser.h"
#include "runners/judge/answers/caption_pass.h"
#include "runners/judge/answers/judge_journal.h"
#include "runners/judge/ratings/rating_study.h"

namespace vernier {
namespace {

using visce::CheckedClaim;
using visce::ClaimVerdict;

ClaimVerdict verdict_of(std::string_view name) {
  for (const ClaimVerdict verdict : {ClaimVerdict::kSupported, ClaimVerdict::kUnsupported}) {
    if (visce::claim_verdict_name(verdict) == name) return verdict;
  }
  return ClaimVerdict::kUnparsed;
}

std::string text_of(const CheckedClaim& told) {
  std::string json = "{";
  append_json_member(json, "verdict", visce::claim_verdict_name(told.verdict));
  append_json_member(json, "p_yes", told.p_yes);
  append_json_member(json, "mass", told.mass);
  if (!told.said.empty()) append_json_member(json, "said", told.said);
  return json + '}';
}

CheckedClaim read_claim(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  CheckedClaim out;
  out.verdict = verdict_of(json.at("verdict").get<std::string>());
  if (!json.at("p_yes").is_null()) out.p_yes = json.at("p_yes").get<double>();
  out.mass = json.at("mass").get<double>();
  out.said = json.value("said", "");
  return out;
}

/// What was told before is known, what is told now is kept: by picture and question.
void serve_claims(JudgeJournal& journal, visce::ClaimChecker& checker) {
  const auto key_of = [](std::uint64_t picture, const std::string& question) {
    return fmt::format("{:016x} {}", picture, question);
  };
  checker.known = [&journal, key_of](std::uint64_t picture,
                                     const std::string& question) -> std::optional<CheckedClaim> {
    const std::string* const text = journal.find(key_of(picture, question));
    if (text == nullptr) return std::nullopt;
    return read_claim(*text);
  };
  checker.on_new = [&journal, key_of](std::uint64_t picture, const std::string& question,
                                      const CheckedClaim& told) {
    journal.add(key_of(picture, question), text_of(told));
    check_interrupt();
  };
}

/// Cuts captions into claims. Places are those in the whole caption.
class Cutter {
 public:
  Cutter()
      : parser_(spice::open_fast_parser()), reader_(*parser_, text::built_in_punkt_parameters()) {}
  /// "claims:1|PARSER"
  std::string signature() const { return "claims:1|" + parser_->signature(); }
  ClaimedCaption cut(std::size_t number, const CaptionRecord& caption) {
    const visce::ShownCaption shown = visce::shown_caption(caption.text);
    ClaimedCaption out;
    out.caption = number;
    out.truncated = shown.cut;
    out.said = reader_.read(shown.text);
    const auto before = static_cast<std::size_t>(shown.text.data() - caption.text.data());
    for (ClaimInCaption& claim : out.said.claims) {
      if (claim.begin == claim.end) continue;
      claim.begin += before;
      claim.end += before;
    }
    return out;
  }

 private:
  std::shared_ptr<const spice::Parser> parser_;
  ClaimReader reader_;
};

void count(ChecklistStudy& study) {
  for (const ClaimedCaption& caption : study.captions) {
    study.no_claims += caption.checked.empty();
    study.claims += caption.checked.size();
    for (const CheckedClaim& claim : caption.checked) {
      study.supported += claim.verdict == ClaimVerdict::kSupported;
      study.unparsed += claim.verdict == ClaimVerdict::kUnparsed;
    }
  }
}

}  // namespace

std::optional<ClaimedCaption::Scores> ClaimedCaption::scores() const {
  std::size_t told = 0, supported = 0;
  std::map<std::uint32_t, bool> fine;  // by sentence
  for (std::size_t i = 0; i < checked.size(); ++i) {
    if (checked[i].verdict == ClaimVerdict::kUnparsed) continue;
    const bool holds = checked[i].verdict == ClaimVerdict::kSupported;
    ++told;
    supported += holds;
    const auto [sentence, fresh] = fine.try_emplace(said.claims[i].sentence, holds);
    sentence->second = sentence->second && holds;
  }
  if (checked.empty()) return Scores{};
  if (told == 0) return std::nullopt;
  const auto clean = std::ranges::count_if(fine, [](const auto& one) { return one.second; });
  return Scores{static_cast<double>(supported) / static_cast<double>(told),
                static_cast<double>(clean) / static_cast<double>(fine.size())};
}

ChecklistStudy check_claims(chat::ChatModel& model, const CaptionFile& file,
                            const JudgeOptions& options, const GlobalOptions& global) {
  CaptionPass pass(file, options.images, "captions", global);
  const prompts::PromptSet prompts = prompts_of(options, model);
  Cutter cutter;
  visce::ClaimChecker checker(model, prompts, cutter.signature());
  ChecklistStudy study;
  study.signature = checker.signature();
  JudgeJournal journal(options, study.signature, global);
  serve_claims(journal, checker);
  const auto known = [](const SeenCaption&) { return false; };  // claims may be
  pass.run(known, [&](std::span<const SeenCaption> portion) {
    std::vector<ClaimedCaption> captions;
    std::vector<visce::ClaimCase> cases;
    for (const SeenCaption& one : portion) {
      captions.push_back(cutter.cut(one.caption, file.captions[one.caption]));
      captions.back().picture = one.seen.digest;
      for (const ClaimInCaption& claim : captions.back().said.claims) {
        cases.push_back({claim.claim, one.seen});
      }
    }
    const std::vector<CheckedClaim> checked = checker.check(cases);
    auto next = checked.begin();
    for (ClaimedCaption& caption : captions) {
      const auto end = next + static_cast<std::ptrdiff_t>(caption.said.claims.size());
      caption.checked.assign(next, end);
      next = end;
      const auto problem = std::ranges::find_if(caption.checked, [](const CheckedClaim& claim) {
        return claim.failure != chat::ChatFailure::kNone;
      });
      if (problem != caption.checked.end()) {
        pass.fail(caption.caption, problem->error);
      } else {
        study.captions.push_back(std::move(caption));
      }
    }
  });
  std::ranges::sort(study.captions, {}, &ClaimedCaption::caption);
  study.failed = pass.failed();
  count(study);
  journal.finish(study.failed, file.captions.size());
  return study;
}

}  // namespace vernier
