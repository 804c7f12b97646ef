#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/json_text.h"
#include "runners/judge/checklist/checklist_study.h"
#include "runners/judge/judged_output.h"

namespace vernier {
namespace {

std::vector<double> row_of(const ClaimedCaption& one) {
  const ClaimedCaption::Scores scores = one.scores().value_or(ClaimedCaption::Scores{});
  return {scores.claims, scores.sentences};
}

/// Bytes of a text (valid UTF-8) in code points.
std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

void append_claim(std::string& out, const ClaimInCaption& claim, const visce::CheckedClaim& checked,
                  std::string_view caption) {
  if (out.back() != '[') out += ',';
  out += '{';
  if (claim.begin < claim.end) {
    const std::size_t start = code_points(caption.substr(0, claim.begin));
    append_json_count(out, "start", start);
    append_json_count(out, "end",
                      start + code_points(caption.substr(claim.begin, claim.end - claim.begin)));
  }
  append_json_member(out, "object", claim.claim.text());
  append_json_member(out, "kind", visce::claim_kind_name(claim.claim.kind));
  append_json_member(out, "verdict", visce::claim_verdict_name(checked.verdict));
  append_json_member(out, "p_yes", checked.p_yes);
  append_json_member(out, "mass", checked.mass);
  if (!checked.said.empty()) append_json_member(out, "said", checked.said);
  append_json_count(out, "sentence", claim.sentence + std::uint64_t{1});
  out += '}';
}

/// As results/evidence reads it: reports and curves show what was not supported.
std::string evidence_of_claims(const ClaimedCaption& one, std::string_view caption) {
  std::string out = "{\"mentions\":[";
  for (std::size_t i = 0; i < one.checked.size(); ++i) {
    append_claim(out, one.said.claims[i], one.checked[i], caption);
  }
  out += ']';
  append_json_count(out, "sentences", one.said.sentences);
  std::vector<std::string_view> flags;
  if (one.checked.empty()) flags.emplace_back("no-claims");
  if (one.truncated) flags.emplace_back("truncated");
  if (one.said.refused > 0) flags.emplace_back("sentences-too-long");
  append_json_key(out, "flags");
  append_json_strings(out, flags);
  return out + '}';
}

void write_verdicts(const ChecklistStudy& study, const CaptionFile& file, const std::string& path) {
  VerdictFile output(path, study.signature,
                     {{"captions", study.captions.size()},
                      {"claims", study.claims},
                      {"unparsed", study.unparsed},
                      {"failed", study.failed.size()}});
  for (const ClaimedCaption& one : study.captions) {
    const CaptionRecord& caption = file.captions[one.caption];
    const std::optional<ClaimedCaption::Scores> scores = one.scores();
    std::string line = VerdictFile::begin(caption);
    append_json_member(line, "status", scores ? "ok" : "unparsed");
    append_json_member(line, "score", scores ? scores->claims : std::nan(""));
    append_json_member(line, "sentences", scores ? scores->sentences : std::nan(""));
    append_json_key(line, "checklist");
    line += evidence_of_claims(one, caption.text);
    append_json_member(line, "image", fmt::format("{:016x}", one.picture));
    output.add(line);
  }
  output.finish(study.failed);
}

void refuse_unparsed(const ChecklistStudy& study, const JudgeOptions& options) {
  if (static_cast<double>(study.unparsed) <=
      options.most_unparsed * static_cast<double>(study.claims)) {
    return;
  }
  throw Error(ExitCode::kIncomplete,
              fmt::format("{} of {} claims were answered by neither yes nor no, more than "
                          "--max-unparsed {} allows: the model does not answer as it is asked to; "
                          "no run is written",
                          study.unparsed, study.claims, options.most_unparsed));
}

}  // namespace

ScoreReport finish_checklist(const ChecklistStudy& study, const CaptionFile& file,
                             const JudgeOptions& options) {
  std::vector<const ClaimedCaption*> scored;
  for (const ClaimedCaption& one : study.captions) {
    if (one.scores()) scored.push_back(&one);
  }
  if (!options.verdicts.empty()) write_verdicts(study, file, options.verdicts);
  refuse_unparsed(study, options);
  ProbeRun run;
  run.metrics = {mean_score("checklist", study.signature),
                 mean_score("checklist-sentences", study.signature)};
  run.samples = scored.size();
  run.counts = caption_counts(file, scored.size(), 0);
  run.counts.push_back({"claims", study.claims});
  run.counts.push_back({"supported", study.supported});
  run.counts.push_back({"unparsed", study.unparsed});
  run.counts.push_back({"no_claims", study.no_claims});
  run.counts.push_back({"failed", study.failed.size()});
  run.sample = [&](std::size_t i) {
    const ClaimedCaption& one = *scored[i];
    const CaptionRecord& caption = file.captions[one.caption];
    ProbeSample sample = sample_of(caption);
    sample.meta = meta_with(caption.meta, "checklist", evidence_of_claims(one, caption.text));
    sample.truth = one.picture;
    sample.row = row_of(one);
    return sample;
  };
  ScoreReport report = report_run(run, file, options.output);
  warn(report, study.failed.size(), "captions got no verdict and are left out");
  warn(report, study.captions.size() - scored.size(),
       "captions have claims that were all answered by neither yes nor no, and are left out");
  warn(report, study.unparsed, "claims were answered by neither yes nor no and are left out");
  warn(report, study.no_claims, "captions claim nothing that can be checked and score 0");
  return report;
}

}  // namespace vernier
