#include "runners/probe/answers/mme_run.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_text.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

struct Place {
  const probes::MmeFile* file;
  std::size_t row;
};

bool is_right(const probes::YesNoParser& parser, const probes::MmeRow& row) {
  return parser.read(row.answer) == (row.positive ? probes::Verdict::kYes : probes::Verdict::kNo);
}

ProbeSample sample_of(const Place& place, const probes::YesNoParser& parser) {
  static constexpr std::string_view kYes = "yes", kNo = "no";
  const probes::MmeRow& row = place.file->rows[place.row];
  const std::string_view subtask = place.file->subtask->name;
  const std::string_view label = row.positive ? kYes : kNo;
  ProbeSample sample;
  sample.id = fmt::format("{}/{}", subtask, place.row + 1);
  sample.image_id = fmt::format("{}/{}", subtask, row.image);
  sample.candidate = row.answer;
  sample.references = {label};
  std::string meta = "{";
  append_json_member(meta, "subtask", subtask);
  append_json_member(meta, "group", place.file->subtask->perception ? "perception" : "cognition");
  append_json_member(meta, "question", row.question);
  append_json_member(meta, "verdict", probes::verdict_name(parser.read(row.answer)));
  sample.meta = meta + "}";
  for (const std::string_view part :
       {std::string_view(sample.image_id), std::string_view(row.question), label}) {
    sample.truth = hash_more(sample.truth, hash_bytes(part));
  }
  const bool right = is_right(parser, row), second = place.row % 2 == 1;
  const bool both = second && right && is_right(parser, place.file->rows[place.row - 1]);
  sample.row = {1, right ? 1.0 : 0.0, second ? 1.0 : 0.0, both ? 1.0 : 0.0};
  return sample;
}

}  // namespace

void write_mme_run(const std::string& path, const probes::MmeFolder& folder,
                   const probes::YesNoParser& parser, const std::string& signature) {
  std::vector<Place> places;
  std::uint64_t empty = 0;
  for (const probes::MmeFile& file : folder.files) {
    for (std::size_t row = 0; row < file.rows.size(); ++row) {
      places.push_back({&file, row});
      empty += file.rows[row].answer.empty();
    }
  }
  ProbeRun run;
  run.metrics = ratio_metrics({"mme"}, signature);
  run.counts = {{"scored", places.size()}, {"empty_candidate", empty}};
  run.samples = places.size();
  run.sample = [&](std::size_t i) { return sample_of(places[i], parser); };
  write_probe_run(path, run);
}

}  // namespace vernier
