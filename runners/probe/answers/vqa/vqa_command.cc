#include <CLI/CLI.hpp>
#include <memory>

#include "runners/probe/answers/join_options.h"
#include "runners/probe/answers/vqa/vqa_output.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Answers to questions about images against those of people. Told apart by content:
  vqa       VQAv2, OK-VQA: {"questions": [...]} and, with --annotations, {"annotations": [...]}
  vizwiz    records of image, question, answers; answers name the image
  textvqa   {"data": [...]}, ten answers to each question
  document  {"data": [...]}, other numbers of answers: ST-VQA, DocVQA
  choice    records with options or columns A, B, ...: MMMU, A-OKVQA
  records   other records with question_id, question and answers

Examples:
  vernier probe vqa results.json --questions v2_OpenEnded_mscoco_val2014_questions.json \
    --annotations v2_mscoco_val2014_annotations.json
  vernier probe vqa results.json --questions vizwiz_val.json -f json
  vernier probe vqa results.json --questions TextVQA_0.5.1_val.json
  vernier probe vqa results.json --questions docvqa_val_v1.0.json --evidence scored.jsonl
  vernier probe vqa letters.jsonl --questions mmmu_val.jsonl --by subject

Soft accuracy stands where four people or more have answered: official as the benchmark's own script
has it (vqaEval.py: texts are normalised unless all people agree), strict normalises always.
)";

struct Options {
  VqaOptions vqa;
  std::string evidence;
  OutputFormat format = OutputFormat::kTable;
};

int vqa(const Options& options) {
  refuse_output_over_input(options.evidence,
                           {options.vqa.answers, options.vqa.questions, options.vqa.annotations},
                           "evidence");
  const VqaStudy study = study_vqa(options.vqa);
  if (!options.evidence.empty()) write_file(options.evidence, vqa_evidence(study));
  print(vqa_text(study, options.format));
  return 0;
}

}  // namespace

void add_vqa_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  VqaOptions& vqa_options = options->vqa;
  CLI::App* command = probe.add_subcommand(
      "vqa", "Short answers and letters against those of people: soft accuracy, ANLS, exact match");
  command->footer(kExamples);
  command->add_option("answers", vqa_options.answers, "The answers")->required();
  command->add_option("--questions", vqa_options.questions, "Questions, with answers or options")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--annotations", vqa_options.annotations,
                   "People's answers, where they have a file of their own (VQAv2, OK-VQA)")
      ->type_name("FILE");
  add_choice_option(*command, "--mode", vqa_options.strict, {{"official", false}, {"strict", true}},
                    "official (as the benchmark's script) or strict (always normalised)");
  add_choice_option<std::optional<probes::AnswerNormaliser>>(
      *command, "--normaliser", vqa_options.normaliser,
      {{"auto", std::nullopt},
       {"vqa", probes::AnswerNormaliser::kVqa},
       {"evalai", probes::AnswerNormaliser::kEvalAi}},
      "auto (evalai for textvqa, else vqa), vqa or evalai");
  command
      ->add_option("--by", vqa_options.fields.by,
                   "Also by this field of the questions (repeatable)")
      ->type_name("FIELD")
      ->allow_extra_args(false);
  command->add_option("--reference-field", vqa_options.fields.reference,
                      "The field of the questions that holds the right answers");
  command->add_option("--evidence", options->evidence, "Write every answer with its scores")
      ->type_name("FILE");
  add_join_options(*command, vqa_options.join, vqa_options.answer_fields,
                   vqa_options.replace_invalid);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] { context.action = [options] { return vqa(*options); }; });
}

}  // namespace vernier
