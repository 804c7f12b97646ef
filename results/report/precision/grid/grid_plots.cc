#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "results/report/html/text.h"
#include "results/report/precision/charts/pareto.h"
#include "results/report/precision/grid/grid.h"
#include "results/report/samples/excerpt.h"

namespace vernier::report {
namespace {

constexpr std::size_t kLongestName = 18;  // bytes of a label in a chart

/// What a checkpoint takes or gives.
struct Gain {
  const char* name;
  bool more_is_better;
  int decimals;
  double (*of)(const PrecisionCheckpoint&);
};
constexpr Gain kSize = {"MB", false, 2, [](const PrecisionCheckpoint& c) { return c.megabytes(); }};
constexpr Gain kOthers[] = {
    {"bits a weight", false, 2, [](const PrecisionCheckpoint& c) { return c.bits; }},
    {"tokens/s written", true, 0, [](const PrecisionCheckpoint& c) { return c.written; }}};

/// What is lost.
struct Loss {
  const char *title, *name;
  double (*of)(const PrecisionPair&);
};
constexpr Loss kLosses[] = {
    {"Expectations", "KL, nats a token",
     [](const PrecisionPair& pair) { return pair.logits ? pair.logits->kl.value : NAN; }},
    {"Answers", "other answers, %",
     [](const PrecisionPair& pair) { return 100 * answers_changed(pair); }},
    {"Verdicts", "points that ratings move by", verdicts_moved}};

std::string label_of(const PrecisionResult& result, const PrecisionCheckpoint& checkpoint) {
  const auto namesakes = std::ranges::count_if(
      result.pairs, [&](const PrecisionPair& pair) { return pair.b.folder == checkpoint.folder; });
  return std::string(
      cut_text(namesakes > 1 ? checkpoint.label + " " + checkpoint.folder : checkpoint.folder,
               kLongestName));
}

void append_plot(std::string& out, const PrecisionResult& result, const Gain& gain,
                 const Loss& loss) {
  std::vector<ParetoPoint> points;
  for (const PrecisionPair& pair : result.pairs) {
    const double x = gain.of(pair.b), y = loss.of(pair);
    points.push_back(
        {x, y, label_of(result, pair.b), pair.gate.verdict,
         fmt::format("{} ({}): {} {}, {} {}", pair.b.folder, pair.b.precision,
                     number_text(x, gain.decimals), gain.name, significant_text(y), loss.name)});
  }
  const ParetoAxis axis{gain.name, gain.more_is_better, gain.of(result.a),
                        label_of(result, result.a)};
  const std::string chart =
      pareto_svg(fmt::format("{} against {}", loss.name, gain.name), axis, loss.name, points);
  if (chart.empty()) return;
  out +=
      fmt::format("<figure><figcaption>{} <small>{} against {}</small></figcaption>{}</figure>\n",
                  loss.title, loss.name, gain.name, chart);
}

std::string plots_of(const PrecisionResult& result, const Gain& gain) {
  std::string out;
  for (const Loss& loss : kLosses) append_plot(out, result, gain, loss);
  return out.empty() ? "" : "<div class=\"charts\">\n" + out + "</div>\n";
}

}  // namespace

void append_grid_plots(std::string& out, const PrecisionResult& result) {
  const std::string by_size = plots_of(result, kSize);
  if (by_size.empty()) return;
  out += "<h3>What is saved against what is lost</h3>\n" + by_size;
  out += fmt::format(
      "<p class=\"fine\">Lower is less lost, farther to the left is smaller. Joined are those that "
      "no other one beats: none is as small and loses less. ● passes the gate, × is worse than "
      "allowed, ◇ cannot be told or was not judged; the dashed line is {}. Where losses lie far "
      "apart "
      "each step upwards is ten times the one before.</p>\n",
      html(result.a.folder));
  for (const Gain& gain : kOthers) {
    const std::string plots = plots_of(result, gain);
    if (plots.empty()) continue;
    out += fmt::format(
        "<details class=\"more-tables\"><summary>The same by {}</summary>\n{}</details>\n",
        gain.name, plots);
  }
}

}  // namespace vernier::report
