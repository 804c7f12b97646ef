#include "results/compare/header_differences.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/printable.h"

namespace vernier {

std::string signature_differences(std::string_view a, std::string_view b) {
  const auto split = [](std::string_view text) {
    std::vector<std::string_view> parts;
    while (true) {
      const std::size_t end = text.find('|');
      parts.push_back(text.substr(0, end));
      if (end == std::string_view::npos) return parts;
      text.remove_prefix(end + 1);
    }
  };
  std::vector<std::string_view> ours = split(a), theirs = split(b);
  std::string out;
  const auto only = [&](const auto& from, const auto& other) {
    for (const std::string_view part : from) {
      if (std::find(other.begin(), other.end(), part) != other.end()) continue;
      out += out.empty() || out.ends_with(' ') ? "" : ", ";
      out += printable(part);
    }
  };
  only(ours, theirs);
  out += " / ";
  only(theirs, ours);
  return out;
}

std::string header_differences(const RunHeader& a, const RunHeader& b) {
  std::string out;
  const auto add = [&](const std::string& what) {
    out += out.empty() ? "" : "; ";
    out += what;
  };
  const auto field = [&](std::string_view name, std::string_view ours, std::string_view theirs) {
    if (ours != theirs) add(fmt::format("{} {} / {}", name, printable(ours), printable(theirs)));
  };
  field("version", a.version, b.version);
  field("dataset digest", a.dataset_digest, b.dataset_digest);
  field("candidates digest", a.candidates_digest, b.candidates_digest);
  field("rule for ids", a.id_rule, b.id_rule);
  field("texts", a.compact ? "left out" : "kept", b.compact ? "left out" : "kept");
  for (std::size_t m = 0; m < std::max(a.metrics.size(), b.metrics.size()); ++m) {
    const auto name = [m](const RunHeader& header) {
      return m < header.metrics.size() ? std::string_view(header.metrics[m].name) : "(none)";
    };
    if (name(a) != name(b)) {
      field("metric", name(a), name(b));
    } else if (a.metrics[m].signature != b.metrics[m].signature) {
      add(fmt::format("{}: {}", printable(name(a)),
                      signature_differences(a.metrics[m].signature, b.metrics[m].signature)));
    }
  }
  return out;
}

}  // namespace vernier
