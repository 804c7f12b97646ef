#include "results/report/samples/sample_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_text.h"
#include "base/printable.h"
#include "results/evidence/evidence.h"
#include "results/report/evidence/marked_text.h"
#include "results/report/html/text.h"
#include "results/report/judge/html/note_data.h"
#include "results/report/samples/excerpt.h"
#include "results/report/samples/matches.h"
#include "results/report/samples/question.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

constexpr std::size_t kLongestMeta = 300;

/// A comma unless it is the first of a list.
void separate(std::string& out) {
  if (!out.ends_with('[')) out.push_back(',');
}

void append_text(std::string& out, std::string_view text) {
  separate(out);
  append_json_string(out, visible(text));
}

/// With what is left out of a long text, so that nobody takes the excerpt for all of it.
std::string cut_note(std::string_view text) {
  const std::size_t rest = text.size() - excerpt(text).size();
  return rest == 0 ? "" : fmt::format("… ({} more bytes)", count_text(rest));
}

void append_scores(std::string& out, const Findings& findings, std::size_t n) {
  out += ",[";
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    for (const CommonScore& score : findings.scores) {
      separate(out);
      const double value = findings.score(r, n, score);
      out += std::isfinite(value) ? fmt::format("{:.4g}", value) : "null";
    }
  }
  out += "]";
}

void append_piece(std::string& out, const Piece& piece) {
  separate(out);
  if (piece.mark == nullptr) {
    out += static_cast<char>('0' + piece.level);
  } else {
    out += "[";
    append_text(out, mark_class(piece.mark->finding));
    append_text(out, piece.mark->label);
    out += "]";
  }
  append_text(out, piece.text);
}

using Evidence = std::vector<CaptionEvidence>;  // by run

Evidence evidence_of_sample(const Findings& findings, std::size_t n) {
  Evidence out;
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    const Run::Sample& sample = findings.runs[r].samples()[findings.in_run(r, n)];
    out.push_back(caption_evidence(evidence_of(sample.meta, sample.candidate)));
  }
  return out;
}

void append_names(std::string& out, const std::vector<std::string>& names) {
  separate(out);
  out.push_back('[');
  for (const std::string& name : names) append_text(out, name);
  out.push_back(']');
}

std::string evidence_json(const Evidence& evidence) {
  std::string out = "[";
  for (const CaptionEvidence& one : evidence) {
    separate(out);
    if (one.empty()) {
      out.push_back('0');
      continue;
    }
    out.push_back('[');
    append_names(out, one.invented);
    append_names(out, one.left_out);
    out.push_back(']');
  }
  return out + "]";
}

std::string json_text(const std::string& text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

/// Meta, evidence, question and notes of judges, up to the last one there is; 0 for what is not
/// there.
void append_optional(std::string& out, std::string_view meta, const Evidence& evidence,
                     std::string notes) {
  const std::string question = question_of(meta),
                    rest = meta_without_judge(meta_without_evidence(meta));
  std::vector<std::string> parts(3, "0");
  if (!rest.empty()) parts[0] = json_text(printable(rest, kLongestMeta));
  if (!std::ranges::all_of(evidence, &CaptionEvidence::empty)) parts[1] = evidence_json(evidence);
  if (!question.empty()) parts[2] = json_text(printable(question, kLongestMeta));
  parts.push_back(std::move(notes));
  while (!parts.empty() && parts.back() == "0") parts.pop_back();
  for (const std::string& part : parts) out += "," + part;
}

std::vector<NoteOfRun> notes_of_sample(const Findings& findings, std::size_t n) {
  std::vector<NoteOfRun> out;
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    out.push_back({r, judge_note(findings.runs[r].samples()[findings.in_run(r, n)].meta)});
  }
  return out;
}

void append_texts(std::string& out, const Findings& findings, std::size_t n,
                  const Evidence& evidence, WordMatcher& matcher) {
  const Run& first = findings.runs[0];
  const auto references = first.references(first.samples()[n]);
  std::vector<std::string_view> excerpts(references.size());
  std::ranges::transform(references, excerpts.begin(), excerpt);
  matcher.set_references(excerpts);
  out += ",[";
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    const std::string_view candidate = findings.runs[r].samples()[findings.in_run(r, n)].candidate;
    separate(out);
    out.push_back('[');
    for (const Piece& piece : pieces_of(matcher.segments(excerpt(candidate)), evidence[r])) {
      append_piece(out, piece);
    }
    if (const std::string note = cut_note(candidate); !note.empty()) {
      separate(out);
      out += '0';
      append_text(out, note);
    }
    out.push_back(']');
  }
  out += "],[";
  for (std::size_t i = 0; i < references.size(); ++i) {
    append_text(out, std::string(excerpts[i]) + cut_note(references[i]));
  }
  out += "]";
}

void append_head(std::string& out, const Findings& findings) {
  out += "{\"runs\":[";
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    separate(out);
    out.push_back('{');
    append_json_member(out, "letter", run_letter(r));
    append_json_member(out, "name", file_name(findings.runs[r].name()));
    out.push_back('}');
  }
  out += "],\n\"scores\":[";
  for (const CommonScore& score : findings.scores) {
    separate(out);
    out.push_back('{');
    append_json_member(out, "name", visible(score.name));
    append_json_member(out, "title", visible(score_title(score.name)));
    out += fmt::format(",\"less\":{}}}", score.less_is_better);
  }
  out +=
      fmt::format("],\n\"main\":{},\"total\":{}", findings.main, findings.runs[0].samples().size());
  if (!findings.slices) return;
  append_json_member(out, "by", visible(findings.slices->key));
  out += ",\"slices\":[";
  for (const Slice& slice : findings.slices->groups) {
    if (slice.missing) {
      separate(out);
      out += "null";
    } else {
      append_text(out, slice.value);
    }
  }
  out += "]";
}

/// By sample of the first run: the number of its slice, -1 where that is not shown.
std::vector<int> slice_of(const Findings& findings) {
  std::vector<int> out(findings.runs[0].samples().size(), -1);
  if (!findings.slices) return out;
  for (std::size_t g = 0; g < findings.slices->groups.size(); ++g) {
    for (const std::size_t n : findings.slices->groups[g].samples) out[n] = static_cast<int>(g);
  }
  return out;
}

bool have_texts(const Findings& findings) {
  return std::ranges::all_of(findings.runs, &Run::has_texts);
}

}  // namespace

std::string sample_data(const Findings& findings, std::span<const std::size_t> samples) {
  std::string out;
  append_head(out, findings);
  out += ",\n\"samples\":[";
  WordMatcher matcher(findings.runs[0].header());
  const std::vector<int> slices = slice_of(findings);
  const bool texts = have_texts(findings);
  NoteData notes;
  for (const std::size_t n : samples) {
    const Run::Sample& sample = findings.runs[0].samples()[n];
    separate(out);
    out += "\n[";
    append_text(out, sample.id);
    if (sample.image_id == sample.id) {
      out += ",0";
    } else {
      append_text(out, sample.image_id);
    }
    append_scores(out, findings, n);
    const Evidence evidence = evidence_of_sample(findings, n);
    if (texts) {
      append_texts(out, findings, n, evidence, matcher);
    } else {
      out += ",0,0";
    }
    out += fmt::format(",{}", slices[n]);
    append_optional(out, sample.meta, evidence, notes.notes(notes_of_sample(findings, n)));
    out.push_back(']');
  }
  out += "]";
  if (findings.is_judged()) out += ",\n\"seen\":" + notes.seen();
  return script_json(out + "}");
}

}  // namespace vernier::report
