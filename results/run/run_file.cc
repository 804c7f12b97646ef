#include "results/run/run_file.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "results/run/lines/run_reader.h"

namespace vernier {

std::size_t Run::find(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? npos : found->second;
}

bool is_run_file(const std::string& path) {
  return path != "-" &&
         ByteSource::open(path)->read_rest(64).starts_with("{\"schema\":\"vernier.run/");
}

Run read_run(const std::string& path) {
  RunReader reader(ByteSource::open(path));
  Run run;
  run.name_ = reader.name();
  while (const auto line = reader.next()) {
    if (*line == RunParser::Line::kSample) run.add(reader);
    if (*line != RunParser::Line::kHeader) continue;
    run.header_ = reader.header();
    run.row_width_ = run.header_.row_width();
    if (!run.header_.shard.empty()) {
      throw Error(ExitCode::kIncomplete, fmt::format("{}: is shard {} of a run; vernier merge "
                                                     "makes one of all its shards",
                                                     run.name_, printable(run.header_.shard)));
    }
  }
  run.corpus_ = reader.footer().scores;
  run.counts_ = reader.footer().counts;
  return run;
}

void Run::add(const RunReader& reader) {
  const RunRecord& record = reader.record();
  Sample sample;
  sample.id = arena_.copy(record.id);
  sample.image_id = record.image_id == record.id ? sample.id : arena_.copy(record.image_id);
  sample.candidate = arena_.copy(record.candidate);
  sample.meta = arena_.copy(record.meta);
  has_texts_ |= record.has_candidate;
  sample.first_reference = static_cast<std::uint32_t>(references_.size());
  sample.references = static_cast<std::uint32_t>(record.references.size());
  for (const std::string_view text : record.references) references_.push_back(arena_.copy(text));
  if (!index_.emplace(sample.id, samples_.size()).second) {
    reader.refuse(fmt::format("the id {} occurs twice", printable(sample.id, 80)));
  }
  scores_.insert(scores_.end(), record.scores.begin(), record.scores.end());
  rows_.insert(rows_.end(), record.row.begin(), record.row.end());
  samples_.push_back(sample);
}

}  // namespace vernier
