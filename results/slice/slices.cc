#include "results/slice/slices.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "base/error.h"
#include "base/printable.h"

namespace vernier {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::string_view kPrefix = "meta.";

/// The value at a path of keys joined by dots, any of which may hold dots itself.
std::optional<element> find(const object& within, std::string_view path) {
  element found;
  if (within[path].get(found) == simdjson::SUCCESS) return found;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos;
       dot = path.find('.', dot + 1)) {
    object inner;
    if (within[path.substr(0, dot)].get(inner) != simdjson::SUCCESS) continue;
    if (const auto deeper = find(inner, path.substr(dot + 1))) return deeper;
  }
  return std::nullopt;
}

std::string text_of(const element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  return simdjson::minify(value);
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

bool before(const Slice& x, const Slice& y) {
  if (x.missing != y.missing) return y.missing;
  const auto a = number_of(x.value), b = number_of(y.value);
  if (a.has_value() != b.has_value()) return a.has_value();
  if (a && *a != *b) return *a < *b;
  return x.value < y.value;
}

/// Keys of the first metas, for a message.
std::string known_keys(const Run& run) {
  constexpr std::size_t kMost = 10;
  std::vector<std::string> keys;
  simdjson::dom::parser parser;
  for (const Run::Sample& sample : run.samples()) {
    object meta;
    if (sample.meta.empty() || parser.parse(sample.meta).get(meta) != simdjson::SUCCESS) continue;
    for (const auto field : meta) {
      std::string key = fmt::format("{}{}", kPrefix, printable(field.key, 60));
      if (std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
    }
    if (keys.size() >= kMost) break;
  }
  if (keys.empty()) return "its samples have no meta";
  keys.resize(std::min(keys.size(), kMost));
  return fmt::format("there are {}", fmt::join(keys, ", "));
}

}  // namespace

std::string Slice::text() const { return missing ? "(none)" : printable(value, 80); }

Slices slices_by(const Run& run, std::string_view key) {
  if (!key.starts_with(kPrefix) || key.size() == kPrefix.size()) {
    throw Error(ExitCode::kUsage, fmt::format("--by {}: expected meta.KEY", printable(key)));
  }
  Slices out{std::string(key), {}};
  std::unordered_map<std::string, std::size_t> group_of;
  Slice missing{{}, true, {}};
  simdjson::dom::parser parser;
  for (std::size_t n = 0; n < run.samples().size(); ++n) {
    const std::string_view text = run.samples()[n].meta;
    object meta;
    std::optional<element> value;
    if (!text.empty() && parser.parse(text).get(meta) == simdjson::SUCCESS) {
      value = find(meta, key.substr(kPrefix.size()));
    }
    if (!value || value->is_null()) {
      missing.samples.push_back(n);
      continue;
    }
    const auto [at, added] = group_of.emplace(text_of(*value), out.groups.size());
    if (added) out.groups.push_back({at->first, false, {}});
    out.groups[at->second].samples.push_back(n);
  }
  if (out.groups.empty()) {
    throw Error(ExitCode::kUsage, fmt::format("--by {}: no sample of {} has it; {}", printable(key),
                                              run.name(), known_keys(run)));
  }
  if (!missing.samples.empty()) out.groups.push_back(std::move(missing));
  std::ranges::sort(out.groups, before);
  return out;
}

}  // namespace vernier
