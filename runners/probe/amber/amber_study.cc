#include "runners/probe/amber/amber_study.h"

#include <fmt/format.h>

#include <memory>

#include "base/parallel.h"
#include "base/printable.h"
#include "datasets/objects/object_file.h"
#include "metrics/text/text_set.h"

namespace vernier {
namespace {

/// Sorts responses into descriptions and counted answers.
void sort_responses(const ObjectFile& file, const probes::AmberData& data, AmberStudy& study) {
  const probes::YesNoParser& strict = probes::yes_no_parser("strict");
  text::TextMap<const ObjectRecord*> seen;
  for (const ObjectRecord& record : file.records()) {
    const std::string_view id = record.text({"id", "question_id"});
    const std::string_view response = record.text({"response", "text", "answer"});
    const probes::AmberAnnotation* annotation = data.find(id);
    if (annotation == nullptr) {
      record.refuse(fmt::format("expected an id of AMBER's annotations (first: {}, last: {})",
                                data.annotations().front().id, data.annotations().back().id));
    }
    const auto [first, fresh] = seen.try_emplace(std::string(id), &record);
    if (!fresh) {
      if (first->second->text({"response", "text", "answer"}) != response) {
        record.refuse(fmt::format("has another response in line {}", first->second->line()));
      }
      ++study.repeated;
      continue;
    }
    if (annotation->task == probes::AmberTask::kGenerative) {
      study.descriptions.push_back({std::string(id), std::string(response), *annotation, {}});
    } else {
      probes::count_answer(probes::amber_official_verdict(response), annotation->yes,
                           study.questions.of(annotation->task));
      probes::count_answer(strict.read(response), annotation->yes,
                           study.strict.of(annotation->task));
    }
  }
}

}  // namespace

AmberStudy study_amber(const AmberOptions& options, const GlobalOptions& global) {
  const probes::AmberData data = probes::AmberData::read(options.annotations);
  ObjectFileOptions reading;
  reading.replace_invalid = options.replace_invalid;
  const ObjectFile file = ObjectFile::read(options.responses, reading);
  AmberStudy study;
  study.name = file.name();
  for (const probes::AmberAnnotation& annotation : data.annotations()) {
    ++(annotation.task == probes::AmberTask::kGenerative ? study.descriptions_asked
                                                         : study.questions_asked);
  }
  sort_responses(file, data, study);
  study.signature = fmt::format("amber|match:exact|data:{:08x}", data.digest() >> 32);
  if (!study.descriptions.empty()) {
    const probes::LanguageTools tools = open_language_tools(options.language, true, true, global);
    study.signature += fmt::format("|sent:{}|tags:{}|lemmas:{}", tools.splitter_name,
                                   tools.tagger_name, tools.word_net_name);
    parallel_blocks(thread_count(options.threads), study.descriptions.size(), 32, [&] {
      auto nouns = std::make_shared<probes::AmberNouns>(data, tools);
      return [&, nouns](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          AmberStudy::Description& description = study.descriptions[i];
          description.judged =
              probes::judge_response(nouns->find(description.text), description.image, data);
        }
      };
    });
  }
  study.signature += fmt::format("|v:{}", VERNIER_VERSION);
  std::vector<std::string_view> texts;
  for (const AmberStudy::Description& description : study.descriptions) {
    study.texts += description.judged.counts;
    texts.push_back(description.text);
  }
  study.degeneracy = probes::degeneracy_of(texts);
  return study;
}

}  // namespace vernier
