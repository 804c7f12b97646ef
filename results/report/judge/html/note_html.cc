#include "results/report/judge/html/note_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "results/report/charts/cells/tenths.h"
#include "results/report/html/text.h"
#include "results/report/judge/reading/judge_words.h"
#include "results/report/samples/excerpt.h"
#include "results/report/sections/labels.h"

namespace vernier::report {
namespace {

constexpr std::size_t kMostLines = 24;
constexpr std::size_t kShortReasons = 300;  // bytes beyond which they are folded away

std::string cut(std::string_view text, std::size_t most) {
  const std::string_view kept = cut_text(text, most);
  return html(kept) + (kept.size() < text.size() ? "…" : "");
}

/// How many runs have each line, each run counted as often as it has it.
using LineCounts = std::map<std::string, std::vector<std::size_t>>;

LineCounts count_lines(std::span<const std::vector<std::string>> runs) {
  LineCounts counts;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    for (const std::string& line : runs[r]) {
      auto& of_line = counts[line];
      of_line.resize(runs.size());
      ++of_line[r];
    }
  }
  return counts;
}

/// "circle: small, red" with the thing in strong letters.
std::string line_html(const std::string& line, bool thing) {
  const std::size_t colon = line.find(": ");
  if (!thing || colon == std::string::npos) return cut(line, kLongestSeen);
  return fmt::format("<b>{}</b> {}", cut(line.substr(0, colon), kLongestSeen),
                     cut(line.substr(colon + 2), kLongestSeen));
}

/// One run's lines; `counts` is empty where there is nothing to compare with.
std::string list_html(const std::vector<std::string>& lines, std::size_t things, std::size_t run,
                      const LineCounts& counts) {
  if (lines.empty()) return "<p class=\"fine\">nothing</p>";
  std::string out = "<ul>";
  std::map<std::string, std::size_t> before;
  for (std::size_t i = 0; i < std::min(lines.size(), kMostLines); ++i) {
    const std::size_t nth = before[lines[i]]++;
    const auto known = counts.find(lines[i]);
    const bool only = known != counts.end() &&
                      std::ranges::any_of(known->second, [&](auto count) { return count <= nth; });
    const bool thing = i < things;
    std::vector<std::string> classes;
    if (!thing) classes.emplace_back("relation");
    if (only) classes.push_back(fmt::format("only run-{}", run % 6));
    out += classes.empty() ? "<li>" : fmt::format("<li class=\"{}\">", fmt::join(classes, " "));
    out += line_html(lines[i], thing) + "</li>";
  }
  if (lines.size() > kMostLines) {
    out += fmt::format("<li><small>and {} more</small></li>", lines.size() - kMostLines);
  }
  return out + "</ul>";
}

std::string claims_html(const std::vector<AskedClaim>& claims) {
  std::string out = "<ul class=\"claims\">";
  for (const AskedClaim& claim : claims) {
    const bool good = claim.verdict == "supported", bad = claim.verdict == "unsupported";
    out +=
        fmt::format("<li><span class=\"{}\">{} {}</span> {} <small>yes {:.0f}\u00a0%</small></li>",
                    good  ? "better"
                    : bad ? "worse"
                          : "fine",
                    good  ? "✓"
                    : bad ? "✗"
                          : "?",
                    html(claim.verdict), cut(claim.text, kLongestSeen), 100 * claim.p_yes);
  }
  return out + "</ul>";
}

std::string reasons_html(const std::string& reasons) {
  if (reasons.empty()) return {};
  const std::string text = cut(reasons, kLongestText);
  if (reasons.size() <= kShortReasons) return fmt::format("<p class=\"reasons\">{}</p>", text);
  return fmt::format("<details><summary>Its reasons</summary><p class=\"reasons\">{}</p></details>",
                     text);
}

}  // namespace

std::vector<std::string> seen_lines(const SeenImage& seen) {
  std::vector<std::string> out;
  for (const SeenImage::Thing& thing : seen.things) {
    out.push_back(thing.features.empty() ? thing.name
                                         : fmt::format("{}: {}", thing.name, thing.features));
  }
  out.insert(out.end(), seen.relations.begin(), seen.relations.end());
  if (out.empty() && !seen.text.empty()) out.push_back(seen.text);
  return out;
}

std::vector<std::string> remarks_of(const JudgeNote& note) {
  std::vector<std::string> out;
  if (!note.status.empty() && note.status != "ok") out.push_back(status_words(note.status));
  for (const std::string& flag : note.flags) out.push_back(flag_words(flag));
  return out;
}

std::string seen_html(std::span<const NoteOfRun> runs) {
  std::vector<std::vector<std::string>> lines;
  std::vector<const NoteOfRun*> of;
  for (const NoteOfRun& one : runs) {
    if (!one.note || !one.note->seen) continue;
    of.push_back(&one);
    lines.push_back(seen_lines(*one.note->seen));
  }
  if (of.empty()) return {};
  const bool equal = std::ranges::all_of(lines, [&](const auto& own) { return own == lines[0]; });
  const LineCounts counts = equal ? LineCounts() : count_lines(lines);
  std::string out = "<div class=\"contexts\">";
  for (std::size_t i = 0; i < (equal ? 1 : of.size()); ++i) {
    std::string who = run_badge(of[i]->run);
    if (equal && of.size() > 1) {
      for (std::size_t k = 1; k < of.size(); ++k) who += " " + run_badge(of[k]->run);
    }
    out += fmt::format("<div class=\"context\"><p>{} sees{}</p>{}</div>", who,
                       equal && of.size() > 1 ? " the same" : "",
                       list_html(lines[i], of[i]->note->seen->things.size(), of[i]->run, counts));
  }
  return out + "</div>";
}

std::string verdict_html(const NoteOfRun& of) {
  if (!of.note) return {};
  const JudgeNote& note = *of.note;
  std::string out;
  if (const std::string score = score_words(note); !score.empty()) {
    out += fmt::format("<p>{}{}</p>", note.deciles.empty() ? "" : tenths_svg(note.deciles, of.run),
                       html(score));
  }
  if (note.vote) {
    out += fmt::format(
        "<p>{}: {} <small>this one is better: {:.0f}\u00a0% when shown first, {:.0f}\u00a0% "
        "when shown second</small></p>",
        vote_words(vote_of(*note.vote)),
        note.vote->rival.empty() ? "<em>empty</em>"
                                 : fmt::format("<q>{}</q>", cut(note.vote->rival, kLongestSeen)),
        100 * note.vote->first, 100 * note.vote->second);
  }
  if (!note.claims.empty()) out += claims_html(note.claims);
  for (const std::string& remark : remarks_of(note)) {
    out += fmt::format("<p class=\"remark\">{}</p>", html(remark));
  }
  if (!note.said.empty()) {
    out += fmt::format("<p class=\"fine\">It wrote: <q>{}</q></p>", cut(note.said, kLongestSeen));
  }
  out += reasons_html(note.rationale);
  return out.empty() ? out : fmt::format("<div class=\"verdict\">{}</div>", out);
}

}  // namespace vernier::report
