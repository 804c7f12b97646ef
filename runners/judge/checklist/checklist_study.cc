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

#include "base/error.h"
#include "base/io/interrupt.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "judges/visce/shown_caption.h"
#include "metrics/spice/fast_parser.h"
#include "runners/judge/caption_order.h"
#include "runners/judge/ratings/rating_study.h"
#include "runners/model/answer_journal.h"
#include "runners/model/picture_folder.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

using visce::CheckedClaim;
using visce::ClaimVerdict;

// Claims and captions at a time: their pictures are in memory.
constexpr std::size_t kClaims = 256, kCaptions = 64;

ClaimVerdict verdict_of(std::string_view name) {
  for (const ClaimVerdict verdict : {ClaimVerdict::kSupported, ClaimVerdict::kUnsupported}) {
    if (visce::claim_verdict_name(verdict) == name) return verdict;
  }
  return ClaimVerdict::kUnparsed;
}

/// What was told before, and a place for what is told now: by picture and question.
class ClaimMemory {
 public:
  ClaimMemory(const JudgeOptions& options, const std::string& signature,
              const GlobalOptions& global) {
    const std::string& output = options.output;
    if (output.empty() || output == "-" || output_target(output).direct) return;
    journal_ =
        std::make_unique<AnswerJournal>(output + ".answers", signature, options.resume, global);
  }
  bool kept() const { return journal_ != nullptr; }

  void serve(visce::ClaimChecker& checker) {
    checker.known = [this](std::uint64_t picture, const std::string& question) {
      return find(key_of(picture, question));
    };
    checker.on_new = [this](std::uint64_t picture, const std::string& question,
                            const CheckedClaim& told) {
      add(key_of(picture, question), told);
      check_interrupt();
    };
  }
  void finish() {
    if (journal_) journal_->finish();
  }

 private:
  static std::string key_of(std::uint64_t picture, const std::string& question) {
    return fmt::format("{:016x} {}", picture, question);
  }
  std::optional<CheckedClaim> find(const std::string& key) const {
    const std::string* const text = journal_ ? journal_->find(key) : nullptr;
    if (text == nullptr) return std::nullopt;
    const auto json = nlohmann::json::parse(*text);
    CheckedClaim out;
    out.verdict = verdict_of(json.at("verdict").get<std::string>());
    if (!json.at("p_yes").is_null()) out.p_yes = json.at("p_yes").get<double>();
    out.mass = json.at("mass").get<double>();
    out.said = json.value("said", "");
    return out;
  }
  void add(const std::string& key, const CheckedClaim& told) {
    if (!journal_) return;
    std::string json = "{";
    append_json_member(json, "verdict", visce::claim_verdict_name(told.verdict));
    append_json_member(json, "p_yes", told.p_yes);
    append_json_member(json, "mass", told.mass);
    if (!told.said.empty()) append_json_member(json, "said", told.said);
    journal_->add(key, json + '}');
  }

  std::unique_ptr<AnswerJournal> journal_;
};

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

/// Captions whose claims wait for the model.
class Waiting {
 public:
  bool full() const { return cases_.size() >= kClaims || captions_.size() >= kCaptions; }
  bool empty() const { return captions_.empty(); }
  void add(ClaimedCaption caption, const visce::Seen& seen) {
    caption.picture = seen.digest;
    for (const ClaimInCaption& one : caption.said.claims) cases_.push_back({one.claim, seen});
    captions_.push_back(std::move(caption));
  }
  /// Calls done(caption, its first failed claim or null) for each.
  template <class Done>
  void check(visce::ClaimChecker& checker, Done done) {
    std::vector<CheckedClaim> checked = checker.check(cases_);
    std::size_t next = 0;
    for (ClaimedCaption& caption : captions_) {
      const CheckedClaim* failed = nullptr;
      for (std::size_t i = 0; i < caption.said.claims.size(); ++i) {
        CheckedClaim& claim = checked[next++];
        if (claim.failure != chat::ChatFailure::kNone && failed == nullptr) failed = &claim;
        caption.checked.push_back(claim);
      }
      done(std::move(caption), failed);
    }
    captions_.clear();
    cases_.clear();
  }

 private:
  std::vector<ClaimedCaption> captions_;
  std::vector<visce::ClaimCase> cases_;
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
  const PictureFolder folder(options.images);
  const prompts::PromptSet prompts = prompts_of(options, model);
  Cutter cutter;
  visce::ClaimChecker checker(model, prompts, cutter.signature());
  ChecklistStudy study;
  study.signature = checker.signature();
  ClaimMemory memory(options, study.signature, global);
  memory.serve(checker);
  std::vector<std::pair<std::size_t, Unanswered>> failed;
  Progress progress("captions", global.quiet);
  std::uint64_t done = 0;
  Waiting waiting;
  const auto check = [&] {
    waiting.check(checker, [&](ClaimedCaption caption, const CheckedClaim* problem) {
      const CaptionRecord& record = file.captions[caption.caption];
      progress.update(++done, file.captions.size());
      if (problem != nullptr) {
        failed.push_back({caption.caption, {record.id, problem->error}});
        return;
      }
      study.captions.push_back(std::move(caption));
    });
    check_interrupt();
  };
  visce::Seen seen;  // the last one
  std::string_view seen_id;
  for (const std::size_t i : by_image(file)) {
    const CaptionRecord& record = file.captions[i];
    ClaimedCaption caption = cutter.cut(i, record);
    try {
      if (seen.picture == nullptr || seen_id != record.image_id) {
        seen = visce::see(folder.load(record.image_id));
        seen_id = record.image_id;
      }
      waiting.add(std::move(caption), seen);
    } catch (const Error& error) {
      if (error.code() != ExitCode::kBadInput) throw;
      failed.push_back({i, {record.id, error.what()}});
      ++done;
    }
    if (waiting.full()) check();
  }
  if (!waiting.empty()) check();
  std::ranges::sort(study.captions, {}, &ClaimedCaption::caption);
  std::ranges::sort(failed, {}, &std::pair<std::size_t, Unanswered>::first);
  for (auto& one : failed) study.failed.push_back(std::move(one.second));
  count(study);
  check_failures(study.failed, file.captions.size(), options.model.most_failures,
                 memory.kept() ? printable(options.output, 200) + ".answers.part" : "", global);
  memory.finish();
  return study;
}

}  // namespace vernier
