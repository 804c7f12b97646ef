#include <CLI/CLI.hpp>
#include <memory>

#include "runners/probe/answers/join_options.h"
#include "runners/probe/ocr/ocr_output.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
What a model reads in images against what is written there: character and word error rates, and words
that it makes up. Transcripts are records of an id or image and a text ("text", "response", ...) or one
object {ID: text}; references are the same, or hold a list of texts, of which the nearest counts.

Examples:
  vernier probe ocr transcripts.jsonl --references truth.jsonl
  vernier probe ocr transcripts.jsonl --references truth.json --ignore-case --ignore-punctuation
  vernier probe ocr transcripts.jsonl --references truth.jsonl --evidence edits.jsonl -f json
  vernier probe ocr transcripts.jsonl --tesseract images/ --tesseract-language eng+deu
)";

struct Options {
  OcrOptions ocr;
  std::string evidence;
  OutputFormat format = OutputFormat::kTable;
};

int ocr(const Options& options) {
  refuse_output_over_input(options.evidence, {options.ocr.transcripts, options.ocr.references},
                           "evidence");
  const OcrStudy study = study_ocr(options.ocr);
  if (!options.evidence.empty()) write_file(options.evidence, ocr_evidence(study));
  print(ocr_text(study, options.format));
  return 0;
}

}  // namespace

void add_ocr_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  OcrOptions& ocr_options = options->ocr;
  CLI::App* command = probe.add_subcommand(
      "ocr", "Transcripts of images: character and word error rates, invented words");
  command->footer(kExamples);
  command->add_option("transcripts", ocr_options.transcripts, "What the model read")->required();
  command->add_option("--references", ocr_options.references, "What is written")->type_name("FILE");
  command->add_option("--reference-field", ocr_options.reference_field,
                      "The field of the references that holds the text or texts");
  probes::OcrNormalisation& normalisation = ocr_options.normalisation;
  command->add_flag("--ignore-case", normalisation.ignore_case, "Compare in lower case");
  command->add_flag("--ignore-punctuation", normalisation.ignore_punctuation,
                    "Take out what Unicode calls punctuation");
  command->add_flag("--nfkc", normalisation.compatibility_forms,
                    "Replace compatibility forms: ligatures, full-width letters");
  command
      ->add_option("--evidence", options->evidence,
                   "Write every transcript with its edits, invented and missing words")
      ->type_name("FILE");
  constexpr const char* kTesseract = "Tesseract";
  command
      ->add_option("--tesseract", ocr_options.tesseract.images,
                   "Without references: what tesseract reads in the images of this folder")
      ->type_name("DIR")
      ->group(kTesseract);
  command->add_option("--tesseract-language", ocr_options.tesseract.language, "Its language data")
      ->type_name("NAME")
      ->capture_default_str()
      ->group(kTesseract);
  command
      ->add_option("--tesseract-seconds", ocr_options.tesseract.seconds, "For each image at most")
      ->check(CLI::Range(1, 3600).description(""))
      ->capture_default_str()
      ->group(kTesseract);
  add_coverage_options(*command, ocr_options.join, ocr_options.fields, ocr_options.replace_invalid);
  add_threads_option(*command, ocr_options.threads);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] { context.action = [options] { return ocr(*options); }; });
}

}  // namespace vernier
