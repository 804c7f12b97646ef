// What `vernier precision --model-b` prints, with numbers that tests know.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "results/report/printed/printed_json.h"
#include "tests/results/report_page.h"

namespace vernier::tests {

using Json = report::Json;

inline Json made_up_number(double value, double low, double high) {
  return {{"value", value}, {"low", low}, {"high", high}};
}

inline Json made_up_checkpoint(const std::string& label, const std::string& folder,
                               const std::string& precision, std::uint64_t bytes) {
  return {{"label", label},
          {"folder", "/models/" + folder + "/"},
          {"model", "model:" + folder + "|dtype:" + precision},
          {"precision", precision},
          {"bytes", bytes},
          {"layer_bytes", bytes / 2},
          {"bits_per_layer_weight", bytes > 8'000'000 ? 16.0 : 4.25},
          {"speed", {{"prompt_tokens_per_second", 33540.1}, {"new_tokens_per_second", 12.25}}}};
}

/// A rule that allows a loss; the gate's difference is below 0 for a loss.
inline Json made_up_rule(const std::string& metric, const std::string& verdict, double loss,
                         double low, double high, double allowed) {
  return {{"metric", metric},
          {"samples", 300},
          {"verdict", verdict},
          {"reason", "because"},
          {"max_drop", allowed},
          {"alpha", 0.05},
          {"baseline", 0},
          {"candidate", loss},
          {"difference", -loss},
          {"ci_low", -high},
          {"ci_high", -low},
          {"allowed", allowed},
          {"p", 0.5},
          {"p_holm", 0.5},
          {"mde", 0.1}};
}

inline Json made_up_score(double a, double b, double low, double high, bool less_is_better) {
  return {{"a", a},
          {"b", b},
          {"difference", b - a},
          {"ci_low", low},
          {"ci_high", high},
          {"standard_error", 0.01},
          {"p", 0.001},
          {"p_holm", 0.002},
          {"mde", 0.03},
          {"less_is_better", less_is_better},
          {"identical", false},
          {"signature", "s|v:1"}};
}

inline Json made_up_comparison(Json metrics) {
  const Json moved = Json::array({{{"id", "p7#3"},
                                   {"a", 83.2},
                                   {"b", 59.5},
                                   {"candidate_a", "A red dog."},
                                   {"candidate_b", "A red dog."}}});
  const Json back =
      Json::array({{{"id", "p9#1"}, {"a", 40}, {"b", 80}, {"candidate_b", "A blue dog."}}});
  return {{"a", "out/a.jsonl"},
          {"b", "out/b.jsonl"},
          {"samples", 300},
          {"clusters", 300},
          {"statistics", "bootstrap:bca|ar|resamples:10000|seed:1|alpha:0.05|power:0.8|v:1.0.0"},
          {"metrics", std::move(metrics)},
          {"moved",
           {{"score", "visce"},
            {"worse_count", 1},
            {"better_count", 1},
            {"same_count", 298},
            {"worse", moved},
            {"better", back}}}};
}

inline Json made_up_logits() {
  return {{"tokens", 4524},
          {"texts", 300},
          {"failed", 1},
          {"kl",
           {{"value", 0.009691},
            {"low", 0.007154},
            {"high", 0.014404},
            {"median", 0.0000876},
            {"p90", 0.00254},
            {"p99", 0.17},
            {"p99.9", 1.384},
            {"max", 5.49}}},
          {"same_top", made_up_number(0.9956, 0.9935, 0.9972)},
          {"delta_p", made_up_number(-0.00624, -0.00793, -0.00482)},
          {"delta_p_rms", made_up_number(0.0499, 0.0413, 0.0602)},
          {"delta_p_percentiles",
           {{"1", -0.1641},
            {"5", -0.0128},
            {"25", -0.0013},
            {"50", -0.00009},
            {"75", 0.0},
            {"95", 0.0003},
            {"99", 0.0109}}},
          {"perplexity_a", made_up_number(1.0302, 1.0226, 1.0408)},
          {"perplexity_b", made_up_number(1.0384, 1.0303, 1.0494)},
          {"log_perplexity_ratio", made_up_number(0.0079, 0.0048, 0.0127)},
          {"log_perplexity_ratio_error", 0.0019},
          {"mean_logit_difference", made_up_number(0.319, 0.313, 0.325)},
          {"largest_logit_difference", 10.8}};
}

inline Json made_up_captions() {
  return {
      {"pictures", 300},
      {"equal", 277},
      {"failed", 2},
      {"median_common_tokens", 14},
      {"mean_common_tokens", 13.04},
      {"median_gap", 3.98},
      {"near_ties", 1},
      {"examples",
       {{{"image_id", "p1"},
         {"a", "a red dog and a cat"},
         {"b", "a blue dog and a cat"},
         {"common_tokens", 1},
         {"gap", 1.9}},
        {{"image_id", "p2"},
         {"a", "a dog"},
         {"b", "a dog runs"},
         {"common_tokens", 2},
         {"gap", nullptr}}}},
      {"comparison",
       made_up_comparison({{"cider", made_up_score(5.3742, 5.3348, -0.0695, -0.0174, false)},
                           {"spice-fast/object", made_up_score(0.66, 0.65, -0.02, 0.01, false)}})}};
}

inline Json made_up_kind(const std::string& kind, int questions, int right_a, int broken,
                         int repaired, double p) {
  return {{"kind", kind},
          {"questions", questions},
          {"right_a", right_a},
          {"right_b", right_a - broken + repaired},
          {"right_to_wrong", broken},
          {"wrong_to_right", repaired},
          {"changed", broken + repaired},
          {"p", p}};
}

inline Json made_up_flip(const std::string& id, const std::string& a, const std::string& b,
                         const std::string& right, bool broken) {
  return {{"id", id},
          {"image_id", "p3"},
          {"meta", {{"kind", "count"}, {"question", "How many dogs?"}, {"label", right}}},
          {"a", a},
          {"b", b},
          {"flip", broken ? "right_to_wrong" : "wrong_to_right"}};
}

inline Json made_up_answers() {
  return {
      {"kinds",
       {made_up_kind("existence", 300, 295, 2, 0, 0.5),
        made_up_kind("count", 300, 290, 9, 3, 0.146), made_up_kind("all", 600, 585, 11, 3, 0.057)}},
      {"examples",
       {made_up_flip("count/p3/1", "2", "3", "2", true),
        made_up_flip("count/p3/2", "4", "5", "5", false)}},
      {"comparison",
       made_up_comparison({{"right", made_up_score(0.975, 0.9617, -0.02, -0.01, false)},
                           {"answers-changed", made_up_score(0, 0.0233, 0.01, 0.03, true)}})}};
}

inline Json made_up_verdicts() {
  return {
      {"captions", 2759},
      {"unparsed_a", 0},
      {"unparsed_b", 3},
      {"tau", 0.9358},
      {"pearson", 0.99854},
      {"largest", 39.7},
      {"people",
       {{"ratings", 2759},
        {"tau_a", made_up_number(0.9241, 0.9188, 0.9289)},
        {"tau_b", made_up_number(0.9205, 0.915, 0.9256)},
        {"change", made_up_number(-0.0037, -0.0071, -0.0006)},
        {"p", 0.028}}},
      {"comparison",
       made_up_comparison({{"visce", made_up_score(67.84, 67.87, -0.05, 0.1, false)},
                           {"verdicts-moved", made_up_score(0, 0.5727, 0.5071, 0.6601, true)}})}};
}

inline Json made_up_units() {
  const auto unit = [](const char* name, double kl) {
    return Json{{"name", name}, {"kl", kl}, {"same_top", 0.99}};
  };
  return {{"texts", 64},
          {"changed",
           {unit("language layer 10, mlp", 0.0119), unit("language layer 2, attention", 0.0022),
            unit("language layer 2, mlp", 0.0005), unit("vision layer 1", 0.0001)}},
          {"equal",
           {"projector", "vision embeddings", "vision layer 2", "vision layer 0", "vision layer 3",
            "language layer 0, mlp", "language layer 1, mlp"}}};
}

/// One candidate, everything measured, within the gate.
inline Json made_up_pair(const std::string& label, const std::string& folder) {
  return {{"b", made_up_checkpoint(label, folder, "int4-g128-awq", 2'327'168)},
          {"logits", made_up_logits()},
          {"captions", made_up_captions()},
          {"answers", made_up_answers()},
          {"verdicts", made_up_verdicts()},
          {"units", made_up_units()},
          {"skipped", Json::array()},
          {"gate",
           {{"schema", "vernier.gate/1"},
            {"verdict", "pass"},
            {"exit_code", 0},
            {"baseline", "out/b/logits.a.run.jsonl"},
            {"candidate", "out/b/logits.b.run.jsonl"},
            {"policy", "the usual bounds"},
            {"samples", 5216},
            {"clusters", 300},
            {"statistics", "bootstrap:bca|resamples:10000|seed:1|alpha:0.1|power:0.8|v:1.0.0"},
            {"rules",
             {made_up_rule("kl", "pass", 0.009, 0.0075, 0.0135, 0.03),
              made_up_rule("top-changed", "pass", 0.0044, 0.0031, 0.0061, 0.05)}}}}};
}

inline Json made_up_precision(const std::vector<Json>& pairs = {made_up_pair("b", "int4")}) {
  return {{"schema", "vernier.precision.checkpoints/1"},
          {"data", {{"pictures", 300}, {"texts", 300}, {"questions", 600}, {"candidates", 2759}}},
          {"a", made_up_checkpoint("a", "fp16", "F16", 16'000'000)},
          {"pairs", pairs}};
}

/// The only candidate of a document.
inline Json& only_pair(Json& document) { return document["pairs"][0]; }

inline std::string precision_page(const std::vector<std::string>& documents,
                                  std::span<const Run> runs = {}) {
  return page_of_printed(&report::Options::precisions, "p", documents, runs);
}
inline std::string precision_page(const Json& document) {
  return precision_page(std::vector{document.dump()});
}

}  // namespace vernier::tests
