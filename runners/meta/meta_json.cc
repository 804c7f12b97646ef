#include <fmt/format.h>

#include <cmath>
#include <map>

#include "base/json_text.h"
#include "runners/meta/meta_output.h"

namespace vernier {
namespace {

constexpr std::size_t kRatingsListed = 20;

void append_interval(std::string& out, const Interval& interval) {
  out.push_back('[');
  append_json_number(out, interval.low);
  out.push_back(',');
  append_json_number(out, interval.high);
  out.push_back(']');
}

/// What stands at the top as well when there is one score.
void append_estimates(std::string& out, const MetaReport& report, const ScoreAgreement& score) {
  append_json_count(out, "n", report.agreement.n);
  for (std::size_t s = 0; s < kStatisticNames.size(); ++s) {
    append_json_member(out, kStatisticNames[s], score.estimates[s].value);
  }
}

template <class Reason>
void append_reasons(std::string& out, std::string_view key, const ScoreAgreement& score,
                    Reason reason) {
  std::string reasons;
  for (std::size_t s = 0; s < kStatisticNames.size(); ++s) {
    if (reason(score.estimates[s]).empty()) continue;
    reasons += reasons.empty() ? "{" : ",";
    append_json_string(reasons, kStatisticNames[s]);
    reasons.push_back(':');
    append_json_string(reasons, reason(score.estimates[s]));
  }
  if (reasons.empty()) return;
  append_json_key(out, key);
  out += reasons + "}";
}

void append_systems(std::string& out, const MetaReport& report, const ScoreAgreement& score) {
  const SystemAgreement& systems = score.systems;
  if (systems.scores.empty()) return;
  append_json_key(out, "systems");
  out.push_back('{');
  append_json_count(out, "n", systems.scores.size());
  for (std::size_t s = 0; s < systems.correlations.size(); ++s) {
    append_json_member(out, kStatisticNames[s], systems.correlations[s]);
  }
  if (!systems.undefined.empty()) append_json_member(out, "undefined", systems.undefined);
  append_json_key(out, "means");
  out.push_back('{');
  for (std::size_t s = 0; s < systems.scores.size(); ++s) {
    append_json_member(out, report.human.system_names[s], systems.scores[s]);
  }
  out += "}}";
}

void append_score(std::string& out, const MetaReport& report, const ScoreAgreement& score) {
  append_json_key(out, score.name);
  out.push_back('{');
  append_estimates(out, report, score);
  append_json_key(out, "intervals");
  out.push_back('{');
  for (std::size_t s = 0; s < kStatisticNames.size(); ++s) {
    append_json_key(out, kStatisticNames[s]);
    append_interval(out, score.estimates[s].interval);
  }
  out.push_back('}');
  append_reasons(out, "undefined", score, [](const Estimate& e) { return e.undefined; });
  append_reasons(out, "no_interval", score, [](const Estimate& e) { return e.no_interval; });
  append_json_count(out, "distinct_scores", score.distinct_scores);
  append_json_member(out, "tie_rate", score.tie_rate);
  append_json_count(out, "pairs", score.preferences.total());
  append_json_count(out, "pairs_right", score.preferences.right);
  append_json_count(out, "pairs_wrong", score.preferences.wrong);
  append_json_count(out, "pairs_tied", score.preferences.tied);
  if (score.less_is_better) {
    append_json_key(out, "less_is_better");
    out += "true";
  }
  append_systems(out, report, score);
  out.push_back('}');
}

void append_ratings(std::string& out, const MetaReport& report) {
  append_json_key(out, "ratings");
  out.push_back('{');
  append_json_key(out, "fields");
  append_json_strings(out, report.set.rating_names);
  append_json_member(out, "use", report.use == RatingUse::kMean ? "mean" : "each");
  append_json_count(out, "distinct", report.agreement.distinct_ratings);
  std::map<double, std::uint64_t> counts;
  for (const auto& ratings : report.human.ratings) {
    for (const double rating : ratings) ++counts[rating];
  }
  if (!counts.empty() && counts.size() <= kRatingsListed) {
    append_json_key(out, "counts");
    out.push_back('{');
    for (const auto& [rating, count] : counts) {
      append_json_count(out, fmt::format("{}", rating + 0.0), count);
    }
    out.push_back('}');
  }
  out.push_back('}');
  if (report.human.system_names.empty()) return;
  append_json_key(out, "systems");
  out.push_back('{');
  for (std::size_t s = 0; s < report.human.system_names.size(); ++s) {
    append_json_key(out, report.human.system_names[s]);
    out.push_back('{');
    append_json_count(out, "captions", report.agreement.system_captions[s]);
    append_json_member(out, "mean_rating", report.agreement.system_ratings[s] + 0.0);
    out.push_back('}');
  }
  out.push_back('}');
}

void append_counts(std::string& out, const MetaReport& report) {
  append_json_key(out, "counts");
  out.push_back('{');
  append_json_count(out, "captions", report.set.captions.size());
  append_json_count(out, "images", report.agreement.images);
  append_json_count(out, "excluded", report.set.excluded);
  append_json_count(out, "own_captions", report.set.own_captions);
  append_json_count(out, "removed_references", report.set.removed_references);
  append_json_count(out, "duplicates", report.set.duplicates);
  append_json_count(out, "unscored", report.unscored);
  append_json_count(out, "replaced_invalid", report.set.replaced_invalid);
  out.push_back('}');
}

void append_joined(std::string& out, const MetaReport& report) {
  if (report.joined.empty()) return;
  append_json_key(out, "score_files");
  out.push_back('[');
  for (const JoinedScores& joined : report.joined) {
    if (out.back() != '[') out.push_back(',');
    out.push_back('{');
    append_json_member(out, "file", joined.file);
    append_json_member(out, "column", joined.column);
    append_json_member(out, "image_rule", joined.image_rule);
    append_json_count(out, "missing", joined.missing);
    append_json_count(out, "extra", joined.extra);
    append_json_count(out, "duplicates", joined.duplicates);
    if (joined.labels_differ) {
      append_json_count(out, "labels", joined.labels);
      append_json_count(out, "labels_differ", *joined.labels_differ);
    }
    out.push_back('}');
  }
  out.push_back(']');
}

void append_differences(std::string& out, const MetaReport& report) {
  const Agreement& agreement = report.agreement;
  if (agreement.differences.empty()) return;
  out += ",\n\"comparisons\":[";
  for (const AgreementDifference& d : agreement.differences) {
    out += out.back() == '[' ? "\n{" : ",\n{";
    append_json_member(out, "a", agreement.scores[d.a].name);
    append_json_member(out, "b", agreement.scores[d.b].name);
    for (std::size_t s = 0; s < kStatisticNames.size(); ++s) {
      if (std::isnan(d.of[s].difference)) continue;
      append_json_key(out, kStatisticNames[s]);
      out.push_back('{');
      append_json_member(out, "difference", d.of[s].difference);
      append_json_key(out, "interval");
      append_interval(out, d.of[s].interval);
      append_json_member(out, "p", d.of[s].p);
      append_json_member(out, "p_holm", d.of[s].p_holm);
      out.push_back('}');
    }
    if (!std::isnan(d.williams.t)) {
      append_json_key(out, "williams");
      out.push_back('{');
      append_json_member(out, "t", d.williams.t);
      append_json_member(out, "p", d.williams.p);
      out.push_back('}');
    }
    out.push_back('}');
  }
  out += "]";
}

const char* tie_rule(TieRule rule) {
  return rule == TieRule::kWrong ? "wrong" : rule == TieRule::kHalf ? "half" : "skip";
}

}  // namespace

std::string meta_json(const MetaReport& report) {
  std::string out = "{\"schema\":\"vernier.meta/1\"";
  append_json_member(out, "file", report.set.name);
  append_json_member(out, "format", report.set.format);
  if (report.agreement.scores.size() == 1) {
    append_estimates(out, report, report.agreement.scores.front());
  } else {
    append_json_count(out, "n", report.agreement.n);
  }
  append_json_member(out, "headline", kStatisticNames[report.headline]);
  append_json_member(out, "ties", tie_rule(report.ties));
  append_json_member(out, "statistics", report.agreement.signature);
  append_ratings(out, report);
  append_counts(out, report);
  if (!report.set.reference_rule.empty()) {
    append_json_member(out, "reference_rule", report.set.reference_rule);
  }
  append_joined(out, report);
  out += ",\n\"metrics\":{";
  for (const ScoreAgreement& score : report.agreement.scores) append_score(out, report, score);
  out += "}";
  append_differences(out, report);
  const auto append_texts = [&](std::string_view key, const auto& pairs) {
    if (pairs.empty()) return;
    append_json_key(out, key);
    out.push_back('{');
    for (const auto& [name, text] : pairs) append_json_member(out, name, text);
    out.push_back('}');
  };
  append_texts("signatures", report.signatures);
  append_texts("skipped", report.skipped);
  if (!report.warnings.empty()) {
    append_json_key(out, "warnings");
    append_json_strings(out, report.warnings);
  }
  return out + "}\n";
}

}  // namespace vernier
