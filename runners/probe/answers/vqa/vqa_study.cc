#include "runners/probe/answers/vqa/vqa_study.h"

#include <fmt/format.h>

#include <numeric>

#include "base/error.h"
#include "base/printable.h"
#include "judges/probes/answers/input/image_ids.h"

namespace vernier {
namespace {

std::string signature_of(const VqaStudy& study) {
  return fmt::format(
      "vqa|format:{}|mode:{}|normaliser:{}|letters:option-letter|unparsed:wrong|questions:{:016x}|"
      "join:{}|n:{}|coverage:{:.6g}|v:1",
      probes::vqa_format_name(study.questions.format), study.method.strict ? "strict" : "official",
      probes::normaliser_name(study.method.normaliser), study.questions.digest,
      study.named_by_image ? "image" : probes::join_name(study.join.by), study.join.matched,
      study.join.coverage());
}

void check_fields(const VqaOptions& options, const VqaStudy& study) {
  for (const std::string& field : options.fields.by) {
    bool found = false;
    for (const probes::VqaGroup& group : study.groups) found = found || group.field == field;
    if (!found) {
      throw Error(ExitCode::kUsage, fmt::format("--by: no question of {} has the field '{}'",
                                                study.questions.name, printable(field, 40)));
    }
  }
}

}  // namespace

VqaStudy study_vqa(const VqaOptions& options) {
  VqaStudy study;
  study.questions = probes::read_vqa(options.questions, options.annotations, options.fields);
  ObjectFileOptions reading;
  reading.replace_invalid = options.replace_invalid;
  study.file = probes::read_answers(options.answers, options.answer_fields, reading);
  if (!options.join.by) {
    study.named_by_image = probes::name_by_image(study.questions.items, study.file.items);
  }
  const probes::Joined joined = probes::join(study.questions.items, study.file.items, options.join,
                                             study.questions.name, study.file.name);
  probes::require_coverage(joined.report, options.join, study.questions.name, study.file.name);
  study.join = joined.report;
  study.method = {options.normaliser.value_or(probes::official_normaliser(study.questions.format)),
                  options.strict};
  study.answers = probes::score_vqa(study.questions, study.file, joined, study.method);
  std::vector<std::size_t> all(study.answers.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  study.all = probes::summarise(study.answers, all);
  study.groups = probes::group_vqa(study.questions, study.answers);
  check_fields(options, study);
  study.yes = probes::yes_shares(study.questions, study.answers, study.method.normaliser);
  study.unanswerable_precision =
      probes::unanswerable_precision(study.questions, study.file, joined);
  study.signature = signature_of(study);
  return study;
}

}  // namespace vernier
