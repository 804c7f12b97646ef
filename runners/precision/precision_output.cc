#include "runners/precision/precision_output.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/compare/compare_output.h"
#include "runners/output/number_text.h"
#include "runners/output/text_table.h"

namespace vernier {
namespace {

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "-"
                    : fmt::format("{:.1f} %",
                                  100 * static_cast<double>(part) / static_cast<double>(whole));
}

TextRows flip_rows(const Changes& changes) {
  TextRows out = {{"answers", "right in both", "right -> wrong", "wrong -> right", "wrong in both",
                   "p (McNemar)"}};
  for (const Flips& f : changes.flips) {
    out.push_back({printable(f.score, 60), std::to_string(f.right_in_both),
                   std::to_string(f.broken.size()), std::to_string(f.repaired.size()),
                   std::to_string(f.wrong_in_both), fmt::format("{:.4f}", f.p)});
  }
  return out;
}

TextRows shift_rows(const Changes& changes) {
  TextRows out = {{"samples", "mean |b - a|", "largest", "exactly the same"}};
  for (const Shift& s : changes.shifts) {
    out.push_back({printable(s.score, 60), number_text(s.mean), number_text(s.largest),
                   percent(s.equal, s.samples)});
  }
  return out;
}

std::string text_line(const TextChanges& texts) {
  if (texts.samples == 0) return "";
  std::string out =
      fmt::format("texts: {} of {} are the same ({}); {:.1f} -> {:.1f} words", texts.equal,
                  texts.samples, percent(texts.equal, texts.samples), texts.words_a, texts.words_b);
  if (texts.equal < texts.samples) {
    out += fmt::format("; those that differ begin with {:.0f} words alike (median)",
                       texts.common_words);
  }
  return out + "\n";
}

/// The ids of the first flips, for whoever wants to look.
std::string flip_lines(const ComparedRun& compared, const Changes& changes, std::size_t show) {
  std::string out;
  const auto list = [&](std::string_view score, std::string_view what,
                        const std::vector<std::size_t>& samples) {
    if (samples.empty() || show == 0) return;
    out += fmt::format("{} {}:", printable(score, 60), what);
    for (std::size_t i = 0; i < std::min(show, samples.size()); ++i) {
      out += " " + printable(compared.runs->a().samples()[samples[i]].id, 60);
    }
    out += samples.size() > show ? " ...\n" : "\n";
  };
  for (const Flips& f : changes.flips) {
    list(f.score, "right -> wrong", f.broken);
    list(f.score, "wrong -> right", f.repaired);
  }
  return out;
}

void append_ids(std::string& json, std::string_view key, const ComparedRun& compared,
                const std::vector<std::size_t>& samples) {
  append_json_key(json, key);
  json.push_back('[');
  for (const std::size_t n : samples) {
    if (json.back() != '[') json.push_back(',');
    append_json_string(json, compared.runs->a().samples()[n].id);
  }
  json.push_back(']');
}

std::string json_text(const ComparedRun& compared, const Changes& changes) {
  std::string out = "{\"schema\":\"vernier.precision/1\"";
  append_comparison(out, compared);
  out += ",\n\"flips\":{";
  for (const Flips& f : changes.flips) {
    append_json_key(out, f.score);
    out.push_back('{');
    append_json_count(out, "right_in_both", f.right_in_both);
    append_json_count(out, "right_to_wrong", f.broken.size());
    append_json_count(out, "wrong_to_right", f.repaired.size());
    append_json_count(out, "wrong_in_both", f.wrong_in_both);
    append_json_member(out, "p", f.p);
    append_ids(out, "right_to_wrong_ids", compared, f.broken);
    append_ids(out, "wrong_to_right_ids", compared, f.repaired);
    out.push_back('}');
  }
  out += "},\n\"shifts\":{";
  for (const Shift& s : changes.shifts) {
    append_json_key(out, s.score);
    out.push_back('{');
    append_json_member(out, "mean_absolute_error", s.mean);
    append_json_member(out, "largest", s.largest);
    append_json_count(out, "equal", s.equal);
    append_json_count(out, "samples", s.samples);
    out.push_back('}');
  }
  out += "}";
  if (const TextChanges& t = changes.texts; t.samples > 0) {
    out += ",\n\"texts\":{";
    append_json_count(out, "samples", t.samples);
    append_json_count(out, "equal", t.equal);
    append_json_member(out, "mean_words_a", t.words_a);
    append_json_member(out, "mean_words_b", t.words_b);
    append_json_member(out, "median_common_words", t.common_words);
    out.push_back('}');
  }
  return out + "}\n";
}

}  // namespace

std::string precision_text(const ComparedRun& compared, const Changes& changes, std::size_t show,
                           OutputFormat format) {
  if (format == OutputFormat::kJson) return json_text(compared, changes);
  const bool markdown = format == OutputFormat::kMarkdown;
  const auto table = [&](const TextRows& rows, std::string_view sides) {
    if (rows.size() == 1) return std::string();
    return "\n" + (markdown ? markdown_table(rows, sides) : text_table(rows, sides));
  };
  std::string out = markdown ? compare_markdown({compared}) : compare_table({compared});
  out += table(flip_rows(changes), "lrrrrr");
  out += table(shift_rows(changes), "lrrr");
  const std::string lines = flip_lines(compared, changes, show) + text_line(changes.texts);
  if (!lines.empty()) out += "\n" + (markdown ? markdown_text(lines) : lines);
  return out;
}

}  // namespace vernier
