#include "results/report/precision/reading/precision_levels.h"

#include <algorithm>
#include <charconv>

#include "metrics/aggregate/signature_options.h"

namespace vernier::report {
namespace {

// Of lists. The command writes far fewer.
constexpr std::size_t kMostExamples = 1000, kMostScores = 500, kMostUnits = 5000;

PrecisionNumber number_in(const PrintedPart& part, std::string_view key) {
  const PrintedPart number = part.object(key);
  return {number.number("value"), number.number("low"), number.number("high")};
}

/// A number that a signature states.
double stated(const PrintedPart& part, std::string_view signature, std::string_view key) {
  const std::string_view text = signature_field(signature, key).value_or("");
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value > 0 && value < 1)) {
    part.refuse("statistics", "a signature with alpha:0.05 and power:0.8, or the like");
  }
  return value;
}

ScoreDifference score_of(const std::string& name, const PrintedPart& part) {
  ScoreDifference out{};
  out.score.name = name;
  out.score.a = part.number("a");
  out.score.b = part.number("b");
  out.score.less_is_better = part.flag("less_is_better");
  out.score.signature = part.text("signature");
  out.difference = part.number("difference");
  out.interval = {part.number("ci_low"), part.number("ci_high")};
  out.standard_error = part.number("standard_error");
  out.p = part.number("p");
  out.p_holm = part.number("p_holm");
  out.detectable = part.number("mde");
  out.identical = part.flag("identical");
  return out;
}

std::vector<PrecisionMoved> moved_in(const PrintedPart& part, std::string_view key) {
  std::vector<PrecisionMoved> out;
  for (const PrintedPart& one : part.list(key, kMostExamples)) {
    out.push_back(
        {one.text("id"), one.text_or_none("candidate_b"), one.number("a"), one.number("b")});
  }
  return out;
}

PrecisionComparison comparison_in(const PrintedPart& level) {
  const PrintedPart part = level.object("comparison");
  PrecisionComparison out;
  out.numbers.samples = part.count("samples");
  out.numbers.clusters = part.count("clusters");
  out.numbers.signature = part.text("statistics");
  out.numbers.alpha = stated(part, out.numbers.signature, "alpha");
  out.numbers.power = stated(part, out.numbers.signature, "power");
  for (const auto& [name, score] : part.objects("metrics", kMostScores)) {
    out.numbers.scores.push_back(score_of(name, score));
  }
  const PrintedPart moved = part.object("moved");
  out.worse = moved_in(moved, "worse");
  out.better = moved_in(moved, "better");
  return out;
}

PrecisionAnswers::Example flipped_of(const PrintedPart& part) {
  PrecisionAnswers::Example out;
  out.id = part.text("id");
  out.image_id = part.text("image_id");
  const PrintedPart meta = part.object("meta");
  out.question = meta.text_or_none("question");
  out.right = meta.text_or_none("label");
  out.a = part.text("a");
  out.b = part.text("b");
  const std::string flip = part.text("flip");
  if (flip != "right_to_wrong" && flip != "wrong_to_right") {
    part.refuse("flip", "right_to_wrong or wrong_to_right");
  }
  out.broken = flip == "right_to_wrong";
  return out;
}

}  // namespace

const ScoreDifference* PrecisionComparison::score(const std::string& name) const {
  const auto found = std::ranges::find_if(
      numbers.scores, [&](const ScoreDifference& d) { return d.score.name == name; });
  return found == numbers.scores.end() ? nullptr : &*found;
}

PrecisionLogits read_logits(const PrintedPart& part) {
  PrecisionLogits out;
  out.tokens = part.count("tokens");
  out.texts = part.count("texts");
  out.failed = part.count("failed");
  out.kl = number_in(part, "kl");
  const PrintedPart kl = part.object("kl");
  out.median = kl.number("median");
  out.p90 = kl.number("p90");
  out.p99 = kl.number("p99");
  out.p999 = kl.number("p99.9");
  out.max = kl.number("max");
  out.same_top = number_in(part, "same_top");
  out.delta_p = number_in(part, "delta_p");
  out.delta_p_rms = number_in(part, "delta_p_rms");
  out.delta_p_percentiles = part.numbers("delta_p_percentiles", 20);
  out.perplexity_a = number_in(part, "perplexity_a");
  out.perplexity_b = number_in(part, "perplexity_b");
  out.log_ratio = number_in(part, "log_perplexity_ratio");
  out.logit_difference = number_in(part, "mean_logit_difference");
  out.largest_logit_difference = part.number("largest_logit_difference");
  return out;
}

PrecisionCaptions read_caption_level(const PrintedPart& part) {
  PrecisionCaptions out;
  out.pictures = part.count("pictures");
  out.equal = part.count("equal");
  out.failed = part.count("failed");
  out.near_ties = part.count("near_ties");
  if (out.equal > out.pictures || out.failed > out.pictures - out.equal) {
    part.refuse("equal", "no more captions than pictures");
  }
  out.median_common = part.number("median_common_tokens");
  out.median_gap = part.number("median_gap");
  for (const PrintedPart& example : part.list("examples", kMostExamples)) {
    out.examples.push_back(
        {example.text("image_id"), example.text("a"), example.text("b"), example.number("gap")});
  }
  if (part.has("comparison")) out.comparison = comparison_in(part);
  return out;
}

PrecisionAnswers read_answers(const PrintedPart& part) {
  PrecisionAnswers out;
  for (const PrintedPart& kind : part.list("kinds", kMostScores)) {
    out.kinds.push_back({kind.text("kind"), kind.count("questions"), kind.count("right_a"),
                         kind.count("right_b"), kind.count("right_to_wrong"),
                         kind.count("wrong_to_right"), kind.count("changed"), kind.number("p")});
  }
  for (const PrintedPart& example : part.list("examples", kMostExamples)) {
    out.examples.push_back(flipped_of(example));
  }
  out.comparison = comparison_in(part);
  return out;
}

PrecisionVerdicts read_verdicts(const PrintedPart& part) {
  PrecisionVerdicts out;
  out.captions = part.count("captions");
  out.unparsed_a = part.count("unparsed_a");
  out.unparsed_b = part.count("unparsed_b");
  out.tau = part.number("tau");
  out.pearson = part.number("pearson");
  out.largest = part.number_or_none("largest");
  if (part.has("people")) {
    const PrintedPart people = part.object("people");
    out.people = {people.count("ratings"), number_in(people, "tau_a"), number_in(people, "tau_b"),
                  number_in(people, "change"), people.number("p")};
  }
  out.comparison = comparison_in(part);
  return out;
}

PrecisionUnits read_units(const PrintedPart& part) {
  PrecisionUnits out;
  out.texts = part.count("texts");
  for (const PrintedPart& unit : part.list("changed", kMostUnits)) {
    out.changed.push_back({unit.text("name"), unit.number("kl"), unit.number("same_top")});
  }
  std::ranges::stable_sort(
      out.changed, std::ranges::greater(), [](const PrecisionUnits::Unit& unit) {
        return unit.kl == unit.kl ? unit.kl : -std::numeric_limits<double>::infinity();
      });
  out.equal = part.texts("equal", kMostUnits);
  return out;
}

}  // namespace vernier::report
