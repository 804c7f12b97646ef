#include "runners/probe/answers/yes_no/yes_no_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/hash.h"
#include "base/json_text.h"
#include "judges/probes/answers/text/question_text.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

/// An answer and where it comes from.
struct Place {
  const YesNoPart* part;
  const probes::YesNoAnswer* answer;
  std::string file;  ///< of the questions; empty where there is but one
  std::string id;

  const probes::JoinItem& question() const { return part->questions.items[answer->question]; }
};

/// "coco_pope_random" of "dir/coco_pope_random.json.gz"; or its category of the index.
std::string part_name(const YesNoPart& part) {
  if (!part.category.empty()) return part.category;
  const std::string_view file = probes::image_key(part.questions.name);
  return std::string(file.substr(0, file.find('.')));
}

std::vector<Place> places_of(const YesNoJob& job) {
  std::vector<Place> places;
  std::unordered_map<std::string, std::size_t> times;
  for (const YesNoPart& part : job.parts) {
    for (const probes::YesNoAnswer& answer : part.answers) {
      Place place{&part, &answer, job.parts.size() > 1 ? part_name(part) : "", {}};
      place.id = place.question().id.empty() ? fmt::format("{}", answer.question + 1)
                                             : place.question().id;
      if (!place.file.empty()) place.id = place.file + "/" + place.id;
      // Ids that files give twice are told apart by their order.
      const std::size_t time = ++times[place.id];
      if (time > 1) place.id += fmt::format("#{}", time);
      places.push_back(std::move(place));
    }
  }
  return places;
}

std::string meta_of(const Place& place, probes::Verdict verdict) {
  std::string meta = "{";
  append_json_member(meta, "question", place.question().question);
  append_json_member(meta, "verdict", probes::verdict_name(verdict));
  if (!place.file.empty()) append_json_member(meta, "file", place.file);
  const ObjectRecord& record = place.part->questions.records[place.answer->question];
  for (const std::string& key : record.value().keys) {
    const Value* value = record.value().find(key);
    if (!value->is_string() && !value->is_number()) continue;
    if (key == "question" || key == "verdict" || key == "file") continue;
    if (value->text == place.question().question) continue;
    append_json_member(meta, key, value->text);
  }
  return meta + "}";
}

std::vector<double> row_of(bool positive, probes::Verdict verdict, probes::UnclearPolicy policy) {
  const bool unclear = verdict == probes::Verdict::kUnclear;
  const bool counted = !unclear || policy == probes::UnclearPolicy::kWrong;
  probes::Confusion counts;
  if (counted) counts.add(positive, verdict);
  const auto d = [](auto count) { return static_cast<double>(count); };
  return {d(counts.tp),
          d(counts.fp),
          d(counts.tn),
          d(counts.fn),
          d(counts.unclear_yes),
          d(counts.unclear_no),
          1,
          d(counted),
          d(verdict == probes::Verdict::kYes),
          d(unclear)};
}

ProbeSample sample_of(const YesNoJob& job, const Place& place) {
  static constexpr std::string_view kYes = "yes", kNo = "no";
  const probes::JoinItem& question = place.question();
  const probes::Verdict verdict = job.parser->read(place.answer->answer);
  const std::string_view label = place.answer->positive ? kYes : kNo;
  ProbeSample sample;
  sample.id = place.id;
  sample.image_id = question.image.empty() ? place.id : probes::image_key(question.image);
  sample.candidate = place.answer->answer;
  sample.references = {label};
  sample.meta = meta_of(place, verdict);
  for (const std::string_view part :
       {std::string_view(sample.image_id), std::string_view(question.question), label}) {
    sample.truth = hash_more(sample.truth, hash_bytes(part));
  }
  sample.row = row_of(place.answer->positive, verdict, job.policy);
  return sample;
}

}  // namespace

void write_yes_no_run(const std::string& path, const YesNoJob& job, const YesNoOptions& options) {
  const std::vector<Place> places = places_of(job);
  ProbeRun run;
  run.metrics = ratio_metrics({"yes-no", "yes-no-habits"}, job.signature(options));
  run.id_rule = job.parts[0].join.id_rule;
  std::uint64_t missing = 0, extra = 0, duplicate = 0, empty = 0;
  for (const YesNoPart& part : job.parts) {
    missing += part.join.missing;
    extra += part.join.extra;
    duplicate += part.join.duplicate;
    for (const probes::YesNoAnswer& answer : part.answers) empty += answer.answer.empty();
  }
  run.counts = {{"scored", places.size()},
                {"empty_candidate", empty},
                {"missing_candidate", missing},
                {"extra_candidate", extra},
                {"duplicate_candidate", duplicate}};
  run.samples = places.size();
  run.sample = [&](std::size_t i) { return sample_of(job, places[i]); };
  write_probe_run(path, run);
}

}  // namespace vernier
