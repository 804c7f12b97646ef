#include <fmt/format.h>

#include <cmath>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/compare/compare_output.h"
#include "runners/gate/gate_output.h"
#include "runners/precision/checkpoints/output/checkpoints_output.h"
#include "runners/precision/checkpoints/output/summaries.h"

namespace vernier {
namespace {

constexpr std::size_t kExamples = 24;

void open(std::string& out, std::string_view key) {
  append_json_key(out, key);
  out.push_back('{');
}

void append_mean(std::string& out, std::string_view key, const ClusteredMean& mean) {
  open(out, key);
  append_json_member(out, "value", mean.value);
  append_json_member(out, "low", mean.low);
  append_json_member(out, "high", mean.high);
  out.push_back('}');
}

void append_facts(std::string& out, const CheckpointFacts& facts) {
  append_json_member(out, "label", facts.label);
  append_json_member(out, "folder", facts.source);
  append_json_member(out, "model", facts.signature);
  append_json_member(out, "precision", facts.precision);
  append_json_count(out, "bytes", facts.bytes);
  append_json_count(out, "layer_bytes", facts.layer_bytes);
  append_json_member(out, "bits_per_layer_weight", layer_bits(facts));
  if (!facts.speed) return;
  open(out, "speed");
  append_json_member(out, "prompt_tokens_per_second", facts.speed->prompt_tokens_per_second);
  append_json_member(out, "new_tokens_per_second", facts.speed->new_tokens_per_second);
  if (std::isfinite(facts.speed->joules_per_new_token)) {
    append_json_member(out, "joules_per_new_token", facts.speed->joules_per_new_token);
  }
  out.push_back('}');
}

void append_logits(std::string& out, const TextLevel& texts) {
  const LogitSummary& s = texts.summary;
  open(out, "logits");
  append_json_count(out, "tokens", s.places);
  append_json_count(out, "texts", s.clusters);
  append_json_count(out, "failed", texts.errors.size());
  open(out, "kl");
  append_json_member(out, "value", s.kl.value);
  append_json_member(out, "low", s.kl.low);
  append_json_member(out, "high", s.kl.high);
  append_json_member(out, "median", s.kl_median);
  append_json_member(out, "p90", s.kl_90);
  append_json_member(out, "p99", s.kl_99);
  append_json_member(out, "p99.9", s.kl_999);
  append_json_member(out, "max", s.kl_max);
  out.push_back('}');
  append_mean(out, "same_top", s.same_top);
  append_mean(out, "delta_p", s.delta_p);
  append_mean(out, "delta_p_rms", s.delta_p_rms);
  open(out, "delta_p_percentiles");
  for (std::size_t i = 0; i < LogitSummary::kPercentiles.size(); ++i) {
    append_json_member(out, fmt::format("{:g}", LogitSummary::kPercentiles[i]),
                       s.delta_p_percentiles[i]);
  }
  out.push_back('}');
  append_mean(out, "perplexity_a", s.perplexity_a);
  append_mean(out, "perplexity_b", s.perplexity_b);
  append_mean(out, "log_perplexity_ratio", s.log_ratio);
  append_json_member(out, "log_perplexity_ratio_error", s.log_ratio_error);
  append_mean(out, "mean_logit_difference", s.mean_delta);
  append_json_member(out, "largest_logit_difference", s.max_delta);
  out.push_back('}');
}

void append_captions(std::string& out, const CaptionLevel& level, const LevelRuns* runs) {
  const CaptionAgreement agreement = caption_agreement(level);
  open(out, "captions");
  append_json_count(out, "pictures", agreement.pictures);
  append_json_count(out, "equal", agreement.equal);
  append_json_count(out, "failed", agreement.failed);
  append_json_member(out, "median_common_tokens", agreement.median_common);
  append_json_member(out, "mean_common_tokens", agreement.mean_common);
  append_json_member(out, "median_gap", agreement.median_gap);
  append_json_count(out, "near_ties", agreement.near_ties);
  append_json_key(out, "examples");
  out.push_back('[');
  std::size_t shown = 0;
  for (const CaptionLevel::Picture& picture : level.pictures) {
    if (picture.pair.equal || !picture.pair.error.empty() || shown++ >= kExamples) continue;
    out += out.back() == '[' ? "\n{" : ",\n{";
    append_json_member(out, "image_id", picture.image_id);
    append_json_member(out, "a", picture.pair.text_a);
    append_json_member(out, "b", picture.pair.text_b);
    append_json_count(out, "common_tokens", picture.pair.common);
    append_json_member(out, "gap", picture.pair.gap_a);
    out.push_back('}');
  }
  out.push_back(']');
  if (runs != nullptr) {
    open(out, "comparison");
    append_comparison(out, runs->compared);
    out.push_back('}');
  }
  out.push_back('}');
}

void append_answers(std::string& out, const LevelRuns& runs) {
  open(out, "answers");
  append_json_key(out, "kinds");
  out.push_back('[');
  for (const KindFlips& kind : kind_flips(runs)) {
    out += out.back() == '[' ? "\n{" : ",\n{";
    append_json_member(out, "kind", kind.kind);
    append_json_count(out, "questions", kind.questions);
    append_json_count(out, "right_a", kind.right_a);
    append_json_count(out, "right_b", kind.right_b);
    append_json_count(out, "right_to_wrong", kind.broken);
    append_json_count(out, "wrong_to_right", kind.repaired);
    append_json_count(out, "changed", kind.changed);
    append_json_member(out, "p", kind.p);
    out.push_back('}');
  }
  out += "],\n\"examples\":[";
  const PairedRuns& pair = runs.runs;
  std::size_t shown = 0;
  for (const Flips& flips : runs.changes.flips) {
    if (flips.score != "right") continue;
    for (const auto* list : {&flips.broken, &flips.repaired}) {
      for (const std::size_t n : *list) {
        if (shown++ >= 2 * kExamples) break;
        const Run::Sample &a = pair.a().samples()[n], &b = pair.b().samples()[pair.partner(n)];
        out += out.back() == '[' ? "\n{" : ",\n{";
        append_json_member(out, "id", a.id);
        append_json_member(out, "image_id", a.image_id);
        append_json_key(out, "meta");
        out += a.meta;
        append_json_member(out, "a", a.candidate);
        append_json_member(out, "b", b.candidate);
        append_json_member(out, "flip",
                           list == &flips.broken ? "right_to_wrong" : "wrong_to_right");
        out.push_back('}');
      }
    }
  }
  out += "],\n\"comparison\":{";
  append_comparison(out, runs.compared);
  out += "}}";
}

void append_verdicts(std::string& out, const CheckpointPair& pair) {
  const VerdictLevel& level = *pair.verdicts;
  open(out, "verdicts");
  append_json_count(out, "captions", level.captions);
  append_json_count(out, "unparsed_a", level.unparsed_a);
  append_json_count(out, "unparsed_b", level.unparsed_b);
  append_json_member(out, "tau", level.tau);
  append_json_member(out, "pearson", level.pearson);
  for (const Shift& shift : pair.verdict_runs->changes.shifts) {
    if (shift.score == "visce") append_json_member(out, "largest", shift.largest);
  }
  if (pair.people) {
    const Agreement& people = *pair.people;
    open(out, "people");
    append_json_count(out, "ratings", people.n);
    const auto estimate = [&](const char* key, std::size_t score) {
      const Estimate& tau = people.scores[score].estimates[kTauB];
      append_mean(out, key, {tau.value, tau.interval.low, tau.interval.high});
    };
    estimate("tau_a", 0);
    estimate("tau_b", 1);
    const AgreementDifference::Of& of = people.differences[0].of[kTauB];
    append_mean(out, "change", {-of.difference, -of.interval.high, -of.interval.low});
    append_json_member(out, "p", of.p);
    out.push_back('}');
  }
  open(out, "comparison");
  append_comparison(out, pair.verdict_runs->compared);
  out += "}}";
}

void append_units(std::string& out, const CheckpointPair& pair) {
  open(out, "units");
  append_json_count(out, "texts", pair.unit_texts);
  append_json_key(out, "changed");
  out.push_back('[');
  for (const logits::UnitSensitivity& unit : pair.units->units) {
    out += out.back() == '[' ? "\n{" : ",\n{";
    append_json_member(out, "name", unit.name);
    append_json_member(out, "kl", unit.kl);
    append_json_member(out, "same_top", unit.same_top);
    out.push_back('}');
  }
  out += "]";
  append_json_key(out, "equal");
  std::vector<std::string> equal;
  for (const logits::ModelUnit& unit : pair.units->equal) equal.push_back(logits::name_of(unit));
  append_json_strings(out, equal);
  out.push_back('}');
}

void append_pair(std::string& out, const CheckpointPair& pair) {
  open(out, "b");
  append_facts(out, pair.b);
  out.push_back('}');
  if (pair.texts) append_logits(out, *pair.texts);
  if (pair.captions) append_captions(out, *pair.captions, pair.caption_runs.get());
  if (pair.answer_runs) append_answers(out, *pair.answer_runs);
  if (pair.verdict_runs) append_verdicts(out, pair);
  if (pair.units) append_units(out, pair);
  append_json_key(out, "skipped");
  out.push_back('[');
  for (const auto& [level, reason] : pair.skipped) {
    out += out.back() == '[' ? "{" : ",{";
    append_json_member(out, "level", level);
    append_json_member(out, "reason", reason);
    out.push_back('}');
  }
  out += "],\n\"gate\":" + gate_json(pair.gate);
}

}  // namespace

std::string checkpoints_json(const CheckpointsStudy& study) {
  std::string out = "{\"schema\":\"vernier.precision.checkpoints/1\"";
  open(out, "data");
  append_json_count(out, "pictures", study.pictures);
  append_json_count(out, "texts", study.texts);
  append_json_count(out, "questions", study.questions);
  append_json_count(out, "candidates", study.candidates);
  out += "},\n";
  out += "\"a\":{";
  append_facts(out, study.a);
  out += "},\n\"pairs\":[";
  for (const CheckpointPair& pair : study.pairs) {
    out += out.back() == '[' ? "\n{" : ",\n{";
    append_pair(out, pair);
    out.push_back('}');
  }
  return out + "]}\n";
}

}  // namespace vernier
