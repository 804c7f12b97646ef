// The searchable list. Without a script the page says so and shows its static parts.
#include <fmt/format.h>

#include <algorithm>

#include "results/report/html/text.h"
#include "results/report/samples/choice.h"
#include "results/report/samples/sample_data.h"
#include "results/report/sections/sections.h"

namespace vernier::report {
namespace {

constexpr std::size_t kUsualSamples = 5000;
constexpr std::size_t kUsualBytes = 4'700'000;  // the rest of a page is 300 kB or less

struct Chosen {
  std::size_t count;
  std::string data;
};

Chosen choose(const Findings& findings, const Options& options) {
  const std::size_t total = findings.runs[0].samples().size();
  std::size_t most = std::min(total, options.samples.value_or(kUsualSamples));
  for (;;) {
    const std::vector<std::size_t> samples = choose_samples(findings, most);
    std::string data = sample_data(findings, samples);
    if (options.samples || data.size() <= kUsualBytes || most == 0) {
      return {samples.size(), std::move(data)};
    }
    // Texts longer than usual: so many that they fit.
    const double share = 0.97 * static_cast<double>(kUsualBytes) / static_cast<double>(data.size());
    most = std::min(most - 1, static_cast<std::size_t>(static_cast<double>(most) * share));
  }
}

}  // namespace

void append_sample_list(std::string& out, const Findings& findings, const Options& options) {
  const auto [count, data] = choose(findings, options);
  const std::size_t total = findings.runs[0].samples().size();
  out += "<section id=\"samples\">";
  if (count == total) {
    out += "<h2>All samples</h2>\n";
  } else {
    out += fmt::format(
        "<h2>{0} of {1} samples</h2>\n<p>The list holds the worst, the best, those that moved most "
        "and an evenly spaced rest. All numbers and charts above are of all {1} samples; "
        "<code>--samples N</code> puts more into the list.</p>\n",
        count_text(count), count_text(total));
  }
  out += fmt::format(
      "<noscript><p>Search, filter and sample view need JavaScript; everything above does not."
      "</p></noscript>\n<div id=\"list\"></div>\n</section>\n"
      "<script type=\"application/json\" id=\"data\">{}</script>\n",
      data);
}

}  // namespace vernier::report
