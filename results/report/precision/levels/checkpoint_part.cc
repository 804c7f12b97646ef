// Both checkpoints as they are stored and run.
#include <fmt/format.h>

#include <cmath>
#include <functional>

#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/precision/levels/levels.h"

namespace vernier::report {
namespace {

std::string name_of(const std::string& badge, const PrecisionCheckpoint& checkpoint) {
  return fmt::format("{}<br><span class=\"wrap\">{}</span>", badge, html(checkpoint.folder));
}

/// A row of numbers that both have, or one of them.
void append_row(Table& table, std::string_view what, double a, double b,
                const std::function<std::string(double)>& text) {
  if (!std::isfinite(a) && !std::isfinite(b)) return;
  const double ratio = b / a;
  table.row({std::string(what), text(a), text(b),
             std::isfinite(ratio) ? "× " + number_text(ratio, 2) : number_text(NAN, 0)});
}

}  // namespace

void append_checkpoints(std::string& out, const PairView& view) {
  const PrecisionCheckpoint &a = view.result.a, &b = view.pair().b;
  out += view.open("checkpoints", "The two checkpoints");
  Table table("As they are stored and run", {{""},
                                             {name_of(view.badge_a(), a), true},
                                             {name_of(view.badge_b(), b), true},
                                             {view.badge_b() + " / " + view.badge_a(), true}});
  table.row({"precision", html(a.precision), html(b.precision), ""});
  const auto plain = [](double value) { return number_text(value, 2); };
  append_row(table, "MB", a.megabytes(), b.megabytes(), plain);
  append_row(table, "bits a weight<br><small>of the language layers</small>", a.bits, b.bits,
             plain);
  append_row(table, "tokens/s read<br><small>with pictures</small>", a.read, b.read, speed_text);
  append_row(table, "tokens/s written<br><small>one answer at a time</small>", a.written, b.written,
             speed_text);
  append_row(table, "J a token written", a.joules, b.joules,
             [](double value) { return significant_text(value); });
  out += table.finish();
  out += fmt::format(
      "<details class=\"note\"><summary>Exactly which</summary><p>{} <code>{}</code></p><p>{} "
      "<code>{}</code></p></details>\n</section>\n",
      view.badge_a(), html(a.model), view.badge_b(), html(b.model));
}

}  // namespace vernier::report
