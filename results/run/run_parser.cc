#include "results/run/run_parser.h"

#include <fmt/format.h>

#include <limits>

#include "base/error.h"
#include "base/printable.h"

namespace vernier {
namespace {

constexpr std::string_view kSchema = "vernier.run/1";

}  // namespace

RunParser::RunParser(std::string name) { run_.name_ = std::move(name); }

void RunParser::refuse(std::string_view what) const {
  throw Error(ExitCode::kBadInput, fmt::format("{}:{}: {}", run_.name_, line_, what));
}

std::string_view RunParser::string(const Object& object, const char* key) const {
  std::string_view value;
  if (object[key].get(value) != simdjson::SUCCESS) {
    refuse(fmt::format("expected a string \"{}\"", key));
  }
  return value;
}

RunParser::Object RunParser::member(const Object& object, const char* key) const {
  Object value;
  if (object[key].get(value) != simdjson::SUCCESS) {
    refuse(fmt::format("expected an object \"{}\"", key));
  }
  return value;
}

std::vector<std::string> RunParser::strings(const Object& object, const char* key) const {
  const auto refuse_it = [&] { refuse(fmt::format("expected names in \"{}\"", key)); };
  simdjson::dom::array list;
  if (object[key].get(list) != simdjson::SUCCESS) refuse_it();
  std::vector<std::string> out;
  for (const Element element : list) {
    std::string_view value;
    if (element.get(value) != simdjson::SUCCESS) refuse_it();
    out.emplace_back(value);
  }
  if (out.empty()) refuse_it();
  return out;
}

double RunParser::number(const Element& element) const {
  if (element.is_null()) return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  if (element.get(value) != simdjson::SUCCESS) refuse("expected a number or null");
  return value;
}

void RunParser::line(std::string_view text) {
  ++line_;
  if (next_ == Next::kNothing) refuse("a line behind the footer");
  Object object;
  if (parser_.parse(text.data(), text.size(), false).get(object) != simdjson::SUCCESS) {
    if (next_ == Next::kHeader) refuse("not a run file: expected the header that vernier writes");
    refuse("expected one JSON object");
  }
  if (next_ == Next::kHeader) {
    header(object);
    next_ = Next::kSample;
  } else if (Object end; object["footer"].get(end) == simdjson::SUCCESS) {
    footer(end);
    next_ = Next::kNothing;
    return;
  } else {
    sample(object);
  }
  // The newline counts; it is behind the text, as lines are cut out of a buffer.
  digest_.add(RunDigest::line_hash({text.data(), text.size() + 1}));
}

void RunParser::header(const Object& object) {
  std::string_view schema;
  if (object["schema"].get(schema) != simdjson::SUCCESS || !schema.starts_with("vernier.run/")) {
    refuse("not a run file: expected the header that vernier writes");
  }
  if (schema != kSchema) {
    refuse(fmt::format("is a {}, this program reads {}", printable(schema), kSchema));
  }
  RunHeader& header = run_.header_;
  header.version = string(object, "version");
  const Object dataset = member(object, "dataset");
  header.dataset_digest = string(dataset, "digest");
  if (std::string_view rule; dataset["ids"].get(rule) == simdjson::SUCCESS) header.id_rule = rule;
  simdjson::dom::array metrics;
  if (object["metrics"].get(metrics) != simdjson::SUCCESS) refuse("expected \"metrics\"");
  for (const Element element : metrics) {
    Object metric;
    if (element.get(metric) != simdjson::SUCCESS) refuse("expected objects in \"metrics\"");
    MetricDescription& d = header.metrics.emplace_back();
    d.name = string(metric, "name");
    d.signature = string(metric, "signature");
    d.scores = strings(metric, "scores");
    d.columns = strings(metric, "columns");
    d.aggregate = string(metric, "aggregate");
    bool less = false;
    d.less_is_better = metric["less_is_better"].get(less) == simdjson::SUCCESS && less;
  }
  if (header.metrics.empty()) refuse("expected metrics in the header");
  run_.row_width_ = header.row_width();
  run_.corpus_.resize(header.score_names().size());
}

void RunParser::sample(const Object& object) {
  ByteArena& arena = run_.arena_;
  Run::Sample sample;
  sample.id = arena.copy(string(object, "id"));
  std::string_view text;
  sample.image_id =
      object["image_id"].get(text) == simdjson::SUCCESS ? arena.copy(text) : sample.id;
  if (object["candidate"].get(text) == simdjson::SUCCESS) {
    sample.candidate = arena.copy(text);
    run_.has_texts_ = true;
  }
  sample.first_reference = static_cast<std::uint32_t>(run_.references_.size());
  if (simdjson::dom::array list; object["references"].get(list) == simdjson::SUCCESS) {
    for (const Element element : list) {
      if (element.get(text) != simdjson::SUCCESS) refuse("expected strings in \"references\"");
      run_.references_.push_back(arena.copy(text));
      ++sample.references;
    }
  }
  if (Object meta; object["meta"].get(meta) == simdjson::SUCCESS) {
    sample.meta = arena.copy(simdjson::minify(meta));
  }
  if (!run_.index_.emplace(sample.id, run_.samples_.size()).second) {
    refuse(fmt::format("the id {} occurs twice", printable(sample.id, 80)));
  }

  const Object scores = member(object, "scores"), rows = member(object, "rows");
  for (const MetricDescription& metric : run_.header_.metrics) {
    for (const std::string& name : metric.scores) {
      Element value;
      if (scores[name].get(value) != simdjson::SUCCESS) {
        refuse(fmt::format("expected the score \"{}\" that the header names", printable(name)));
      }
      run_.scores_.push_back(number(value));
    }
    simdjson::dom::array row;
    const bool found = rows[metric.name].get(row) == simdjson::SUCCESS;
    if (!found || row.size() != metric.columns.size()) {
      refuse(fmt::format("expected {} numbers in the row of \"{}\"", metric.columns.size(),
                         printable(metric.name)));
    }
    for (const Element value : row) run_.rows_.push_back(number(value));
  }
  run_.samples_.push_back(sample);
}

void RunParser::footer(const Object& object) {
  std::uint64_t samples = 0;
  if (object["samples"].get(samples) != simdjson::SUCCESS || samples != run_.samples_.size()) {
    refuse(fmt::format("the footer does not count the {} samples before it; was the file edited?",
                       run_.samples_.size()));
  }
  if (string(object, "digest") != fmt::format("{:016x}", digest_.value())) {
    refuse("the footer's digest is of other lines; was the file edited?");
  }
  for (const auto& [key, value] : member(object, "counts")) {
    std::uint64_t count = 0;
    if (value.get(count) != simdjson::SUCCESS) refuse("expected numbers in \"counts\"");
    run_.counts_.emplace_back(key, count);
  }
  const Object scores = member(object, "scores");
  std::size_t i = 0;
  for (const std::string_view name : run_.header_.score_names()) {
    Element value;
    if (scores[name].get(value) != simdjson::SUCCESS) {
      refuse(fmt::format("expected the score \"{}\" in the footer", printable(name)));
    }
    run_.corpus_[i++] = number(value);
  }
}

Run RunParser::finish(bool partial) {
  if (next_ == Next::kHeader) {
    line_ = 1;
    refuse("not a run file: expected the header that vernier writes");
  }
  if (next_ == Next::kSample || partial) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("{}: the footer is missing: the run ended after {} samples; "
                            "vernier score ... -o FILE --resume goes on",
                            run_.name_, run_.samples_.size()));
  }
  return std::move(run_);
}

}  // namespace vernier
