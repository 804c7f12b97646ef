#include "runners/probe/answers/output/yes_no_json.h"

#include <iterator>

#include "base/json_text.h"

namespace vernier {
namespace {

using probes::kRateNames;

void append_rates(std::string& out, std::string_view key, const probes::Rates& rates) {
  append_json_key(out, key);
  out += '{';
  for (std::size_t n = 0; n < std::size(kRateNames); ++n) {
    append_json_member(out, kRateNames[n], probes::rate(rates, n));
  }
  out += '}';
}

}  // namespace

void append_undefined(std::string& out, const std::vector<probes::UndefinedRate>& undefined) {
  append_json_key(out, "undefined");
  out += '{';
  for (const probes::UndefinedRate& one : undefined) append_json_member(out, one.name, one.reason);
  out += '}';
}

void append_yes_no(std::string& out, const probes::YesNoScores& scores, std::uint64_t unclear) {
  const probes::Confusion& counts = scores.counts;
  append_json_key(out, "counts");
  out += '{';
  append_json_count(out, "tp", counts.tp);
  append_json_count(out, "fp", counts.fp);
  append_json_count(out, "tn", counts.tn);
  append_json_count(out, "fn", counts.fn);
  append_json_count(out, "unclear", unclear);
  append_json_count(out, "unparsed", counts.unclear());
  append_json_count(out, "n", counts.n());
  out += '}';
  append_rates(out, "scores", scores.rates);
  append_undefined(out, probes::undefined_rates(counts, scores.policy));
  append_rates(out, "standard_errors", scores.errors);
  append_json_key(out, "bounds");
  out += '{';
  append_rates(out, "worst", probes::rates(counts.worst(), scores.policy));
  append_rates(out, "best", probes::rates(counts.best(), scores.policy));
  out += '}';
  append_json_key(out, "flags");
  out += '[';
  if (const std::string_view bias = probes::yes_bias(counts); !bias.empty()) {
    append_json_string(out, bias);
  }
  out += ']';
}

void append_join(std::string& out, const probes::JoinReport& report) {
  append_json_key(out, "join");
  out += '{';
  append_json_member(out, "by", probes::join_name(report.by));
  if (!report.id_rule.empty()) append_json_member(out, "id_rule", report.id_rule);
  append_json_count(out, "questions", report.questions);
  append_json_count(out, "answers", report.answers);
  append_json_count(out, "matched", report.matched);
  append_json_count(out, "missing", report.missing);
  append_json_count(out, "extra", report.extra);
  append_json_count(out, "duplicate", report.duplicate);
  append_json_count(out, "conflicting", report.conflicting);
  append_json_count(out, "repeated_questions", report.repeated_questions);
  append_json_member(out, "coverage", report.coverage());
  out += '}';
}

void append_share(std::string& out, std::string_view key, const probes::Share& share) {
  append_json_key(out, key);
  out += '{';
  append_json_count(out, "numerator", share.part);
  append_json_count(out, "denominator", share.whole);
  append_json_member(out, "percent", share.percent());
  out += '}';
}

}  // namespace vernier
