#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/precision/gate/gate_part.h"
#include "results/report/precision/grid/grid.h"
#include "results/report/precision/levels/pair_view.h"

namespace vernier::report {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

double score_b(const PrecisionComparison& comparison, const char* name) {
  const ScoreDifference* found = comparison.score(name);
  return found == nullptr ? kNothing : found->score.b;
}

double score_a(const PrecisionComparison& comparison, const char* name) {
  const ScoreDifference* found = comparison.score(name);
  return found == nullptr ? kNothing : found->score.a;
}

std::string name_cell(const PrecisionCheckpoint& checkpoint, std::size_t number,
                      const std::string& link) {
  const std::string name = fmt::format("<span class=\"wrap\">{}</span>", html(checkpoint.folder));
  return fmt::format("{} {}<br><small>{}</small>", checkpoint_badge(checkpoint, number),
                     link.empty() ? name : fmt::format("<a href=\"#{}\">{}</a>", link, name),
                     html(checkpoint.precision));
}

/// A row of the first checkpoint has what can be said of it alone.
std::vector<std::string> cells_of(const PrecisionCheckpoint& checkpoint, std::string name,
                                  std::string gate) {
  return {std::move(name), std::move(gate), number_text(checkpoint.megabytes(), 2),
          number_text(checkpoint.bits, 2), speed_text(checkpoint.written)};
}

void add_losses(std::vector<std::string>& cells, const PrecisionPair& pair) {
  const double same = pair.logits ? pair.logits->same_top.value : kNothing;
  const bool people = pair.verdicts && pair.verdicts->people;
  cells.push_back(significant_text(pair.logits ? pair.logits->kl.value : kNothing));
  cells.push_back(number_text(100 * same, 2));
  cells.push_back(number_text(100 * answers_changed(pair), 2));
  cells.push_back(
      number_text(100 * (pair.answers ? score_b(pair.answers->comparison, "right") : kNothing), 2));
  cells.push_back(number_text(verdicts_moved(pair), 2));
  cells.push_back(number_text(people ? pair.verdicts->people->tau_b.value : kNothing, 4));
}

void add_first(std::vector<std::string>& cells, const PrecisionPair& pair) {
  const bool people = pair.verdicts && pair.verdicts->people;
  cells.insert(cells.end(), {"", "", ""});
  cells.push_back(
      number_text(100 * (pair.answers ? score_a(pair.answers->comparison, "right") : kNothing), 2));
  cells.emplace_back("");
  cells.push_back(number_text(people ? pair.verdicts->people->tau_a.value : kNothing, 4));
}

}  // namespace

double answers_changed(const PrecisionPair& pair) {
  return pair.answers ? score_b(pair.answers->comparison, "answers-changed") : kNothing;
}

double verdicts_moved(const PrecisionPair& pair) {
  return pair.verdicts ? score_b(pair.verdicts->comparison, "verdicts-moved") : kNothing;
}

std::string grid_headline(const PrecisionResult& result) {
  const PrecisionPair* smallest = nullptr;
  std::size_t passed = 0;
  for (const PrecisionPair& pair : result.pairs) {
    if (pair.gate.verdict != "pass") continue;
    ++passed;
    if (smallest == nullptr || pair.b.bytes < smallest->b.bytes) smallest = &pair;
  }
  const std::string all = counted(result.pairs.size(), "checkpoint");
  if (smallest == nullptr) return fmt::format("None of {} passes the gate.", all);
  const double ratio = smallest->b.megabytes() / result.a.megabytes();
  return fmt::format(
      "{} of {} pass{} the gate. The smallest of those that do is {}: {} MB, {} times {}.", passed,
      all, passed == 1 ? "es" : "", smallest->b.folder, number_text(smallest->b.megabytes(), 2),
      number_text(ratio, 2), result.a.folder);
}

void append_grid_table(std::string& out, const PrecisionResult& result, const std::string& anchor) {
  Table table("All checkpoints", {{""},
                                  {"gate"},
                                  {"MB", true},
                                  {"bits<br><small>a weight</small>", true},
                                  {"tokens/s<br><small>written</small>", true},
                                  {"KL<br><small>nats</small>", true},
                                  {"same<br><small>likeliest, %</small>", true},
                                  {"other<br><small>answers, %</small>", true},
                                  {"right<br><small>answers, %</small>", true},
                                  {"points<br><small>moved</small>", true},
                                  {"tau<br><small>with people</small>", true}});
  std::vector<std::string> first = cells_of(result.a, name_cell(result.a, 0, ""), "");
  add_first(first, result.pairs.front());
  table.row(first);
  for (std::size_t i = 0; i < result.pairs.size(); ++i) {
    const PrecisionPair& pair = result.pairs[i];
    std::vector<std::string> cells =
        cells_of(pair.b, name_cell(pair.b, i + 1, fmt::format("{}-{}", anchor, i + 1)),
                 gate_badge(pair.gate));
    add_losses(cells, pair);
    table.row(cells);
  }
  out += table.finish();
}

}  // namespace vernier::report
