// What both expect at each next token.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "results/report/charts/cells/strip.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/precision/charts/log_scale.h"
#include "results/report/precision/levels/levels.h"

namespace vernier::report {
namespace {

/// Published numbers to compare with: what llama.cpp's perplexity tool with --kl-divergence gave
/// for one language model of 8 billion weights.
struct Yardstick {
  int bits;
  double kl, same_top;
};
constexpr std::array kYardsticks = {Yardstick{8, 0.00024, 0.992}, Yardstick{5, 0.0047, 0.965},
                                    Yardstick{3, 0.066, 0.887}};
constexpr std::string_view kPublished = "<small>published, ◇</small>";

std::string lines(const std::string& inside) {
  return "<div class=\"strips\">\n" + inside + "</div>\n";
}

std::string bits_text(const Yardstick& yardstick) { return fmt::format("{} bits", yardstick.bits); }

/// What the gate allows of a score that is 0 where nothing changes; infinite: everything.
double allowed_by(const PrecisionGate& gate, const char* metric) {
  const PrecisionRule* rule = gate.rule(metric);
  return rule != nullptr && rule->worse && rule->allowed > 0 ? rule->allowed : INFINITY;
}

std::string quantile_line(std::string_view what, double value, const Decades& decades,
                          const StripScale& scale, std::string_view tone) {
  const StripMark mark{MarkShape::kBar, decades.exponent(value), NAN, NAN, {}};
  const bool drawn = std::isfinite(value);
  return strip_line(what, strip_svg(scale, std::span(&mark, drawn ? 1 : 0), tone),
                    significant_text(value));
}

std::string kl_yardsticks(const Decades& decades, const StripScale& scale) {
  std::vector<StripMark> marks;
  std::string text;
  for (const Yardstick& one : kYardsticks) {
    marks.push_back({MarkShape::kDiamond, decades.exponent(one.kl), NAN, NAN, bits_text(one)});
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", bits_text(one),
                        significant_text(one.kl, 2));
  }
  return strip_line(kPublished, strip_svg(scale, marks, "plain"), "<small>" + text + "</small>");
}

void append_kl(std::string& out, const PairView& view, const PrecisionLogits& logits) {
  std::vector<double> values = {
      logits.kl.low, logits.kl.value, logits.median,          logits.p90,           logits.p99,
      logits.p999,   logits.max,      kYardsticks.front().kl, kYardsticks.back().kl};
  const double allowed = allowed_by(view.pair().gate, "kl");
  values.push_back(allowed);
  const Decades decades = decades_of(values);
  StripScale scale = strip_scale(decades);
  StripScale with_bound = scale;
  if (std::isfinite(allowed)) with_bound.allowed = {-INFINITY, decades.exponent(allowed)};
  const StripMark mean{MarkShape::kDot,
                       decades.exponent(logits.kl.value),
                       std::isfinite(logits.kl.low) ? decades.exponent(logits.kl.low) : NAN,
                       std::isfinite(logits.kl.high) ? decades.exponent(logits.kl.high) : NAN,
                       {}};
  std::string rows = strip_line("", strip_words_svg(decades), "<small>nats a token</small>");
  rows += strip_line(
      "mean",
      strip_svg(with_bound, std::span(&mean, std::isfinite(logits.kl.value) ? 1 : 0), view.tone()),
      interval_html(logits.kl));
  const struct {
    const char* what;
    double value;
  } quantiles[] = {{"50 % are below", logits.median},
                   {"90 % are below", logits.p90},
                   {"99 % are below", logits.p99},
                   {"99.9 % are below", logits.p999},
                   {"largest", logits.max}};
  for (const auto& [what, value] : quantiles) {
    rows += quantile_line(what, value, decades, scale, view.tone());
  }
  rows += kl_yardsticks(decades, scale);
  out += fmt::format(
      "<h4>KL divergence</h4>\n<p>How far {}'s probabilities of the next token lie from {}'s, at "
      "each token of {}: 0 where they are the same; 0.01 changes little, beyond 1 the two expect "
      "different words. Each step of the scale is ten times the one before.</p>\n",
      view.badge_b(), view.badge_a(), counted(logits.texts, "caption") + " that people wrote");
  out += lines(rows);
}

void append_same_top(std::string& out, const PairView& view, const PrecisionLogits& logits) {
  const PrecisionNumber percent = logits.same_top.times(100);
  std::vector<double> values = {percent.value, percent.low, percent.high, 100};
  for (const Yardstick& one : kYardsticks) values.push_back(100 * one.same_top);
  const double allowed = allowed_by(view.pair().gate, "top-changed");
  const auto least = std::isfinite(allowed) ? std::optional(100 * (1 - allowed)) : std::nullopt;
  const StripScale scale = strip_scale(values, least, std::nullopt, 100.0);
  const StripMark own{MarkShape::kDot, percent.value, percent.low, percent.high, {}};
  std::vector<StripMark> marks;
  std::string text;
  for (const Yardstick& one : kYardsticks) {
    marks.push_back({MarkShape::kDiamond, 100 * one.same_top, NAN, NAN, bits_text(one)});
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", bits_text(one),
                        number_text(100 * one.same_top, 1));
  }
  StripScale plain = scale;
  plain.allowed.reset();
  std::vector<StripWord> words = {{100, "100"}};
  if (least) words.push_back({*least, fmt::format("{:g}", *least)});
  out += fmt::format(
      "<h4>Same likeliest token</h4>\n<p>At how many of {} both hold the same token for the "
      "likeliest: where they do not, greedy decoding writes another word.</p>\n",
      counted(logits.tokens, "token"));
  out += lines(
      strip_line("", strip_words_svg(scale, words), "<small>%</small>") +
      strip_line("tokens", strip_svg(scale, std::span(&own, 1), view.tone()),
                 interval_html(percent, 2)) +
      strip_line(kPublished, strip_svg(plain, marks, "plain"), "<small>" + text + "</small>"));
}

void append_delta_p(std::string& out, const PairView& view, const PrecisionLogits& logits) {
  out += fmt::format(
      "<h4>Probability of the word that the person wrote</h4>\n<p>What {} gives it less what {} "
      "gives "
      "it, in points of 100: on average {}, typically {} (root mean square) either way. The table "
      "says by how much it changes at most for so many of 100 tokens: large losses stand on the "
      "left, "
      "large gains on the right.</p>\n",
      view.badge_b(), view.badge_a(), interval_html(logits.delta_p.times(100), 2),
      interval_html(logits.delta_p_rms.times(100), 2));
  std::vector<Column> columns = {{"of 100 tokens"}};
  std::vector<std::string> cells = {"points"};
  for (const auto& [percent, value] : logits.delta_p_percentiles) {
    columns.push_back({html(percent), true});
    cells.push_back(signed_text(100 * value, 2));
  }
  Table table("Change of probability, percentiles", std::move(columns));
  table.row(cells);
  out += table.finish();
}

void append_perplexity(std::string& out, const PairView& view, const PrecisionLogits& logits) {
  const PrecisionNumber &a = logits.perplexity_a, &b = logits.perplexity_b;
  const double values[] = {a.value, a.low, a.high, b.value, b.low, b.high};
  const StripScale scale = strip_scale(values, std::nullopt, std::nullopt, std::nullopt);
  const PrecisionNumber ratio = {std::exp(logits.log_ratio.value), std::exp(logits.log_ratio.low),
                                 std::exp(logits.log_ratio.high)};
  const auto line = [&](const std::string& badge, const PrecisionNumber& number,
                        std::string_view tone) {
    const StripMark mark{MarkShape::kDot, number.value, number.low, number.high, {}};
    return strip_line(badge, strip_svg(scale, std::span(&mark, 1), tone), interval_html(number, 4));
  };
  out += fmt::format(
      "<h4>Perplexity</h4>\n<p>Among how many equally likely tokens each would have to guess, on "
      "average; 1 is certainty. {} / {}: {}. The two can be equal while single tokens change a "
      "lot.</p>\n",
      view.badge_b(), view.badge_a(), interval_html(ratio, 4));
  out += lines(line(view.badge_a(), a, "run-0") + line(view.badge_b(), b, view.tone()));
}

}  // namespace

void append_logits(std::string& out, const PairView& view, const PrecisionLogits& logits) {
  out += view.open("logits", "Logits: what both expect next");
  append_kl(out, view, logits);
  append_same_top(out, view, logits);
  append_delta_p(out, view, logits);
  append_perplexity(out, view, logits);
  out += fmt::format(
      "<p class=\"fine\">Mean absolute difference of two logits: {}; the largest: {}.{} Published "
      "(◇): what llama.cpp's tool gave for one language model of 8 billion weights in so many "
      "bits, "
      "on other texts; an order of size, no bound.</p>\n</section>\n",
      interval_html(logits.logit_difference), significant_text(logits.largest_logit_difference),
      logits.failed == 0 ? ""
                         : fmt::format(" {} could not be read.", counted(logits.failed, "text")));
}

}  // namespace vernier::report
