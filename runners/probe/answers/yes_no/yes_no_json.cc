#include "runners/probe/answers/output/yes_no_json.h"

#include <fmt/format.h>

#include "base/json_text.h"
#include "runners/probe/answers/yes_no/yes_no_parts.h"

namespace vernier {
namespace {

using probes::YesNoScores;
using Answers = std::span<const probes::YesNoAnswer>;

void append_scores(std::string& out, const YesNoJob& job, Answers answers) {
  const ParserScores both = scores_of(job, answers);
  const std::uint64_t unclear = both.strict.counts.unclear();
  append_yes_no(out, both.chosen, unclear);
  for (const auto& [name, scores] :
       {std::pair("official", &both.official), std::pair("strict", &both.strict)}) {
    append_json_key(out, name);
    out += '{';
    append_yes_no(out, *scores, unclear);
    out += '}';
  }
}

void append_parsers(std::string& out, const YesNoJob& job) {
  const std::uint64_t unclear =
      probes::score_yes_no(job.pooled, probes::yes_no_parser("strict"), job.policy)
          .counts.unclear();
  append_json_key(out, "parsers");
  out += '{';
  for (const probes::YesNoParser& parser : probes::yes_no_parsers()) {
    append_json_key(out, parser.name);
    out += '{';
    append_yes_no(out, probes::score_yes_no(job.pooled, parser, job.policy), unclear);
    out += '}';
  }
  out += '}';
}

void append_files(std::string& out, const YesNoJob& job) {
  append_json_key(out, "files");
  out += '[';
  for (const YesNoPart& part : job.parts) {
    out += out.ends_with('[') ? "\n{" : ",\n{";
    append_json_member(out, "answers", part.answer_file->name);
    append_json_member(out, "questions", part.questions.name);
    if (!part.category.empty()) append_json_member(out, "category", part.category);
    append_join(out, part.join);
    append_scores(out, job, part.answers);
    out += '}';
  }
  out += ']';
}

void append_splits(std::string& out, const YesNoJob& job, const YesNoOptions& options) {
  append_json_key(out, "splits");
  out += '[';
  for (const YesNoSplit& split : splits(job, options)) {
    out += out.ends_with('[') ? "\n{" : ",\n{";
    append_json_member(out, "by", split.by);
    append_json_key(out, "groups");
    out += '[';
    for (const probes::YesNoGroup& group : split.groups) {
      out += out.ends_with('[') ? "{" : ",{";
      append_json_member(out, "value", group.value);
      append_scores(out, job, group.answers);
      out += '}';
    }
    out += "]}";
  }
  out += ']';
}

void append_id_lists(std::string& out, const YesNoJob& job) {
  append_json_key(out, "id_lists");
  out += '[';
  for (const probes::IdListScores& list : job.id_lists) {
    out += out.ends_with('[') ? "\n{" : ",\n{";
    append_json_member(out, "file", list.file);
    append_json_count(out, "ids", list.ids);
    append_json_count(out, "unanswered", list.unanswered);
    append_json_member(out, "precision", list.precision);
    append_json_member(out, "recall", list.recall);
    append_json_member(out, "f1", list.f1);
    append_json_member(out, "accuracy", list.accuracy);
    out += '}';
  }
  out += ']';
  append_json_key(out, "mean_over_id_lists");
  out += '{';
  append_json_member(out, "precision", mean_over_lists(job, &probes::IdListScores::precision));
  append_json_member(out, "recall", mean_over_lists(job, &probes::IdListScores::recall));
  append_json_member(out, "f1", mean_over_lists(job, &probes::IdListScores::f1));
  append_json_member(out, "accuracy", mean_over_lists(job, &probes::IdListScores::accuracy));
  out += '}';
}

}  // namespace

std::string yes_no_json(const YesNoJob& job, const YesNoOptions& options) {
  std::string out = fmt::format("{{\"schema\":\"vernier.probe.{}/1\"", options.probe);
  append_json_member(out, "mode", job.mode);
  append_json_member(out, "parser", job.parser->name);
  append_json_member(out, "aggregate", job.parts.size() == 1 ? "single" : "pooled");
  append_json_member(out, "signature", job.signature(options));
  append_json_count(out, "other_language", probes::other_languages(job.pooled));
  append_scores(out, job, job.pooled);
  append_json_key(out, "aggregates");
  out += '{';
  const YesNoScores pooled = probes::score_yes_no(job.pooled, *job.parser, job.policy);
  append_json_member(out, "pooled_f1", pooled.rates.f1);
  append_json_member(out, "pooled_accuracy", pooled.rates.accuracy);
  append_json_member(out, "mean_f1_over_files", mean_over_files(job, &probes::Rates::f1));
  append_json_member(out, "mean_accuracy_over_files",
                     mean_over_files(job, &probes::Rates::accuracy));
  out += '}';
  append_files(out, job);
  append_splits(out, job, options);
  if (!job.id_lists.empty()) append_id_lists(out, job);
  if (options.all_parsers) append_parsers(out, job);
  return out + "}\n";
}

}  // namespace vernier
