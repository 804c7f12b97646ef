#include "results/report/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "results/report/audit/audit_section.h"
#include "results/report/findings.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/images/embedded_images.h"
#include "results/report/judge/judge_sections.h"
#include "results/report/page/page.h"
#include "results/report/precision/precision_section.h"
#include "results/report/probes/probe_section.h"
#include "results/report/sections/labels.h"
#include "results/report/sections/sections.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

std::string head(std::string_view title) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; "
      "script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{} – vernier</title>\n"
      "<style>{}</style>\n</head>\n<body>\n",
      kStyleHash, kScriptHash, html(title), kStyle);
}

struct Link {
  std::string anchor, text;
};

/// What commands printed.
struct Printed {
  std::vector<PrecisionResult> precisions;
  std::vector<AuditResult> audits;
  std::vector<ProbeResult> results;
  std::vector<ProbeGroup> probes;  // of `results`
};

Printed read_printed(const Options& options) {
  Printed out;
  for (const std::string& path : options.precisions) {
    out.precisions.push_back(read_precision_result(path));
  }
  out.audits = read_audits(options.audits);
  for (const std::string& path : options.probes) out.results.push_back(read_probe_result(path));
  out.probes = group_by_probe(out.results);
  return out;
}

std::vector<Link> links(const Findings& findings, const Printed& printed) {
  std::vector<Link> out;
  for (const auto& [anchor, text] : precision_links(printed.precisions)) {
    out.push_back({anchor, text});
  }
  if (!findings.runs.empty()) out.push_back({"scores", "Scores"});
  for (std::size_t run = 1; run < findings.runs.size(); ++run) {
    out.push_back({fmt::format("comparison-{}", run),
                   fmt::format("{} against {}", run_letter(run), run_letter(0))});
  }
  if (findings.slices) out.push_back({"slices", "Slices"});
  if (findings.has_evidence()) out.push_back({"evidence", "Invented"});
  if (findings.is_judged()) out.push_back({"verdicts", "Verdicts"});
  if (findings.has_disagreement()) out.push_back({"disagreement", "Judge against references"});
  if (!printed.audits.empty()) out.push_back({"audit", "Audit"});
  for (std::size_t p = 0; p < printed.probes.size(); ++p) {
    const std::string title = probe_title(*printed.probes[p].front());
    out.push_back({fmt::format("probe-{}", p + 1), html(title.substr(0, title.find(':')))});
  }
  if (findings.runs.empty()) return out;
  out.push_back({"distributions", "Distributions"});
  out.push_back({"extremes", findings.pairs.empty() ? "Worst and best" : "Moved most"});
  out.push_back({"samples", "Samples"});
  out.push_back({"methods", "Methods"});
  return out;
}

/// What the page is about: the runs, or else what commands printed.
std::string page_subject(const Findings& findings, const Printed& printed) {
  if (findings.runs.empty() && printed.precisions.size() == 1) {
    return printed.precisions.front().subject();
  }
  std::vector<std::string_view> files;
  for (const PrecisionResult& result : printed.precisions) files.push_back(result.file);
  for (const AuditResult& audit : printed.audits) files.push_back(audit.file);
  for (const ProbeResult& result : printed.results) files.push_back(result.file);
  if (!findings.runs.empty() || files.empty()) return subject(findings);
  return files.size() > 3 ? counted(files.size(), "result")
                          : fmt::format("{}", fmt::join(files, ", "));
}

void append_header(std::string& out, const Findings& findings, const Printed& printed) {
  out += fmt::format(
      "<header class=\"top\">\n<div class=\"title\"><p class=\"kind\">vernier report</p>"
      "<h1>{}</h1></div>\n<button type=\"button\" id=\"theme\" hidden>Dark theme</button>\n",
      html(page_subject(findings, printed)));
  if (const std::vector<Link> sections = links(findings, printed); !sections.empty()) {
    out += "<nav aria-label=\"Sections\">";
    for (const Link& link : sections) {
      out += fmt::format("<a href=\"#{}\">{}</a>", link.anchor, link.text);
    }
    out += "</nav>\n";
  }
  out += "</header>\n<main>\n";
}

void append_ruling(std::string& out, const Ruling& ruling) {
  out += fmt::format("<section id=\"ruling\" class=\"ruling {}\"><h2>{}</h2>\n", html(ruling.tone),
                     html(ruling.headline));
  if (!ruling.table.empty()) {
    const std::vector<std::string>& titles = ruling.table[0];
    std::vector<Column> columns(titles.size());
    std::ranges::transform(titles, columns.begin(),
                           [](const std::string& title) { return Column{html(title)}; });
    Table table("Rules", std::move(columns));
    for (std::size_t i = 1; i < ruling.table.size(); ++i) {
      std::vector<std::string> cells(ruling.table[i].size());
      std::ranges::transform(ruling.table[i], cells.begin(), html);
      table.row(cells);
    }
    out += table.finish();
  }
  for (const std::string& remark : ruling.remarks) out += fmt::format("<p>{}</p>\n", html(remark));
  out += "</section>\n";
}

void append_headlines(std::string& out, const Findings& findings) {
  out += "<section id=\"summary\">\n";
  if (findings.pairs.empty()) {
    out += fmt::format("<p class=\"headline\">{}</p>\n", html(headline(findings)));
  }
  for (std::size_t run = 1; run < findings.runs.size(); ++run) {
    const Pair& pair = findings.pairs[run - 1];
    const std::string_view way =
        direction(pair.comparison.scores[pair.main], pair.comparison.alpha);
    out += fmt::format("<p class=\"headline {}\">{}{}</p>\n", way,
                       findings.pairs.size() > 1 ? run_label(findings, run) + ": " : "",
                       html(headline(pair)));
    out += fmt::format("<p>{}</p>\n", html(other_scores(pair)));
  }
  out += "</section>\n";
}

}  // namespace

std::string html_report(std::span<const Run> runs, const Options& options) {
  const Printed printed = read_printed(options);
  const Findings findings = find(runs, options);
  std::string out = head(page_subject(findings, printed));
  append_header(out, findings, printed);
  if (options.ruling) append_ruling(out, *options.ruling);
  const bool pictured = !runs.empty() || !printed.precisions.empty();
  EmbeddedImages images(pictured ? options.images : "", options.image_budget);
  append_precisions(out, printed.precisions, options.shown, images);
  if (!runs.empty()) {
    append_headlines(out, findings);
    append_scores(out, findings);
    for (std::size_t p = 0; p < findings.pairs.size(); ++p) append_comparison(out, findings, p);
    append_slices(out, findings);
    append_evidence(out, findings);
    append_verdicts(out, findings);
    append_disagreement(out, findings, options, images);
  }
  append_audits(out, printed.audits);
  for (std::size_t p = 0; p < printed.probes.size(); ++p) {
    append_probe(out, printed.probes[p], p + 1);
  }
  if (!runs.empty()) {
    append_distributions(out, findings);
    append_cards(out, findings, options, images);
    append_sample_list(out, findings, options);
    append_methods(out, findings, options);
  }
  out += fmt::format("</main>\n<footer>Made by vernier {}. This file loads nothing.</footer>\n",
                     html(options.version));
  return out + fmt::format("<script>{}</script>\n</body>\n</html>\n", kScript);
}

}  // namespace vernier::report
