#include "runners/probe/ocr/ocr_study.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/parallel.h"
#include "judges/probes/answers/input/image_ids.h"
#include "judges/probes/answers/score/yes_no_scores.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

void read_references(const OcrOptions& options, unsigned threads, OcrStudy& study) {
  if (options.references.empty() == options.tesseract.images.empty()) {
    throw Error(ExitCode::kUsage,
                "expected what is written in the images: either --references FILE or --tesseract "
                "IMAGES");
  }
  if (!options.references.empty()) {
    study.references = probes::read_ocr_references(options.references, options.reference_field);
    return;
  }
  study.tesseract = tesseract_version(options.tesseract);
  study.references = tesseract_references(options.tesseract, study.file.items, threads);
}

void require_ids(const std::vector<probes::JoinItem>& items, const std::string& file) {
  for (const probes::JoinItem& item : items) {
    if (!item.id.empty()) continue;
    throw Error(ExitCode::kBadInput,
                fmt::format("{}:{}: expected an id, or else an image in every transcript and every "
                            "reference, each once",
                            file, item.line));
  }
}

std::string signature_of(const OcrOptions& options, const OcrStudy& study) {
  std::string source;
  if (!study.tesseract.empty()) {
    source = fmt::format("tesseract-{}-{}", study.tesseract, options.tesseract.language);
  }
  return fmt::format(
      "ocr|normalise:{}|units:codepoints|best-of-references:cer|references:{}|"
      "digest:{:016x}|n:{}|coverage:{:.6g}|v:1",
      study.normalisation, source.empty() ? "file" : source, study.references.digest,
      study.join.matched, study.join.coverage());
}

}  // namespace

OcrStudy study_ocr(const OcrOptions& options) {
  OcrStudy study;
  const unsigned threads = thread_count(options.threads);
  ObjectFileOptions reading;
  reading.replace_invalid = options.replace_invalid;
  study.file = probes::read_answers(options.transcripts, options.fields, reading);
  // What a transcript was asked for with is not compared with what is written.
  for (probes::JoinItem& item : study.file.items) item.question.clear();
  read_references(options, threads, study);
  probes::name_by_image(study.references.items, study.file.items);
  require_ids(study.references.items, study.references.name);
  require_ids(study.file.items, study.file.name);
  const probes::Joined joined = probes::join(study.references.items, study.file.items, options.join,
                                             study.references.name, study.file.name);
  probes::require_coverage(joined.report, options.join, study.references.name, study.file.name);
  study.join = joined.report;
  probes::ImageNumbers images;
  std::vector<std::uint32_t> clusters;
  for (std::size_t n = 0; n < study.references.items.size(); ++n) {
    if (joined.answer_of[n] == probes::Joined::kNone) continue;
    const std::string& own = study.references.items[n].image;
    const std::string& image = own.empty() ? study.file.items[joined.answer_of[n]].image : own;
    clusters.push_back(image.empty() ? images.fresh() : images.number(image));
    study.places.push_back(n);
  }
  study.records.resize(study.places.size());
  parallel_blocks(threads, study.places.size(), 8, [&] {
    return [&](std::size_t begin, std::size_t end) {
      for (std::size_t n = begin; n < end; ++n) {
        const std::size_t place = study.places[n];
        study.records[n] =
            probes::read_ocr_record(study.file.items[joined.answer_of[place]].answer,
                                    study.references.texts[place], options.normalisation);
      }
    };
  });
  study.scores = probes::score_ocr(study.records, clusters);
  study.normalisation = probes::normalisation_text(options.normalisation);
  study.signature = signature_of(options, study);
  return study;
}

}  // namespace vernier
