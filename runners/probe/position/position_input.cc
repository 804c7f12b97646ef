#include "runners/probe/position/position_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/objects/object_file.h"
#include "metrics/text/text_set.h"
#include "results/run/run_file.h"

namespace vernier {
namespace {

using Names = ObjectRecord::Names;
const Names kGroup = {"group", "group_id"};
const Names kOrder = {"order", "permutation", "rotation"};
const Names kPosition = {"position"};
const Names kImage = {"image_id", "image", "img_id"};

/// Numbers for names, in order of first appearance.
class Numbers {
 public:
  explicit Numbers(std::vector<std::string>& names) : names_(names) {}
  std::uint32_t of(std::string_view name) {
    const auto [found, fresh] =
        index_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.emplace_back(name);
    return found->second;
  }

 private:
  std::vector<std::string>& names_;
  text::TextMap<std::uint32_t> index_;
};

/// An order as a text: it may be a number, a name or a list of numbers.
std::string order_text(const Value* order) {
  if (order == nullptr) return "";
  if (!order->is_array()) return order->text;
  std::string text;
  for (const Value& item : order->items) text += item.text + ",";
  return text;
}

class Collector {
 public:
  explicit Collector(GroupedFile& file) : file_(file), groups_(file.groups), images_(file.images) {}

  /// `fields` holds the group, order and position of a record; `record` the rest.
  void add(const ObjectRecord& fields, std::string image_id, GroupedRecord record) {
    record.group = groups_.of(fields.text(kGroup));
    record.image = images_.of(image_id);
    record.image_id = std::move(image_id);
    const std::string order = fmt::format("{}\n{}", record.group, order_text(fields.find(kOrder)));
    record.order = orders_.of(order);
    const std::string_view text = fields.text(kPosition);
    std::uint32_t position = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
    if (error != std::errc() || end != text.data() + text.size() || position > kMostPositions) {
      fields.refuse(fmt::format("expected a position from 0 or 1 to {} in \"position\", found '{}'",
                                kMostPositions, printable(text, 30)));
    }
    record.position = position;
    const auto [place, fresh] =
        places_.try_emplace(fmt::format("{}\n{}", order, position), file_.records.size());
    if (!fresh) {
      const GroupedRecord& first = file_.records[place->second];
      if (first.image != record.image || first.caption != record.caption ||
          !same(first.values, record.values)) {
        fields.refuse(
            fmt::format("position {} of this group and order is taken by {}; give each "
                        "order of a group a name in \"order\"",
                        position, first.id));
      }
      ++file_.repeated;
      return;
    }
    file_.records.push_back(std::move(record));
  }

  void finish() {
    std::uint32_t least = kMostPositions, most = 0;
    for (const GroupedRecord& record : file_.records) {
      least = std::min(least, record.position);
      most = std::max(most, record.position);
    }
    file_.from_zero = least == 0;
    for (GroupedRecord& record : file_.records) record.position -= file_.from_zero ? 0 : 1;
    file_.positions = most + (file_.from_zero ? 1 : 0);
    if (file_.positions < 2) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: expected at least two positions, found one", file_.name));
    }
  }

 private:
  static constexpr std::uint32_t kMostPositions = 1000;
  static bool same(const std::vector<double>& a, const std::vector<double>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) {
      return x == y || (std::isnan(x) && std::isnan(y));
    });
  }

  GroupedFile& file_;
  Numbers groups_, images_;
  std::vector<std::string> order_names_;
  Numbers orders_{order_names_};
  text::TextMap<std::size_t> places_;
};

/// A value of a record: a number, true or false; NaN where there is none.
double value_of(const ObjectRecord& record, const std::string& name) {
  const Value* value = record.find(name);
  if (value == nullptr) return std::numeric_limits<double>::quiet_NaN();
  if (value->type == json::Type::kTrue) return 1;
  if (value->type == json::Type::kFalse) return 0;
  return record.number({name});
}

void read_records(const std::string& path, GroupedFile& file,
                  const std::vector<std::string>& values) {
  const ObjectFile objects = ObjectFile::read(path);
  file.name = objects.name();
  file.values = values;
  if (values.empty()) {
    for (const char* name : {"correct", "score"}) {
      if (file.values.empty() && objects.records()[0].find(name) != nullptr) {
        file.values.emplace_back(name);
      }
    }
  }
  file.less_is_better.assign(file.values.size(), false);
  Collector collector(file);
  for (const ObjectRecord& record : objects.records()) {
    GroupedRecord made;
    made.id = fmt::format("line {}", record.line());
    if (const auto caption = record.find_text({"caption", "candidate", "text", "response"})) {
      made.caption = *caption;
    }
    for (const std::string& name : file.values) {
      made.values.push_back(value_of(record, name));
      if (std::isnan(made.values.back())) {
        record.refuse(fmt::format("expected a number in \"{}\", found none", printable(name, 60)));
      }
    }
    collector.add(record, std::string(record.text(kImage)), std::move(made));
  }
  collector.finish();
}

void read_scored(const std::string& path, GroupedFile& file,
                 const std::vector<std::string>& values) {
  const Run run = read_run(path);
  file.name = run.name();
  const std::vector<std::string_view> known = run.header().score_names();
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (values.empty() || std::ranges::find(values, known[i]) != values.end()) chosen.push_back(i);
  }
  for (const std::string& value : values) {
    if (std::ranges::find(known, value) != known.end()) continue;
    throw Error(ExitCode::kUsage, fmt::format("--value {}: {} has no score of that name",
                                              printable(value, 60), file.name));
  }
  for (const std::size_t i : chosen) {
    file.values.emplace_back(known[i]);
    file.less_is_better.push_back(run.header().less_is_better(i));
  }
  Collector collector(file);
  const auto name = std::make_shared<const std::string>(file.name);
  for (std::size_t n = 0; n < run.samples().size(); ++n) {
    const Run::Sample& sample = run.samples()[n];
    const std::string_view meta = sample.meta.empty() ? std::string_view("{}") : sample.meta;
    Value fields = ValueParser(meta, true).value();
    fields.line = n + 2;  // behind the header
    GroupedRecord made;
    made.id = fmt::format("id {}", printable(sample.id, 60));
    made.caption = sample.candidate;
    for (const std::size_t i : chosen) made.values.push_back(run.scores(n)[i]);
    collector.add(ObjectRecord(name, std::move(fields), std::string(sample.id)),
                  std::string(sample.image_id), std::move(made));
  }
  collector.finish();
}

}  // namespace

GroupedFile read_grouped(const std::string& path, const std::vector<std::string>& values) {
  GroupedFile file;
  if (is_run_file(path)) {
    read_scored(path, file, values);
  } else {
    read_records(path, file, values);
  }
  return file;
}

}  // namespace vernier
