#include <fmt/format.h>

#include <cmath>

#include "base/printable.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/live/output/live_output.h"

namespace vernier {
namespace {

std::string one_decimal(double value) {
  if (!std::isfinite(value)) return "-";
  return fmt::format("{:.1f}", std::abs(value) < 0.05 ? 0.0 : value);  // never "-0.0"
}
std::string percent(double ratio) { return one_decimal(100 * ratio); }

std::string range(double low, double high) {
  if (!std::isfinite(low) || !std::isfinite(high)) return "-";
  return one_decimal(low) + " to " + one_decimal(high);
}
std::string percents(double low, double high) { return range(100 * low, 100 * high); }

std::string p_text(double p) {
  if (!std::isfinite(p)) return "-";
  return p < 0.0001 ? "<0.0001" : fmt::format("{:.4f}", p);
}

std::string share_text(const probes::Share& share) {
  return share.whole == 0 ? "-" : fmt::format("{} of {}", share.part, share.whole);
}

/// Short enough for a column; other reasons stand below the table.
std::string or_reason(const std::string& number, const std::string& undefined) {
  if (undefined.empty()) return number;
  return undefined == kAtChance ? kAtChance : "not measured";
}

TextRows kind_rows(const LiveStudy& study) {
  TextRows rows = {{"kind", "questions", "right, %", "95 % interval", "commonest answer, %",
                    "yes, %", "unparsed", "wrong: hard no", "easy no"}};
  for (const LiveKind& kind : study.kinds) {
    const KindScores& s = kind.scores;
    const bool shown = s.undefined.empty();
    rows.push_back(
        {printable(s.kind, 40), std::to_string(s.asked - s.unanswered),
         or_reason(percent(s.right.value), s.undefined), percents(s.right.low, s.right.high),
         percent(s.commonest_share), shown ? percent(s.yes_ratio) : "-", std::to_string(s.unparsed),
         shown ? share_text(s.wrong_hard) : "-", shown ? share_text(s.wrong_easy) : "-"});
  }
  return rows;
}

TextRows control_rows(const LiveStudy& study) {
  TextRows rows = {{"kind", "right, %", "grey, %", "change", "95 % interval", "p", "other, %",
                    "change", "95 % interval", "p"}};
  for (const LiveKind& kind : study.kinds) {
    const KindScores& s = kind.scores;
    std::vector<std::string> row = {printable(s.kind, 40),
                                    or_reason(percent(s.right.value), s.undefined)};
    for (const PairedChange* change : {&s.grey, &s.other}) {
      row.insert(row.end(), {percent(change->second), percent(change->change),
                             percents(change->low, change->high), p_text(change->p)});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

void add_places(ProbePage& page, const char* title, const char* place, const PlaceScores& scores) {
  if (!scores.undefined.empty()) {
    page.line(fmt::format("{}: {}", title, or_reason("", scores.undefined)));
    return;
  }
  const PositionEffects& e = scores.effects;
  TextRows rows = {{place, "questions", "right, %", "95 % interval"}};
  for (std::size_t k = 0; k < e.means.size(); ++k) {
    rows.push_back({fmt::format("{:g}", scores.places[k]), std::to_string(e.means[k].values),
                    one_decimal(e.means[k].mean), range(e.means[k].low, e.means[k].high)});
  }
  page.table(title, std::move(rows), "rrrr");
  page.table(
      "",
      {{"effect", "points", "p"},
       {"trend, a place", fmt::format("{:.2f}", e.slope.value), p_text(e.slope.p)},
       {"curvature (> 0: U)", fmt::format("{:.2f}", e.curvature.value), p_text(e.curvature.p)},
       {"last third - first third", fmt::format("{:.2f}", e.recency.value), p_text(e.recency.p)},
       {"any", "-", p_text(e.any.p)}},
      "lrr");
  std::string biases;
  for (const auto& [bias, p] : scores.biases) {
    biases += fmt::format("{}{} (p {}, Holm)", biases.empty() ? "" : ", ", bias, p_text(p));
  }
  page.line(biases.empty() ? "no bias found" : "bias: " + biases);
}

void add_sides(ProbePage& page, const LiveStudy& study) {
  if (study.sides.empty()) return;
  TextRows rows = {{"side, pixels", "questions", "right, %", "95 % interval",
                    "lost against the largest", "95 % interval", "p"}};
  for (const SideScores& s : study.sides) {
    rows.push_back({std::to_string(s.side), std::to_string(s.questions),
                    or_reason(percent(s.right.value), s.undefined),
                    percents(s.right.low, s.right.high), percent(s.change.change),
                    percents(s.change.low, s.change.high), p_text(s.change.p)});
  }
  page.table("size of the picture, all questions about one", std::move(rows), "rrrrrrr");
}

void add_signs(ProbePage& page, const LiveStudy& study) {
  if (!study.signs_undefined.empty()) page.line("signs: " + printable(study.signs_undefined, 300));
  if (!study.signs) return;
  const SignReading& s = *study.signs;
  page.table("words on signs",
             {{"right", "signs"},
              {"the model", std::to_string(s.model_right)},
              {"tesseract " + printable(s.tesseract, 40), std::to_string(s.tesseract_right)},
              {"both", std::to_string(s.both_right)},
              {"neither", std::to_string(s.neither)},
              {"both say the same word", std::to_string(s.agree)},
              {"tesseract reads nothing", std::to_string(s.nothing_read)},
              {"all", std::to_string(s.signs)}},
             "lr");
}

void add_described(ProbePage& page, const LiveStudy& study) {
  if (study.described.empty()) return;
  TextRows rows = {
      {"described first", "questions", "right, %", "at once, %", "change", "95 % interval", "p"}};
  for (const DescribedScores& one : study.described) {
    const PairedChange& c = one.change;
    rows.push_back({printable(one.kind, 40), std::to_string(c.questions),
                    or_reason(percent(c.first), one.undefined), percent(c.second),
                    percent(c.change), percents(c.low, c.high), p_text(c.p)});
  }
  page.table("", std::move(rows), "lrrrrrr");
}

void add_presets(ProbePage& page, const DescriptionStudy& study) {
  TextRows values = {{"prompt", "CHAIR-s, %", "CHAIR-i, %", "recall, %", "words",
                      "wrong attributes, %", "wrong relations, %"}};
  TextRows changes = values;
  changes[0][0] = "less " + study.prompts.front().prompt.name;
  for (const DescriptionScores& one : study.prompts) {
    std::vector<std::string> value = {one.prompt.name}, change = {one.prompt.name};
    for (const MeasuredDescription& m : one.measures) {
      value.push_back(one_decimal(m.value));
      change.push_back(std::isfinite(m.change) ? fmt::format("{} ({})", one_decimal(m.change),
                                                             range(m.change_low, m.change_high))
                                               : "-");
    }
    values.push_back(std::move(value));
    if (&one != &study.prompts.front()) changes.push_back(std::move(change));
  }
  page.table(fmt::format("what {} descriptions by each prompt invent", study.images),
             std::move(values), "lrrrrrr");
  if (changes.size() > 1) page.table("", std::move(changes), "lrrrrrr");
  for (const DescriptionScores& one : study.prompts) {
    page.line(fmt::format("{}: {}", one.prompt.name, printable(one.prompt.text, 200)));
  }
  for (const std::string& name : study.not_asked) {
    page.line(name + ": not asked, the model that comes with vernier was not taught it");
  }
}

}  // namespace

std::string live_text(const LiveStudy& study, OutputFormat format) {
  if (format == OutputFormat::kJson) return live_json(study);
  ProbePage page;
  if (!study.kinds.empty()) {
    page.table("", kind_rows(study), "lrrrrrrrr");
    page.table("with a grey picture and with another scene's", control_rows(study), "lrrrrrrrrr");
    for (const LiveKind& kind : study.kinds) {
      const KindScores& s = kind.scores;
      if (s.undefined.empty() || s.undefined == kAtChance) continue;
      page.line(printable(s.kind, 40) + ": " + printable(s.undefined, 300));
    }
    for (const LiveKind& kind : study.kinds) {
      const KindScores& s = kind.scores;
      if (s.kind != "sign" || !s.undefined.empty() || s.exact.whole == 0) continue;
      page.line(fmt::format("sign: {} words to the letter", share_text(s.exact)));
    }
    page.line(
        "change: right with the picture less right without it; the smaller it is, the more is "
        "answered from elsewhere (prior reliance)");
  }
  if (study.position) add_places(page, "position in the group", "position", *study.position);
  if (study.depth) add_places(page, "depth of the needle", "depth", *study.depth);
  add_sides(page, study);
  add_signs(page, study);
  add_described(page, study);
  if (study.descriptions) add_presets(page, *study.descriptions);
  if (study.unanswered > 0) {
    page.line(fmt::format("{} of {} requests got no answer", study.unanswered, study.asked));
  }
  page.line(study.model);
  page.line(study.signature);
  return page.text(format);
}

}  // namespace vernier
