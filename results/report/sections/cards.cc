// Samples shown in full.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/encoding/data_uri.h"
#include "results/report/evidence/marked_text.h"
#include "results/report/html/text.h"
#include "results/report/samples/excerpt.h"
#include "results/report/samples/matches.h"
#include "results/report/samples/question.h"
#include "results/report/sections/labels.h"
#include "results/report/sections/sections.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

constexpr std::size_t kFolded = 600;  // bytes of a text beyond which it is folded away

class Cards {
 public:
  Cards(const Findings& findings, const Options& options, EmbeddedImages& images)
      : findings_(findings),
        options_(options),
        images_(images),
        matcher_(findings.runs[0].header()) {}

  /// A card for sample n (of the first run) in the runs `shown`, ranked by `score`.
  std::string card(std::size_t n, std::span<const std::size_t> shown, const CommonScore& score) {
    const Run& first = findings_.runs[0];
    const Run::Sample& sample = first.samples()[n];
    std::string out = fmt::format("<article class=\"card\"><h4><code>{}</code> <small>{} ",
                                  html(sample.id), html(score_title(score.name)));
    for (const std::size_t r : shown) {
      const double value = findings_.score(r, n, score);
      out += fmt::format("{}{}", r == shown.front() ? "" : " → ",
                         number_text(value, decimals_for(value)));
    }
    if (sample.image_id != sample.id) out += fmt::format(" · image {}", html(sample.image_id));
    out += "</small></h4>" + images_.element(sample.image_id);
    if (first.has_texts()) append_texts(out, sample, n, shown);
    if (options_.drawing) append_drawings(out, n, shown);
    return out + "</article>\n";
  }

 private:
  void append_texts(std::string& out, const Run::Sample& sample, std::size_t n,
                    std::span<const std::size_t> shown) {
    const auto texts = findings_.runs[0].references(sample);
    std::vector<std::string_view> references(texts.size());
    std::ranges::transform(texts, references.begin(), excerpt);
    matcher_.set_references(references);
    if (const std::string question = question_of(sample.meta); !question.empty()) {
      out += fmt::format("<p class=\"question\">{}</p>", html(excerpt(question)));
    }
    out += "<dl>";
    for (const std::size_t r : shown) {
      const Run::Sample& own = findings_.runs[r].samples()[findings_.in_run(r, n)];
      const CaptionEvidence evidence = caption_evidence(evidence_of(own.meta, own.candidate));
      out += fmt::format("<dt>{}</dt><dd class=\"candidate\">{}{}</dd>", run_badge(r),
                         folded(marked(excerpt(own.candidate), evidence), own.candidate),
                         object_list(evidence));
    }
    if (!texts.empty()) out += "<dt class=\"references\">references</dt>";
    for (const std::string_view text : texts) {
      out += fmt::format("<dd>{}</dd>", folded(html(excerpt(text)), text));
    }
    out += "</dl>";
  }

  void append_drawings(std::string& out, std::size_t n, std::span<const std::size_t> shown) {
    for (const std::size_t r : shown) {
      const std::string svg = options_.drawing(findings_.runs[r], findings_.in_run(r, n));
      if (svg.empty()) continue;
      out += fmt::format(
          "<details class=\"scene\"><summary>{} scene graphs</summary><img alt=\"Scene graphs of "
          "the candidate and the references\" src=\"data:image/svg+xml;base64,{}\"></details>",
          run_badge(r), base64_of(svg));
    }
  }

  std::string marked(std::string_view text, const CaptionEvidence& evidence) const {
    if (text.empty()) return "<em>empty</em>";
    std::string out;
    for (const Piece& piece : pieces_of(matcher_.segments(text), evidence)) {
      if (piece.mark != nullptr) {
        out +=
            fmt::format("<mark class=\"{}\" title=\"{}\">{}</mark>",
                        mark_class(piece.mark->finding), html(piece.mark->label), html(piece.text));
      } else if (piece.level > 0) {
        out += fmt::format("<mark class=\"m{}\">{}</mark>", piece.level, html(piece.text));
      } else {
        out += html(piece.text);
      }
    }
    return out;
  }

  /// What is invented and left out, in words: marks alone say nothing to those who cannot see them.
  static std::string object_list(const CaptionEvidence& evidence) {
    std::string out;
    for (const auto& [what, names] :
         {std::pair("invented", &evidence.invented), std::pair("left out", &evidence.left_out)}) {
      if (names->empty()) continue;
      out += fmt::format("<span class=\"objects\"><small>{}</small> {}</span>", what,
                         html(fmt::format("{}", fmt::join(*names, ", "))));
    }
    return out;
  }

  /// Puts long texts behind a summary.
  static std::string folded(const std::string& shown, std::string_view text) {
    if (text.size() <= kFolded) return shown;
    const std::string_view kept = excerpt(text);
    return fmt::format("<details><summary>{}{}</summary>{}</details>", counted(text.size(), "byte"),
                       kept.size() == text.size()
                           ? ""
                           : fmt::format(", the first {} are here", count_text(kept.size())),
                       shown);
  }

  const Findings& findings_;
  const Options& options_;
  EmbeddedImages& images_;
  WordMatcher matcher_;
};

bool has_references(const Run& run) {
  return std::ranges::any_of(run.samples(),
                             [](const Run::Sample& sample) { return sample.references > 0; });
}

void append_group(std::string& out, Cards& cards, std::string_view title,
                  std::span<const std::size_t> samples, std::span<const std::size_t> runs,
                  const CommonScore& score) {
  if (samples.empty()) return;
  out += fmt::format("<h3>{}</h3>\n<div class=\"cards\">\n", html(title));
  for (const std::size_t n : samples) out += cards.card(n, runs, score);
  out += "</div>\n";
}

std::vector<std::size_t> first_of(const std::vector<MovedSample>& moved, std::size_t most) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < std::min(most, moved.size()); ++i) out.push_back(moved[i].in_a);
  return out;
}

}  // namespace

void append_cards(std::string& out, const Findings& findings, const Options& options,
                  EmbeddedImages& images) {
  const std::size_t shown = options.shown;
  Cards cards(findings, options, images);
  const CommonScore& score = findings.scores[findings.main];
  out += "<section id=\"extremes\">";
  if (findings.pairs.empty()) {
    std::vector<std::size_t> order = findings.worst_first();
    const std::size_t worst = std::min(shown, (order.size() + 1) / 2);
    const std::size_t best = std::min(shown, order.size() / 2);
    const std::size_t runs[] = {0};
    out += fmt::format("<h2>Worst and best samples by {}</h2>\n", html(score_title(score.name)));
    append_group(out, cards, "Worst", std::span(order).first(worst), runs, score);
    std::ranges::reverse(order);
    append_group(out, cards, "Best", std::span(order).first(best), runs, score);
  } else {
    out += "<h2>Samples that moved most</h2>\n";
  }
  for (std::size_t run = 1; run < findings.runs.size(); ++run) {
    const Pair& pair = findings.pairs[run - 1];
    const std::size_t runs[] = {0, run};
    const auto title = [&](std::string_view way, std::size_t count) {
      return fmt::format("{}: {} by {} ({})", run_letter(run), way, score_title(score.name),
                         counted(count, "sample"));
    };
    append_group(out, cards, title("worse", pair.moved.worse_count),
                 first_of(pair.moved.worse, shown), runs, score);
    append_group(out, cards, title("better", pair.moved.better_count),
                 first_of(pair.moved.better, shown), runs, score);
  }
  if (findings.runs[0].has_texts() && findings.has_evidence()) {
    out +=
        "<p class=\"fine\"><mark class=\"bad\">Invented</mark>, <mark "
        "class=\"good\">supported</mark> "
        "and <mark class=\"other\">other</mark> words, as a probe judged them; their class and "
        "verdict show when pointed at.</p>\n";
  }
  if (has_references(findings.runs[0])) {
    out +=
        "<p class=\"fine\"><mark class=\"m1\">Marked words</mark> occur in a reference too, "
        "<mark class=\"m2\">two</mark>, <mark class=\"m3\">three</mark>, <mark class=\"m4\">four "
        "or more</mark> in the same order more strongly. Words are compared as the metrics' "
        "tokeniser splits them; synonyms and stems are not marked.</p>\n";
  }
  if (const std::string what = images.summary(); !what.empty()) {
    out += fmt::format("<p class=\"fine\">{}</p>\n", html(what));
  }
  out += "</section>\n";
}

}  // namespace vernier::report
