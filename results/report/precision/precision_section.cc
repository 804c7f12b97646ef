#include "results/report/precision/precision_section.h"

#include <fmt/format.h>

#include "results/report/html/text.h"
#include "results/report/precision/gate/gate_part.h"
#include "results/report/precision/grid/grid.h"
#include "results/report/precision/levels/levels.h"

namespace vernier::report {
namespace {

std::string anchor_of(std::size_t number) { return fmt::format("precision-{}", number); }

/// "300 pictures, 2,157 questions, ...".
std::string data_text(const PrecisionResult& result) {
  std::string out = counted(result.pictures, "picture");
  const auto add = [&](std::uint64_t count, std::string_view what, std::string_view more) {
    if (count > 0) out += fmt::format(", {}{}", counted(count, what), more);
  };
  add(result.texts, "caption", " that people wrote");
  add(result.questions, "question", "");
  add(result.candidates, "caption", " to be judged");
  return out;
}

std::string open_ruling(const std::string& anchor, const std::string& tone,
                        const std::string& headline) {
  return fmt::format("<section id=\"{}\" class=\"ruling {}\"><h2>{}</h2>\n", anchor, html(tone),
                     html(headline));
}

void append_one(std::string& out, const PairView& view) {
  const PrecisionResult& result = view.result;
  out += open_ruling(view.anchor, view.pair().gate.verdict, gate_headline(view.pair()));
  out += fmt::format("<p>{} {} against {} {}, on {}.</p>\n", view.badge_b(),
                     html(view.pair().b.precision), view.badge_a(), html(result.a.precision),
                     data_text(result));
  append_gate(out, view);
  out += "</section>\n";
  append_levels(out, view);
}

/// The tone of a grid: good where one is.
std::string grid_tone(const PrecisionResult& result) {
  for (const PrecisionPair& pair : result.pairs) {
    if (pair.gate.verdict == "pass") return "pass";
  }
  return result.pairs.front().gate.verdict;
}

void append_details(std::string& out, const PairView& view) {
  const PrecisionPair& pair = view.pair();
  const std::string failed = failed_rules(pair.gate);
  // What links lead to lies inside, so that browsers open it.
  out += fmt::format(
      "<details class=\"pair\"><summary>{} <strong>{}</strong> {} <small>{}</small></summary>\n"
      "<p id=\"{}\">{}</p>\n",
      view.badge_b(), html(pair.b.folder), gate_badge(pair.gate), html(failed), view.anchor,
      html(gate_headline(pair)));
  append_gate(out, view);
  append_levels(out, view);
  out += "</details>\n";
}

void append_several(std::string& out, const PrecisionResult& result, const std::string& anchor,
                    std::size_t shown, EmbeddedImages& images) {
  out += open_ruling(anchor, grid_tone(result), grid_headline(result));
  out +=
      fmt::format("<p>{} against {} {}, on {}.</p>\n", counted(result.pairs.size(), "checkpoint"),
                  checkpoint_badge(result.a, 0), html(result.a.folder), data_text(result));
  append_grid_table(out, result, anchor);
  out += "</section>\n";
  out += fmt::format("<section id=\"{}-plots\">\n", anchor);
  append_grid_plots(out, result);
  out += fmt::format("</section>\n<section id=\"{}-details\"><h2>Each of them</h2>\n", anchor);
  for (std::size_t i = 1; i <= result.pairs.size(); ++i) {
    append_details(out, {result, i, fmt::format("{}-{}", anchor, i), 3, images, shown});
  }
  out += "</section>\n";
}

}  // namespace

void append_precisions(std::string& out, std::span<const PrecisionResult> results,
                       std::size_t shown, EmbeddedImages& images) {
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string anchor = anchor_of(i + 1);
    if (results[i].pairs.size() == 1) {
      append_one(out, {results[i], 1, anchor, 2, images, shown});
    } else {
      append_several(out, results[i], anchor, shown, images);
    }
  }
  if (const std::string what = images.summary(); !results.empty() && !what.empty()) {
    out += fmt::format("<p class=\"fine\">{}</p>\n", html(what));
  }
}

std::vector<std::pair<std::string, std::string>> precision_links(
    std::span<const PrecisionResult> results) {
  std::vector<std::pair<std::string, std::string>> out;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const PrecisionResult& result = results[i];
    const std::string anchor = anchor_of(i + 1);
    out.emplace_back(anchor, results.size() == 1 ? "Gate" : html(result.subject()));
    if (results.size() > 1) continue;
    const auto add = [&](const char* part, const char* name, bool there) {
      if (there) out.emplace_back(fmt::format("{}-{}", anchor, part), name);
    };
    const PrecisionPair& pair = result.pairs.front();
    const bool one = result.pairs.size() == 1;
    add("plots", "Saved against lost", !one);
    add("details", "Each of them", !one);
    add("checkpoints", "Checkpoints", one);
    add("logits", "Logits", one && pair.logits);
    add("captions", "Captions", one && pair.captions);
    add("answers", "Answers", one && pair.answers);
    add("verdicts", "Verdicts", one && pair.verdicts);
    add("units", "Units", one && pair.units);
  }
  return out;
}

}  // namespace vernier::report
