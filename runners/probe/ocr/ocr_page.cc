#include <fmt/format.h>

#include "runners/probe/answers/output/page.h"
#include "runners/probe/ocr/ocr_output.h"

namespace vernier {
namespace {

std::vector<std::string> edit_row(const char* name, const probes::OcrEdits& edits,
                                  const probes::RatioEstimate& rate,
                                  const probes::RatioEstimate& mean) {
  return {name,
          std::to_string(edits.length),
          std::to_string(edits.replaced),
          std::to_string(edits.inserted),
          std::to_string(edits.deleted),
          percent_text(rate),
          percent_text(mean)};
}

TextRows word_rows(const probes::OcrScores& scores) {
  TextRows rows = {{"share", "%"}};
  const auto add = [&](const char* name, const auto& share) {
    rows.push_back({name, percent_text(share)});
  };
  add("transcripts that are exact", scores.exact.ratio());
  add("lines that are exact", scores.exact_lines.ratio());
  add("words said that are not written (invented)", scores.invented);
  add("... and no misreading of one", scores.invented_not_misread);
  add("words written that are not said (missing)", scores.missing);
  return rows;
}

}  // namespace

std::string ocr_text(const OcrStudy& study, OutputFormat format) {
  if (format == OutputFormat::kJson) return ocr_json(study);
  const probes::OcrScores& scores = study.scores;
  ProbePage page;
  page.table("",
             {{"errors", "written", "replaced", "inserted", "deleted", "rate, %",
               "mean of transcripts, %"},
              edit_row("characters", scores.characters, scores.cer, scores.mean_cer),
              edit_row("words", scores.words, scores.wer, scores.mean_wer)},
             "lrrrrrr");
  page.table("", word_rows(scores), "lr");
  const auto line = [&](std::uint64_t count, const char* what) {
    if (count > 0) page.line(fmt::format("{} {}", count, what));
  };
  line(
      scores.said_of_nothing,
      "transcripts are of images with nothing written: in no error rate, their words are invented");
  line(scores.both_empty, "transcripts are rightly empty: exact, in no error rate");
  line(scores.empty_outputs, "transcripts are empty where something is written");
  line(scores.loops, "transcripts say the same again and again");
  line(study.join.missing, "references have no transcript");
  line(study.join.extra, "transcripts have no reference");
  line(study.join.duplicate, "transcripts came again, equal, and were counted once");
  if (!study.tesseract.empty()) {
    page.line(fmt::format("references are what tesseract {} reads, with its own mistakes",
                          study.tesseract));
  }
  page.line("± standard error, images as clusters");
  page.line(study.signature);
  return page.text(format);
}

}  // namespace vernier
