#include "runners/probe/groups/group_output.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "base/hash.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "runners/output/text_table.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

using probes::GroupVerdict;

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(part) / static_cast<double>(whole);
}

/// The first group by the second, in captions and in references.
double caption_ratio(const GroupStudy& study) {
  return ratio(study.shares[0].captions, study.shares[1].captions);
}
double reference_ratio(const GroupStudy& study) {
  return ratio(study.shares[0].references, study.shares[1].references);
}

std::string percent(double share) {
  return std::isfinite(share) ? fmt::format("{:.1f}", 100 * share) : "-";
}

std::string json(const GroupStudy& study) {
  std::string out = "{\"schema\":\"vernier.probe.groups/1\",\n \"counts\":{";
  append_json_count(out, "captions", study.file.captions.size());
  append_json_count(out, "undecided", study.undecided);
  append_json_count(out, "references", study.all_references);
  append_json_count(out, "empty_captions", study.file.empty);
  append_json_count(out, "repeated_captions", study.file.repeated);
  append_json_count(out, "extra_captions", study.extra);
  out += "},\n \"groups\":{";
  for (const GroupCounts& counts : study.counts) {
    append_json_key(out, counts.name);
    out.push_back('{');
    for (std::size_t v = 0; v < probes::kGroupVerdicts; ++v) {
      append_json_count(out, group_verdict_name(static_cast<GroupVerdict>(v)), counts.verdicts[v]);
    }
    append_json_member(out, "error", counts.error.rate);
    append_json_member(out, "low", counts.error.low);
    append_json_member(out, "high", counts.error.high);
    out.push_back('}');
  }
  out += "},\n \"scores\":{";
  append_json_member(out, "error", study.counts.back().error.rate);
  append_json_member(out, "caption_ratio", caption_ratio(study));
  append_json_member(out, "reference_ratio", reference_ratio(study));
  out += "}";
  std::string undefined = "{";
  if (!std::isfinite(study.counts.back().error.rate)) {
    append_json_member(undefined, "error", "no caption names a group of an image whose is known");
  }
  if (!std::isfinite(caption_ratio(study))) {
    append_json_member(undefined, "caption_ratio", "no caption names the second group");
  }
  if (!std::isfinite(reference_ratio(study))) {
    append_json_member(undefined, "reference_ratio", "no reference names the second group");
  }
  if (undefined.size() > 1) out += ",\n \"undefined\":" + undefined + "}";
  out += ",\n \"shares\":[";
  for (const GroupShare& share : study.shares) {
    out += out.back() == '[' ? "\n  {" : ",\n  {";
    append_json_member(out, "group", share.name);
    append_json_count(out, "captions", share.captions);
    append_json_count(out, "references", share.references);
    append_json_member(out, "caption_share", ratio(share.captions, study.file.captions.size()));
    append_json_member(out, "reference_share", ratio(share.references, study.all_references));
    out.push_back('}');
  }
  out += "]";
  append_json_member(out, "ids", study.id_rule);
  append_json_member(out, "signature", study.signature);
  return out + "}\n";
}

}  // namespace

std::string groups_text(const GroupStudy& study, OutputFormat format) {
  if (format == OutputFormat::kJson) return json(study);
  const bool markdown = format == OutputFormat::kMarkdown;
  const auto table = [&](const TextRows& rows, std::string_view sides) {
    return markdown ? markdown_table(rows, sides) : text_table(rows, sides);
  };
  TextRows rows = {{"references agree on", "captions", "right", "wrong", "mixed", "neutral",
                    "silent", "error %", "95 % interval"}};
  for (const GroupCounts& counts : study.counts) {
    std::vector<std::string>& row = rows.emplace_back();
    row = {printable(counts.name, 40), std::to_string(counts.all())};
    for (const std::uint64_t count : counts.verdicts) row.push_back(std::to_string(count));
    row.push_back(percent(counts.error.rate));
    row.push_back(std::isfinite(counts.error.rate)
                      ? percent(counts.error.low) + " to " + percent(counts.error.high)
                      : "-");
  }
  TextRows shares = {{"named", "captions", "%", "references", "%"}};
  for (const GroupShare& share : study.shares) {
    shares.push_back({printable(share.name, 40), std::to_string(share.captions),
                      percent(ratio(share.captions, study.file.captions.size())),
                      std::to_string(share.references),
                      percent(ratio(share.references, study.all_references))});
  }
  std::string notes = fmt::format(
      "{} by {}: {:.3f} in captions, {:.3f} in references\n"
      "{} captions are of images whose references do not agree on a group, or name none\n",
      printable(study.shares[0].name, 40), printable(study.shares[1].name, 40),
      caption_ratio(study), reference_ratio(study), study.undecided);
  if (study.extra > 0) {
    notes +=
        fmt::format("{} captions are of images without references and left out\n", study.extra);
  }
  notes += study.signature + "\n";
  return table(rows, "lrrrrrrrr") + "\n" + table(shares, "lrrrr") + "\n" +
         (markdown ? markdown_text(notes) : notes);
}

void write_groups_run(const std::string& path, const GroupStudy& study) {
  ProbeRun run;
  run.metrics = ratio_metrics({"group-words"}, study.signature);
  run.id_rule = study.id_rule;
  std::vector<std::size_t> judged;
  for (std::size_t i = 0; i < study.groups.size(); ++i) {
    if (study.groups[i]) judged.push_back(i);
  }
  run.counts = {{"scored", judged.size()},
                {"undecided", study.undecided},
                {"empty_candidate", study.file.empty},
                {"extra_candidate", study.extra},
                {"duplicate_candidate", study.file.repeated}};
  run.samples = judged.size();
  run.sample = [&](std::size_t n) {
    const std::size_t i = judged[n];
    const CaptionRecord& record = study.file.captions[i];
    const std::size_t group = *study.groups[i];
    ProbeSample sample;
    sample.id = record.id;
    sample.image_id = record.image_id;
    sample.candidate = record.text;
    sample.truth = hash_bytes(study.words.groups()[group]);
    std::string evidence = "{";
    append_json_member(evidence, "group", study.words.groups()[group]);
    append_json_key(evidence, "mentions");
    evidence.push_back('[');
    for (const probes::GroupMention& mention : study.mentions[i]) {
      if (mention.group == study.words.neutral()) continue;
      evidence += evidence.back() == '[' ? "{" : ",{";
      append_json_count(evidence, "start", mention.place.begin);
      append_json_count(evidence, "end", mention.place.end);
      append_json_member(evidence, "word", mention.word);
      append_json_member(evidence, "object", study.words.groups()[mention.group]);
      append_json_member(evidence, "verdict",
                         mention.group == group ? "supported" : "hallucinated");
      evidence.push_back('}');
    }
    sample.meta = meta_with(record.meta, "groups", evidence + "]}");
    const GroupVerdict verdict = judge_group(study.mentions[i], group, study.words);
    const bool wrong = verdict == GroupVerdict::kWrong || verdict == GroupVerdict::kMixed;
    sample.row = {1, wrong || verdict == GroupVerdict::kRight ? 1.0 : 0.0, wrong ? 1.0 : 0.0};
    return sample;
  };
  write_probe_run(path, run);
}

}  // namespace vernier
