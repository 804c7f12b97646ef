#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <optional>

#include "base/json_text.h"
#include "judges/probes/answers/benchmarks/triplets.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/answers/output/yes_no_json.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"help(
Tri-HE (Wu et al. 2024): the triplets (subject, relation, object) that answers state, each judged
supported, or hallucinated because of an object or of the relation; null is a judgment that failed.
  {"image_id":"2374892","question":"Why?","triplets":[{"triplet":"(lamp, on, desk)","verdict":"object"}]}

Examples:
  vernier probe tri-he judged.jsonl --questions tri-he.json
  vernier probe tri-he judged.jsonl -f json
  vernier probe tri-he --statistics tri-he.json
)help";

struct Options {
  std::string file, questions;
  bool allow_missing = false, statistics = false;
  OutputFormat format = OutputFormat::kTable;
};

std::string signature(const Options& options, const probes::TripletScores& scores) {
  return fmt::format("tri-he|questions:{}|n:{}|without_triplets:{}|missing:{}|failed:{}|v:1",
                     options.questions.empty() ? "unchecked" : "checked", scores.questions,
                     scores.without_triplets, scores.missing, scores.failed);
}

std::string statistics_text(const probes::TripletStatistics& counts, OutputFormat format) {
  if (format == OutputFormat::kJson) {
    std::string out = "{\"schema\":\"vernier.probe.tri-he/1\"";
    append_json_count(out, "images", counts.images);
    append_json_count(out, "questions", counts.questions);
    append_json_count(out, "triplets", counts.triplets);
    return out + "}\n";
  }
  ProbePage page;
  page.table("",
             {{"images", "questions", "triplets"},
              {std::to_string(counts.images), std::to_string(counts.questions),
               std::to_string(counts.triplets)}},
             "rrr");
  return page.text(format);
}

std::string json_text(const Options& options, const probes::TripletScores& scores) {
  std::string out = "{\"schema\":\"vernier.probe.tri-he/1\"";
  append_json_member(out, "signature", signature(options, scores));
  append_json_key(out, "counts");
  out += '{';
  append_json_count(out, "images", scores.images);
  append_json_count(out, "questions", scores.questions);
  append_json_count(out, "questions_without_triplets", scores.without_triplets);
  append_json_count(out, "missing", scores.missing);
  append_json_count(out, "failed_triplets", scores.failed);
  append_json_count(out, "triplets", scores.hallucinated.whole);
  out += '}';
  append_json_key(out, "scores");
  out += '{';
  append_json_member(out, "hallu_q", scores.per_question);
  append_json_member(out, "hallu_i", scores.per_image);
  append_json_member(out, "object_q", scores.object_per_question);
  append_json_member(out, "object_i", scores.object_per_image);
  append_json_member(out, "relation_q", scores.relation_per_question);
  append_json_member(out, "relation_i", scores.relation_per_image);
  out += '}';
  append_json_key(out, "metrics");
  out += '{';
  append_share(out, "hallucinated_triplets", scores.hallucinated);
  append_share(out, "object_triplets", scores.object);
  append_share(out, "relation_triplets", scores.relation);
  out += '}';
  std::vector<probes::UndefinedRate> undefined;
  if (std::isnan(scores.per_question)) {
    undefined.push_back({"hallu_q", "no question has a judged triplet"});
    undefined.push_back({"hallu_i", "no question has a judged triplet"});
  }
  append_undefined(out, undefined);
  return out + "}\n";
}

std::string page_text(const Options& options, const probes::TripletScores& scores) {
  ProbePage page;
  page.table(
      "",
      {{"hallucinated %", "all", "object", "relation"},
       {"mean over questions (Hallu-Q)", percent_text(scores.per_question),
        percent_text(scores.object_per_question), percent_text(scores.relation_per_question)},
       {"mean over images (Hallu-I)", percent_text(scores.per_image),
        percent_text(scores.object_per_image), percent_text(scores.relation_per_image)},
       {"of all triplets", percent_text(scores.hallucinated.ratio()),
        percent_text(scores.object.ratio()), percent_text(scores.relation.ratio())}},
      "lrrr");
  page.line(fmt::format("{} images, {} questions, {} triplets", scores.images, scores.questions,
                        scores.hallucinated.whole));
  page.line(fmt::format("{} questions have no judged triplet and are in no mean",
                        scores.without_triplets));
  if (scores.missing > 0) page.line(fmt::format("{} questions were not judged", scores.missing));
  if (scores.failed > 0) {
    page.line(fmt::format("{} triplets have no verdict and are in no rate", scores.failed));
  }
  page.line(signature(options, scores));
  return page.text(options.format);
}

int tri_he(const Options& options) {
  const ObjectFile file = ObjectFile::read(options.file);
  if (options.statistics) {
    print(statistics_text(probes::triplet_statistics(file), options.format));
    return 0;
  }
  std::optional<ObjectFile> questions;
  if (!options.questions.empty()) questions = ObjectFile::read(options.questions);
  const probes::TripletScores scores =
      probes::triplet_scores(file, questions ? &*questions : nullptr, options.allow_missing);
  print(options.format == OutputFormat::kJson ? json_text(options, scores)
                                              : page_text(options, scores));
  return 0;
}

}  // namespace

void add_tri_he_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      probe.add_subcommand("tri-he", "Relations that answers state, each judged (Tri-HE)");
  command->footer(kExamples);
  command->add_option("file", options->file, "Judged triplets")->required();
  command->add_option("--questions", options->questions, "tri-he.json: all of it must be judged");
  command->add_flag("--statistics", options->statistics, "Count what tri-he.json holds");
  command->add_flag("--allow-missing", options->allow_missing,
                    "Count questions that were not judged");
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback(
      [options, context] { context.action = [options] { return tri_he(*options); }; });
}

}  // namespace vernier
