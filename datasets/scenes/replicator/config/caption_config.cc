#include "datasets/scenes/replicator/config/caption_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/scenes/replicator/config/graph_flags.h"

namespace vernier::replicator {
namespace {

using View = std::string_view;

constexpr View kBlock = "isaacsim.replicator.caption.core";
constexpr View kParameters = "caption_configs";
/// What the extension and the simulators' writers have besides.
constexpr std::array<View, 15> kWithoutMeaning = {
    "version",         "camera_prim_path",   "scene_path",  "output_path",
    "export_edges",    "export_world",       "verbose",     "visualize_caption",
    "caption_only",    "caption_interval",   "skip_frames", "scene_graph_interval",
    "writer_interval", "export_point_cloud", "export_depth"};

View strip(View text) {
  const std::size_t begin = text.find_first_not_of(" \r");
  if (begin == View::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \r") + 1 - begin);
}

struct Line {
  std::uint64_t number = 0;
  std::size_t indent = 0;
  View key, value;  // key is empty for items of lists
};

class ConfigReader {
 public:
  explicit ConfigReader(const std::string& name) : name_(name) {}

  CaptionConfig read(View text) {
    for (std::uint64_t number = 1; !text.empty(); ++number) {
      const std::size_t end = text.find('\n');
      take(text.substr(0, end), number);
      text.remove_prefix(end == View::npos ? text.size() : end + 1);
    }
    if (!found_) refuse(0, fmt::format("expected a block \"{}:\", found none", kBlock));
    return std::move(config_);
  }

 private:
  [[noreturn]] void refuse(std::uint64_t line, const std::string& message) const {
    throw Error(ExitCode::kUsage, line == 0 ? fmt::format("{}: {}", name_, message)
                                            : fmt::format("{}:{}: {}", name_, line, message));
  }

  /// The text without a comment behind it; '#' inside quotes and words is none.
  static View without_comment(View text) {
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '#' && (i == 0 || text[i - 1] == ' ')) {
        return text.substr(0, i);
      }
    }
    return text;
  }

  std::optional<Line> split(View raw, std::uint64_t number) const {
    const std::size_t indent = std::min(raw.find_first_not_of(' '), raw.size());
    if (raw.substr(indent).starts_with('\t')) refuse(number, "expected blanks, found a tab");
    const View text = strip(without_comment(raw));
    if (text.empty() || text == "---") return std::nullopt;
    Line line{number, indent, {}, {}};
    if (text == "-" || text.starts_with("- ")) return line;
    const std::size_t colon = text.find(':');
    if (colon == View::npos || colon == 0 || (colon + 1 < text.size() && text[colon + 1] != ' ')) {
      refuse(number, fmt::format("expected \"key: value\", found \"{}\"", printable(text, 60)));
    }
    line.key = strip(text.substr(0, colon));
    line.value = strip(text.substr(colon + 1));
    for (View* part : {&line.key, &line.value}) {
      const bool quoted = part->size() >= 2 && part->front() == part->back() &&
                          (part->front() == '"' || part->front() == '\'');
      if (quoted) *part = part->substr(1, part->size() - 2);
    }
    return line;
  }

  void take(View raw, std::uint64_t number) {
    // What a block without meaning holds is not looked at.
    const std::size_t indent = std::min(raw.find_first_not_of(' '), raw.size());
    const bool list = raw.substr(indent).starts_with('-') && raw != "---";
    if (skipped_ && (indent > *skipped_ || (list && indent == *skipped_) || strip(raw).empty())) {
      return;
    }
    const std::optional<Line> line = split(raw, number);
    if (!line) return;
    skipped_.reset();
    if (line->key.empty()) refuse(number, "expected \"key: value\", found an item of a list");
    if (line->indent == 0) return take_block(*line);
    if (!inside_ || line->indent > 64) refuse(number, "expected a key without blanks before it");
    if (!block_indent_) block_indent_ = line->indent;
    if (line->indent == *block_indent_) {
      parameter_indent_.reset();
      in_parameters_ = line->key == kParameters;
      if (in_parameters_) return take_parameters(*line);
    } else {
      if (!parameter_indent_) parameter_indent_ = line->indent;
      if (!in_parameters_ || line->indent < *block_indent_ || line->indent != *parameter_indent_) {
        refuse(number, fmt::format("expected {} blanks before a parameter, found {}",
                                   in_parameters_ && parameter_indent_ ? *parameter_indent_
                                                                       : *block_indent_,
                                   line->indent));
      }
    }
    take_parameter(*line);
  }

  void take_block(const Line& line) {
    inside_ = line.key == kBlock;
    if (!inside_) {
      config_.ignored.push_back(printable(line.key, 60));
      skipped_ = line.indent;
      return;
    }
    if (found_) refuse(line.number, fmt::format("\"{}\" is there a second time", kBlock));
    if (!line.value.empty()) {
      refuse(line.number,
             fmt::format("expected parameters, found \"{}\"", printable(line.value, 60)));
    }
    found_ = true;
  }

  void take_parameters(const Line& line) {
    if (!line.value.empty()) {
      refuse(line.number,
             fmt::format("expected parameters, found \"{}\"", printable(line.value, 60)));
    }
    if (!seen_.insert(std::string(kParameters)).second) refuse_second(line);
  }

  [[noreturn]] void refuse_second(const Line& line) const {
    refuse(line.number, fmt::format("{} is there a second time", printable(line.key, 60)));
  }

  void take_parameter(const Line& line) {
    if (!seen_.insert(std::string(line.key)).second) refuse_second(line);
    for (const GraphFlag& flag : kGraphFlags) {
      if (line.key != flag.name) continue;
      config_.options.*flag.value = boolean(line);
      return;
    }
    if (line.key == "pruning_ratio") {
      config_.options.pruning_ratio = number<double>(line, 0, 1, "a number from 0 to 1");
    } else if (line.key == "max_object_capacity") {
      config_.options.max_object_capacity =
          number<std::uint64_t>(line, 1, 1'000'000, "a whole number from 1 to 1000000");
    } else if (std::ranges::find(kWithoutMeaning, line.key) != kWithoutMeaning.end()) {
      config_.ignored.emplace_back(line.key);
      skipped_ = line.indent;
    } else {
      refuse(line.number, fmt::format("expected a parameter of {}, found \"{}\"", kBlock,
                                      printable(line.key, 60)));
    }
  }

  bool boolean(const Line& line) const {
    for (const View yes : {"true", "True", "TRUE"}) {
      if (line.value == yes) return true;
    }
    for (const View no : {"false", "False", "FALSE"}) {
      if (line.value == no) return false;
    }
    refuse(line.number, fmt::format("{}: expected true or false, found \"{}\"", line.key,
                                    printable(line.value, 60)));
  }

  template <class T>
  T number(const Line& line, T least, T most, View expected) const {
    T out{};
    const char* const end = line.value.data() + line.value.size();
    const auto [stop, error] = std::from_chars(line.value.data(), end, out);
    if (error != std::errc() || stop != end || !(out >= least && out <= most)) {
      refuse(line.number, fmt::format("{}: expected {}, found \"{}\"", line.key, expected,
                                      printable(line.value, 60)));
    }
    return out;
  }

  const std::string& name_;
  CaptionConfig config_;
  std::set<std::string> seen_;
  bool found_ = false, inside_ = false, in_parameters_ = false;
  std::optional<std::size_t> block_indent_, parameter_indent_;
  std::optional<std::size_t> skipped_;  // deeper lines than this are
};

}  // namespace

CaptionConfig parse_caption_config(View text, const std::string& name) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return ConfigReader(name).read(text);
}

CaptionConfig read_caption_config(const std::string& path) {
  const auto source = ByteSource::open(path);
  return parse_caption_config(source->read_rest(), source->name());
}

}  // namespace vernier::replicator
