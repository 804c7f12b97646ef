#include "results/report/precision/gate/gate_part.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/charts/cells/strip.h"
#include "results/report/html/text.h"
#include "results/report/precision/gate/rule_words.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

constexpr std::size_t kMostRules = 40;
// Of the scale that all rules share, in units of what each allows.
constexpr double kLeast = -1.5, kMost = 3, kUsualLow = -0.25, kUsualHigh = 1.6;

std::string rules_text(std::size_t count) { return counted(count, "rule"); }

std::string state_badge(Verdict verdict) {
  return fmt::format("<b class=\"state {}\">{}</b>", rule_tone(verdict), rule_state(verdict));
}

/// "cannot be told: tau-people, CIDEr".
std::string named(const PrecisionGate& gate, const char* words,
                  const std::vector<Verdict>& verdicts) {
  std::string out;
  std::size_t names = 0;
  for (const PrecisionRule& rule : gate.rules) {
    if (std::ranges::find(verdicts, rule.verdict) == verdicts.end()) continue;
    if (++names > kMostRules) continue;
    out += fmt::format("{}{}", out.empty() ? "" : ", ", score_title(rule.metric));
    if (!rule.slice.empty()) out += fmt::format(" ({})", rule.slice);
  }
  if (names > kMostRules) out += fmt::format(" and {} more", names - kMostRules);
  return out.empty() ? "" : fmt::format("{}: {}", words, out);
}

/// Decimals that tell losses of the size of what is allowed apart.
int decimals_of(double allowed) {
  if (!(allowed > 0) || !std::isfinite(allowed)) return 4;
  return static_cast<int>(std::clamp(2 - std::floor(std::log10(allowed) + 1e-9), 0.0, 8.0));
}

/// How much of what is allowed is used up; nothing where nothing is allowed.
PrecisionNumber used_by(const PrecisionRule& rule) {
  if (!rule.worse || !(rule.allowed > 0)) return {};
  return rule.worse->times(1 / rule.allowed);
}

StripScale shared_scale(const std::vector<PrecisionRule>& rules) {
  StripScale scale{kUsualLow, kUsualHigh, {0}, StripScale::Region{-INFINITY, 1}};
  for (const PrecisionRule& rule : rules) {
    const PrecisionNumber used = used_by(rule);
    if (std::isfinite(used.low)) scale.low = std::min(scale.low, 1.1 * used.low);
    if (std::isfinite(used.high)) scale.high = std::max(scale.high, 1.1 * used.high);
  }
  scale.low = std::max(scale.low, kLeast);
  scale.high = std::min(scale.high, kMost);
  return scale;
}

std::string loss_chart(const PrecisionRule& rule, const StripScale& shared) {
  StripScale scale = shared;
  PrecisionNumber shown = used_by(rule);
  if (!std::isfinite(shown.value)) {  // nothing is allowed: a scale of its own
    shown = *rule.worse;
    const double values[] = {0, shown.value, shown.low, shown.high};
    scale = strip_scale(values, std::nullopt, rule.allowed, std::nullopt);
  }
  const bool beyond = shown.value > scale.high;
  const StripMark mark{beyond ? MarkShape::kArrow : MarkShape::kDot,
                       shown.value,
                       beyond && shown.low > scale.high ? NAN : shown.low,
                       shown.high,
                       {}};
  return strip_svg(scale, std::span(&mark, 1), rule_tone(rule.verdict));
}

/// Of a rule that bounds the candidate's own score.
std::string value_chart(const PrecisionRule& rule) {
  const StripMark mark{MarkShape::kDot, rule.candidate, NAN, NAN, {}};
  return strip_svg(strip_scale({&rule.candidate, 1}, rule.least, rule.most, std::nullopt),
                   std::span(&mark, 1), rule_tone(rule.verdict));
}

std::string loss_text(const PrecisionRule& rule, const RuleWords& words) {
  const double allowed = words.scale * rule.allowed;
  const int decimals = decimals_of(allowed);
  std::string out =
      fmt::format("{} <small>{}; allowed: {}</small>",
                  interval_html(rule.worse->times(words.scale), decimals), html(words.unit),
                  std::isfinite(allowed) ? fmt::format("{:g}", allowed) : number_text(allowed, 0));
  if (std::isfinite(rule.baseline) && rule.baseline != 0) {
    out +=
        fmt::format(" <small>({} → {})</small>", number_text(words.scale * rule.baseline, decimals),
                    number_text(words.scale * rule.candidate, decimals));
  }
  if (rule.verdict == Verdict::kInconclusive && rule.wanted && *rule.wanted < 1e15) {
    out += fmt::format(" <small>about {} pictures would decide it</small>",
                       number_text(*rule.wanted, 0));
  }
  return out;
}

std::string value_text(const PrecisionRule& rule) {
  std::string out = fmt::format("<b>{}</b>", significant_text(rule.candidate));
  if (rule.least) out += fmt::format(" <small>at least {:g}</small>", *rule.least);
  if (rule.most) out += fmt::format(" <small>at most {:g}</small>", *rule.most);
  return out;
}

void append_rule(std::string& out, const PairView& view, const PrecisionRule& rule,
                 const StripScale& scale) {
  const RuleWords words = rule_words(rule);
  const std::string what = fmt::format("{} <a href=\"#{}-{}\">{}</a>", state_badge(rule.verdict),
                                       view.anchor, words.level, html(words.question));
  if (rule.worse) out += strip_line(what, loss_chart(rule, scale), loss_text(rule, words));
  if ((rule.least || rule.most) && std::isfinite(rule.candidate)) {
    out += strip_line(rule.worse ? "" : what, value_chart(rule), value_text(rule));
  } else if (!rule.worse) {
    out += strip_line_without(what, rule.reason);
  }
}

/// Those that do not pass first, where not all are shown.
std::vector<PrecisionRule> shown_rules(const PrecisionGate& gate) {
  std::vector<PrecisionRule> rules = gate.rules;
  if (rules.size() <= kMostRules) return rules;
  std::stable_partition(rules.begin(), rules.end(),
                        [](const PrecisionRule& rule) { return rule.verdict != Verdict::kPass; });
  rules.resize(kMostRules);
  return rules;
}

/// "mostly language layer 0, attention".
void append_cause(std::string& out, const PairView& view) {
  const PrecisionPair& pair = view.pair();
  if (pair.gate.verdict == "pass" || !pair.units || pair.units->changed.empty()) return;
  const std::vector<PrecisionUnits::Unit>& units = pair.units->changed;
  out += fmt::format(
      "<p>Where it comes from: mostly <strong>{}</strong>. Put into {} alone, it moves "
      "expectations "
      "by {} nats",
      html(units[0].name), view.badge_a(), significant_text(units[0].kl));
  if (units.size() > 1 && units[1].kl > 0 && std::isfinite(units[1].kl)) {
    out += fmt::format(", {} times as far as the next, {}",
                       number_text(units[0].kl / units[1].kl, 1), html(units[1].name));
  }
  out += fmt::format(" (<a href=\"#{}-units\">all parts</a>).</p>\n", view.anchor);
}

}  // namespace

std::string gate_headline(const PrecisionPair& pair) {
  const PrecisionGate& gate = pair.gate;
  const std::string& name = pair.b.folder;
  const std::size_t all = gate.rules.size(), passed = gate.count(Verdict::kPass);
  if (!gate.failure.empty()) return "Not judged: " + gate.failure + ".";
  if (gate.verdict == "regression") {
    return fmt::format("Not good enough: {} is worse than allowed in {} of {}.", name,
                       gate.count(Verdict::kRegression), rules_text(all));
  }
  if (gate.verdict == "inconclusive") {
    const std::size_t open = gate.count(Verdict::kInconclusive);
    return fmt::format("Cannot be told: {} of {} {} more data to say whether {} is good enough.",
                       open, rules_text(all), open == 1 ? "needs" : "need", name);
  }
  if (gate.verdict == "error") {
    return fmt::format("Not judged: of {} for {} {} could not be measured.", rules_text(all), name,
                       gate.count(Verdict::kUnmeasured) + gate.count(Verdict::kInvalid));
  }
  if (passed < all) {
    return fmt::format("Still good: {} passes {} of {}; the policy lets the others pass.", name,
                       passed, rules_text(all));
  }
  return fmt::format("Still good: {} is within all that is allowed ({}).", name, rules_text(all));
}

std::string gate_badge(const PrecisionGate& gate) {
  // The words and the colour of the rule that decides.
  const Verdict verdict = gate.verdict == "pass"           ? Verdict::kPass
                          : gate.verdict == "regression"   ? Verdict::kRegression
                          : gate.verdict == "inconclusive" ? Verdict::kInconclusive
                                                           : Verdict::kInvalid;
  return state_badge(verdict);
}

std::string failed_rules(const PrecisionGate& gate) {
  std::string out = named(gate, "worse than allowed", {Verdict::kRegression});
  for (const auto& [words, verdicts] :
       {std::pair("cannot be told", std::vector{Verdict::kInconclusive}),
        {"not judged", {Verdict::kUnmeasured, Verdict::kInvalid}}}) {
    const std::string more = named(gate, words, verdicts);
    if (!more.empty()) out += (out.empty() ? "" : "; ") + more;
  }
  return out;
}

void append_gate(std::string& out, const PairView& view) {
  const PrecisionGate& gate = view.pair().gate;
  const std::vector<PrecisionRule> rules = shown_rules(gate);
  const StripScale scale = shared_scale(rules);
  if (!rules.empty()) {
    const StripWord words[] = {{0, "no change"}, {1, "bound"}};
    out += "<div class=\"strips rules\">\n" + strip_line("", strip_words_svg(scale, words), "");
    for (const PrecisionRule& rule : rules) append_rule(out, view, rule, scale);
    out += "</div>\n";
  }
  if (gate.rules.size() > rules.size()) {
    out += fmt::format("<p>{} more.</p>\n", rules_text(gate.rules.size() - rules.size()));
  }
  append_cause(out, view);
  if (rules.empty()) return;
  out += fmt::format(
      "<p class=\"fine\">● is the loss against {}, the line its interval; what is allowed is "
      "shaded, "
      "up to the bound. A rule passes where all of the line lies within the bound, and fails where "
      "all of it lies beyond (▶: far beyond). Bounds: {}.</p>\n",
      view.badge_a(), html(gate.policy));
}

}  // namespace vernier::report
