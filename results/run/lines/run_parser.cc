#include "results/run/lines/run_parser.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <limits>

#include "base/error.h"
#include "base/printable.h"

namespace vernier {
namespace {

constexpr std::string_view kSchema = "vernier.run/1";

}  // namespace

RunParser::RunParser(std::string name)
    : parser_(std::make_unique<simdjson::dom::parser>()), name_(std::move(name)) {}

RunParser::~RunParser() = default;

void RunParser::refuse(std::string_view what) const {
  throw Error(ExitCode::kBadInput, fmt::format("{}:{}: {}", name_, line_, what));
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

RunParser::Line RunParser::line(std::string_view text) {
  ++line_;
  if (next_ == Next::kNothing) refuse("a line behind the footer");
  Object object;
  if (parser_->parse(text.data(), text.size(), false).get(object) != simdjson::SUCCESS) {
    if (next_ == Next::kHeader) refuse("not a run file: expected the header that vernier writes");
    refuse("expected one JSON object");
  }
  Line kind = Line::kSample;
  if (next_ == Next::kHeader) {
    header(object);
    next_ = Next::kSample;
    kind = Line::kHeader;
  } else if (Object end; object["footer"].get(end) == simdjson::SUCCESS) {
    footer(end);
    next_ = Next::kNothing;
    return Line::kFooter;
  } else {
    sample(object);
  }
  digest_.add(RunDigest::line_hash({text.data(), text.size() + 1}));
  return kind;
}

void RunParser::header(const Object& object) {
  std::string_view schema;
  if (object["schema"].get(schema) != simdjson::SUCCESS || !schema.starts_with("vernier.run/")) {
    refuse("not a run file: expected the header that vernier writes");
  }
  if (schema != kSchema) {
    refuse(fmt::format("is a {}, this program reads {}", printable(schema), kSchema));
  }
  const auto optional = [](const Object& holder, const char* key, std::string& value) {
    if (std::string_view text; holder[key].get(text) == simdjson::SUCCESS) value = text;
  };
  header_.version = string(object, "version");
  const Object dataset = member(object, "dataset");
  header_.dataset_digest = string(dataset, "digest");
  optional(dataset, "candidates", header_.candidates_digest);
  optional(dataset, "ids", header_.id_rule);
  optional(object, "shard", header_.shard);
  header_.compact = object["compact"].get(header_.compact) == simdjson::SUCCESS && header_.compact;
  simdjson::dom::array metrics;
  if (object["metrics"].get(metrics) != simdjson::SUCCESS) refuse("expected \"metrics\"");
  for (const Element element : metrics) {
    Object metric;
    if (element.get(metric) != simdjson::SUCCESS) refuse("expected objects in \"metrics\"");
    MetricDescription& d = header_.metrics.emplace_back();
    d.name = string(metric, "name");
    d.signature = string(metric, "signature");
    d.scores = strings(metric, "scores");
    d.columns = strings(metric, "columns");
    d.aggregate = string(metric, "aggregate");
    bool less = false;
    d.less_is_better = metric["less_is_better"].get(less) == simdjson::SUCCESS && less;
  }
  if (header_.metrics.empty()) refuse("expected metrics in the header");
}

void RunParser::sample(const Object& object) {
  ++samples_;
  record_.id = string(object, "id");
  if (!header_.shard.empty() && object["n"].get(record_.number) != simdjson::SUCCESS) {
    refuse("expected the number \"n\" of a shard's sample");
  }
  if (object["image_id"].get(record_.image_id) != simdjson::SUCCESS) record_.image_id = record_.id;
  record_.has_candidate = object["candidate"].get(record_.candidate) == simdjson::SUCCESS;
  if (!record_.has_candidate) record_.candidate = {};
  record_.references.clear();
  if (simdjson::dom::array list; object["references"].get(list) == simdjson::SUCCESS) {
    for (const Element element : list) {
      std::string_view text;
      if (element.get(text) != simdjson::SUCCESS) refuse("expected strings in \"references\"");
      record_.references.push_back(text);
    }
  }
  record_.meta.clear();
  if (Object meta; object["meta"].get(meta) == simdjson::SUCCESS) {
    record_.meta = simdjson::minify(meta);
  }

  record_.scores.clear();
  record_.row.clear();
  const Object scores = member(object, "scores"), rows = member(object, "rows");
  for (const MetricDescription& metric : header_.metrics) {
    for (const std::string& name : metric.scores) {
      Element value;
      if (scores[name].get(value) != simdjson::SUCCESS) {
        refuse(fmt::format("expected the score \"{}\" that the header names", printable(name)));
      }
      record_.scores.push_back(number(value));
    }
    simdjson::dom::array row;
    const bool found = rows[metric.name].get(row) == simdjson::SUCCESS;
    if (!found || row.size() != metric.columns.size()) {
      refuse(fmt::format("expected {} numbers in the row of \"{}\"", metric.columns.size(),
                         printable(metric.name)));
    }
    for (const Element value : row) record_.row.push_back(number(value));
  }
}

void RunParser::footer(const Object& object) {
  if (object["samples"].get(footer_.samples) != simdjson::SUCCESS || footer_.samples != samples_) {
    refuse(fmt::format("the footer does not count the {} samples before it; was the file edited?",
                       samples_));
  }
  if (string(object, "digest") != fmt::format("{:016x}", digest_.value())) {
    refuse("the footer's digest is of other lines; was the file edited?");
  }
  for (const auto& [key, value] : member(object, "counts")) {
    std::uint64_t count = 0;
    if (value.get(count) != simdjson::SUCCESS) refuse("expected numbers in \"counts\"");
    footer_.counts.emplace_back(key, count);
  }
  const Object scores = member(object, "scores");
  for (const std::string_view name : header_.score_names()) {
    Element value;
    if (scores[name].get(value) != simdjson::SUCCESS) {
      refuse(fmt::format("expected the score \"{}\" in the footer", printable(name)));
    }
    footer_.scores.push_back(number(value));
  }
}

void RunParser::finish(bool partial) {
  if (next_ == Next::kHeader) {
    line_ = 1;
    refuse("not a run file: expected the header that vernier writes");
  }
  if (next_ == Next::kSample || partial) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("{}: the footer is missing: the run ended after {} samples; "
                            "vernier score ... -o FILE --resume goes on",
                            name_, samples_));
  }
}

}  // namespace vernier
