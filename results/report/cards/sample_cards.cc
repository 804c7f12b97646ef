#include "results/report/cards/sample_cards.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding/data_uri.h"
#include "results/report/html/text.h"
#include "results/report/judge/html/note_html.h"
#include "results/report/samples/excerpt.h"
#include "results/report/samples/question.h"
#include "results/report/sections/labels.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

constexpr std::size_t kFolded = 600;    // bytes of a text beyond which it is folded away
constexpr std::size_t kReferences = 6;  // more are folded away

/// What is invented and left out, in words: marks alone say nothing to those who cannot see them.
std::string object_list(const CaptionEvidence& evidence) {
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
std::string folded(const std::string& shown, std::string_view text) {
  if (text.size() <= kFolded) return shown;
  const std::string_view kept = excerpt(text);
  return fmt::format("<details><summary>{}{}</summary>{}</details>", counted(text.size(), "byte"),
                     kept.size() == text.size()
                         ? ""
                         : fmt::format(", the first {} are here", count_text(kept.size())),
                     shown);
}

/// The image, and beside it what judges see there.
std::string seen_beside(const std::string& image, std::span<const NoteOfRun> notes) {
  const std::string seen = seen_html(notes);
  return seen.empty() ? image : fmt::format("<div class=\"seen\">{}{}</div>", image, seen);
}

}  // namespace

SampleCards::SampleCards(const Findings& findings, const Options& options, EmbeddedImages& images)
    : findings_(findings),
      options_(options),
      images_(images),
      matcher_(findings.runs[0].header()) {}

std::string SampleCards::card(std::size_t n, std::span<const std::size_t> shown,
                              std::string_view facts) {
  const Run::Sample& sample = findings_.runs[0].samples()[n];
  std::string out =
      fmt::format("<article class=\"card\"><h4><code>{}</code> <small>{}", html(sample.id), facts);
  if (sample.image_id != sample.id) out += fmt::format(" · image {}", html(sample.image_id));
  out += "</small></h4>";
  append_texts(out, n, shown);
  if (options_.drawing) append_drawings(out, n, shown);
  return out + "</article>\n";
}

void SampleCards::append_group(std::string& out, std::string_view title,
                               std::span<const std::size_t> samples,
                               std::span<const std::size_t> shown, const CommonScore& score) {
  if (samples.empty()) return;
  out += fmt::format("<h3>{}</h3>\n{}", html(title), grid());
  for (const std::size_t n : samples) {
    std::string facts = html(score_title(score.name)) + " ";
    for (const std::size_t r : shown) {
      const double value = findings_.score(r, n, score);
      facts += (r == shown.front() ? "" : " → ") + number_text(value, decimals_for(value));
    }
    out += card(n, shown, facts);
  }
  out += "</div>\n";
}

std::string SampleCards::grid() const {
  return fmt::format("<div class=\"cards{}\">\n", findings_.is_judged() ? " judged" : "");
}

void SampleCards::append_texts(std::string& out, std::size_t n,
                               std::span<const std::size_t> shown) {
  const Run& first = findings_.runs[0];
  const Run::Sample& sample = first.samples()[n];
  std::vector<NoteOfRun> notes;
  for (const std::size_t r : shown) {
    notes.push_back({r, judge_note(findings_.runs[r].samples()[findings_.in_run(r, n)].meta)});
  }
  out += seen_beside(images_.element(sample.image_id), notes);
  if (!first.has_texts()) return;
  const auto texts = first.references(sample);
  std::vector<std::string_view> references(texts.size());
  std::ranges::transform(texts, references.begin(), excerpt);
  matcher_.set_references(references);
  if (const std::string question = question_of(sample.meta); !question.empty()) {
    out += fmt::format("<p class=\"question\">{}</p>", html(excerpt(question)));
  }
  out += "<dl>";
  for (const NoteOfRun& note : notes) {
    const Run::Sample& own = findings_.runs[note.run].samples()[findings_.in_run(note.run, n)];
    const CaptionEvidence evidence = caption_evidence(evidence_of(own.meta, own.candidate));
    out += fmt::format("<dt>{}</dt><dd class=\"candidate\">{}{}{}</dd>", run_badge(note.run),
                       folded(marked(excerpt(own.candidate), evidence), own.candidate),
                       object_list(evidence), verdict_html(note));
  }
  if (!texts.empty()) out += "<dt class=\"references\">references</dt>";
  for (const std::string_view text : texts.first(std::min(kReferences, texts.size()))) {
    out += fmt::format("<dd>{}</dd>", folded(html(excerpt(text)), text));
  }
  out += "</dl>";
  if (texts.size() <= kReferences) return;
  const auto rest = texts.subspan(kReferences);
  out += fmt::format("<details><summary>{}</summary><dl>", counted(rest.size(), "more reference"));
  for (const std::string_view text : rest) {
    out += fmt::format("<dd>{}</dd>", folded(html(excerpt(text)), text));
  }
  out += "</dl></details>";
}

void SampleCards::append_drawings(std::string& out, std::size_t n,
                                  std::span<const std::size_t> shown) {
  for (const std::size_t r : shown) {
    const std::string svg = options_.drawing(findings_.runs[r], findings_.in_run(r, n));
    if (svg.empty()) continue;
    out += fmt::format(
        "<details class=\"scene\"><summary>{} scene graphs</summary><img alt=\"Scene graphs of "
        "the candidate and the references\" src=\"data:image/svg+xml;base64,{}\"></details>",
        run_badge(r), base64_of(svg));
  }
}

std::string SampleCards::marked(std::string_view text, const CaptionEvidence& evidence) const {
  if (text.empty()) return "<em>empty</em>";
  std::string out;
  for (const Piece& piece : pieces_of(matcher_.segments(text), evidence)) {
    if (piece.mark != nullptr) {
      out +=
          fmt::format("<mark class=\"{}\" title=\"{}\">{}</mark>", mark_class(piece.mark->finding),
                      html(piece.mark->label), html(piece.text));
    } else if (piece.level > 0) {
      out += fmt::format("<mark class=\"m{}\">{}</mark>", piece.level, html(piece.text));
    } else {
      out += html(piece.text);
    }
  }
  return out;
}

}  // namespace vernier::report
