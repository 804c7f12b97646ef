// What tests look for in a report's page.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "results/report/report.h"
#include "tests/results/made_up_run.h"

namespace vernier::tests {

/// Few resamples: the page is looked at, not its intervals.
inline report::Options quick_options() {
  report::Options out;
  out.comparison.resamples = 200;
  return out;
}

inline bool has(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

/// From the first `open` to the next `close`; empty where there is none.
inline std::string between(const std::string& page, const std::string& open,
                           const std::string& close) {
  const std::size_t begin = page.find(open);
  return begin == std::string::npos ? "" : page.substr(begin, page.find(close, begin) - begin);
}

inline std::string section_of(const std::string& page, const std::string& id) {
  return between(page, "<section id=\"" + id + "\"", "</section>");
}

/// The samples that the page's script reads.
inline nlohmann::json data_of(const std::string& page) {
  const std::string open = "<script type=\"application/json\" id=\"data\">";
  return nlohmann::json::parse(between(page, open, "</script>").substr(open.size()));
}

/// A page about runs and files of these texts that a command printed (LETTER0.json, ...); `where`:
/// Options::probes or Options::audits.
inline std::string page_of_printed(std::vector<std::string> report::Options::*where,
                                   const std::string& letter,
                                   const std::vector<std::string>& documents,
                                   std::span<const Run> runs) {
  const TemporaryFolder folder;
  report::Options options = quick_options();
  for (const std::string& document : documents) {
    std::vector<std::string>& paths = options.*where;
    paths.push_back(folder.write(letter + std::to_string(paths.size()) + ".json", document));
  }
  return report::html_report(runs, options);
}

}  // namespace vernier::tests
