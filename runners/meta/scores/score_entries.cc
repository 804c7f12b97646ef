#include "runners/meta/scores/score_entries.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/ratings/rating_fields.h"
#include "results/run/run_file.h"

namespace vernier {
namespace {

constexpr double kOpen = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuse_column(const std::string& file, const std::string& column,
                                const std::vector<std::string>& names) {
  throw Error(ExitCode::kUsage, fmt::format("{}: has no scores in '{}'{}", file,
                                            printable(column, 60), known_names(column, names)));
}

bool is_run(const ObjectRecord& first) {
  const Value* const schema = first.find("schema");
  return schema != nullptr && schema->is_string() && schema->text.starts_with("vernier.run/");
}

ScoreEntries of_run(const std::string& path, const std::string& column, bool open_allowed) {
  const Run run = read_run(path);
  const auto names = run.header().score_names();
  const auto at = std::ranges::find(names, column);
  if (at == names.end()) refuse_column(run.name(), column, {names.begin(), names.end()});
  if (!run.has_texts()) {
    throw Error(
        ExitCode::kIncomplete,
        fmt::format("{}: holds no captions to join by; score again without --compact", run.name()));
  }
  ScoreEntries out{run.name(), {}, {}};
  for (std::size_t n = 0; n < run.samples().size(); ++n) {
    const Run::Sample& sample = run.samples()[n];
    const double value = run.scores(n)[static_cast<std::size_t>(at - names.begin())];
    if (std::isnan(value) && !open_allowed) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}:{}: {}: has no {}; --subset leaves such captions out", run.name(),
                              n + 2, printable(sample.id, 60), column));
    }
    out.scores.push_back(
        {std::string(sample.image_id), std::string(sample.candidate), value, n + 2});
  }
  return out;
}

// Null, or an empty cell.
bool is_open(const ObjectRecord& record, std::string_view field) {
  const Value* const value = record.find(field);
  return value == nullptr || (value->is_string() && value->text.empty());
}

double score_of(const ObjectRecord& record, const std::string& field, bool open_allowed) {
  if (!is_open(record, field)) return record.number({field});
  if (open_allowed) return kOpen;
  record.refuse(
      fmt::format("expected a score in \"{}\", found none; --subset leaves such captions "
                  "out",
                  printable(field, 60)));
}

void add_two(const ObjectRecord& record, const std::string& column, bool open_allowed,
             ScoreEntries& out) {
  const std::vector<std::string> captions = two_captions(record);
  const std::string image(record.text(kImageFields));
  std::vector<double> scores;
  if (record.value().find(column + "_0") != nullptr) {
    for (const char* const end : {"_0", "_1"}) {
      scores.push_back(score_of(record, column + end, open_allowed));
    }
  } else {
    scores = two_numbers(record, column);
    if (scores.empty()) record.refuse(fmt::format("expected two numbers in \"{}\"", column));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    out.scores.push_back({image, captions[i], scores[i], record.line()});
  }
  if (record.find(kLabelFields) == nullptr) return;
  const std::size_t better = preferred(record);
  out.labels.push_back({image, captions[better], captions[1 - better]});
}

}  // namespace

ScoreEntries read_score_entries(const std::string& path, const std::string& column,
                                bool open_allowed, bool replace_invalid) {
  ObjectFileOptions reading;
  reading.replace_invalid = replace_invalid;
  const ObjectFile file = ObjectFile::read(path, reading);
  const ObjectRecord& first = file.records().front();
  if (is_run(first)) return of_run(path, column, open_allowed);
  const bool two = holds_two(first);
  const Value& fields = first.value();
  if (fields.find(column) == nullptr && !(two && fields.find(column + "_0") != nullptr)) {
    std::vector<std::string> names = fields.keys;
    if (two) {
      for (std::string& name : names) {
        if (name.ends_with("_0") || name.ends_with("_1")) name.resize(name.size() - 2);
      }
      names.erase(std::unique(names.begin(), names.end()), names.end());
    }
    refuse_column(file.name(), column, names);
  }
  ScoreEntries out{file.name(), {}, {}};
  for (const ObjectRecord& record : file.records()) {
    if (two) {
      add_two(record, column, open_allowed, out);
    } else {
      out.scores.push_back({std::string(record.text(kImageFields)),
                            std::string(record.text(kCaptionFields)),
                            score_of(record, column, open_allowed), record.line()});
    }
  }
  return out;
}

}  // namespace vernier
