#include "results/report/audit/audit_section.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "results/report/audit/audit_calibration.h"
#include "results/report/audit/audit_weaknesses.h"
#include "results/report/html/text.h"
#include "results/report/printed/signature_titles.h"
#include "results/report/probes/probe_scores.h"

namespace vernier::report {
namespace {

std::string counts_text(const AuditResult& audit) {
  const std::uint64_t fine = audit.count(AuditVerdict::kFine);
  std::vector<std::string> parts;
  for (const AuditVerdict state :
       {AuditVerdict::kFlagged, AuditVerdict::kUndecided, AuditVerdict::kNotMeasured}) {
    if (const std::uint64_t count = audit.count(state); count > 0) {
      parts.push_back(fmt::format("{} {}", count, verdict_name(state)));
    }
  }
  return fmt::format("Of {} known weaknesses {} {} fine{}{}.", audit.weaknesses.size(), fine,
                     fine == 1 ? "is" : "are", parts.empty() ? "" : ", ", fmt::join(parts, ", "));
}

/// Links to the rows of one state, each with its question.
std::string rows_text(std::span<const AuditResult> audits, const AuditResult& audit,
                      AuditVerdict state) {
  std::string out;
  for (const AuditWeakness& row : audit.weaknesses) {
    if (row.state != state) continue;
    out += fmt::format("{}<a href=\"#{}\">{}</a> ({})", out.empty() ? "" : ", ",
                       weakness_anchor(audits, row.name), html(row.name), html(row.question));
  }
  return out;
}

void append_headline(std::string& out, std::span<const AuditResult> audits, std::size_t a) {
  const AuditResult& audit = audits[a];
  const bool flagged = audit.count(AuditVerdict::kFlagged) > 0;
  const bool fine = audit.count(AuditVerdict::kFine) > 0 && !flagged &&
                    audit.count(AuditVerdict::kUndecided) == 0;
  out += fmt::format("<p class=\"headline{}\">{}{}</p>\n",
                     flagged ? " worse"
                     : fine  ? " better"
                             : "",
                     audits.size() > 1 ? result_badge(a) + " " : "", counts_text(audit));
  for (const AuditVerdict state : {AuditVerdict::kFlagged, AuditVerdict::kUndecided}) {
    const std::string rows = rows_text(audits, audit, state);
    if (!rows.empty()) {
      out += fmt::format("<p>{}: {}.</p>\n",
                         state == AuditVerdict::kFlagged ? "Flagged" : "Undecided", rows);
    }
  }
}

/// "wording: fine, flagged": what audits do not agree in.
void append_differences(std::string& out, std::span<const AuditResult> audits) {
  std::string list;
  for (const AuditWeakness& row : audits[0].weaknesses) {
    std::vector<std::string> states;
    bool differ = false;
    for (std::size_t a = 0; a < audits.size(); ++a) {
      const AuditWeakness* own = audits[a].weakness(row.name);
      if (own == nullptr) continue;
      differ = differ || own->state != row.state;
      states.push_back(fmt::format("{} {}", result_badge(a), verdict_name(own->state)));
    }
    if (!differ) continue;
    list += fmt::format("{}<a href=\"#{}\">{}</a> {}", list.empty() ? "" : "; ",
                        weakness_anchor(audits, row.name), html(row.name), fmt::join(states, ", "));
  }
  out += list.empty() ? "<p>All weaknesses have the same state in all audits.</p>\n"
                      : fmt::format("<p>Not the same: {}.</p>\n", list);
}

void append_files(std::string& out, std::span<const AuditResult> audits) {
  std::vector<std::string> signatures;
  for (const AuditResult& audit : audits) signatures.push_back(audit.judge);
  const std::vector<std::string> titles = signature_titles(signatures);
  for (std::size_t a = 0; a < audits.size(); ++a) {
    const AuditResult& audit = audits[a];
    out += fmt::format(
        "<p class=\"run\">{} <strong>{}</strong>{} <small>{}, {}</small><br><code>{}</code></p>\n",
        result_badge(a), html(titles[a].empty() ? audit.file : titles[a]),
        titles[a].empty() ? "" : " " + html(audit.file), counted(audit.scenes, "scene"),
        counted(audit.captions, "caption"), html(audit.judge));
  }
}

bool same_data(std::span<const AuditResult> audits) {
  return std::ranges::all_of(audits, [&](const AuditResult& audit) {
    return audit.data == audits[0].data && audit.scenes == audits[0].scenes &&
           audit.captions == audits[0].captions;
  });
}

}  // namespace

void append_audits(std::string& out, std::span<const AuditResult> audits) {
  if (audits.empty()) return;
  out += fmt::format("<section id=\"audit\"><h2>{}</h2>\n",
                     audits.size() == 1 ? "The judge, tried on scenes whose truth is known"
                                        : "Judges, tried on scenes whose truth is known");
  append_files(out, audits);
  if (!same_data(audits)) {
    out +=
        "<p class=\"warning\"><strong>Not the same scenes:</strong> these audits were made with "
        "different captions. What differs between them may come from that.</p>\n";
  }
  for (std::size_t a = 0; a < audits.size(); ++a) {
    append_headline(out, audits, a);
  }
  if (audits.size() > 1) append_differences(out, audits);
  append_weaknesses(out, audits);
  append_calibration(out, audits);
  out += "</section>\n";
}

}  // namespace vernier::report
