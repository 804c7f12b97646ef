#include "judges/probes/answers/benchmarks/hallusion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/hash.h"
#include "base/printable.h"
#include "judges/probes/answers/input/question_file.h"
#include "judges/probes/answers/yes_no/parsers.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::probes {
namespace {

HallusionRow read_key(const ObjectRecord& record) {
  HallusionRow row;
  row.category = record.text({"category"});
  row.subcategory = record.text({"subcategory"});
  row.set = record.text({"set_id"});
  row.figure = record.text({"figure_id"});
  row.question = record.text({"question_id"});
  return row;
}

std::string joined_key(const HallusionRow& row) {
  return fmt::format("{}_{}_{}_{}_{}", row.category, row.subcategory, row.set, row.figure,
                     row.question);
}

JoinItem item_of(const ObjectRecord& record) {
  JoinItem item;
  item.id = joined_key(read_key(record));
  item.question = record.text({"question"});
  item.line = record.line();
  return item;
}

/// The field of verdicts: the one named, or the first usual one that every row has.
std::string judge_field(const ObjectFile& answers, const HallusionOptions& options) {
  if (!options.judge_field.empty()) return options.judge_field;
  for (const char* name : {"correctness", "judge", "correct"}) {
    if (std::ranges::all_of(answers.records(), [&](const ObjectRecord& record) {
          return record.find(name) != nullptr;
        })) {
      return name;
    }
  }
  return "";
}

Correctness read_judgment(const ObjectRecord& record, const std::string& field) {
  const std::string text = text::to_lower(record.text({field}));
  if (text == "1" || text == "correct") return Correctness::kRight;
  if (text == "0" || text == "incorrect") return Correctness::kWrong;
  if (text == "2" || text == "unclear") return Correctness::kUnclear;
  record.refuse(
      fmt::format("expected 1 (correct), 0 (incorrect) or 2 (unclear) in \"{}\", found '{}'",
                  printable(field, 40), printable(text, 40)));
}

Correctness read_answer(const std::string& answer, bool positive) {
  const Verdict verdict = yes_no_parser("strict").read(answer);
  if (verdict == Verdict::kUnclear) return Correctness::kUnclear;
  return (verdict == Verdict::kYes) == positive ? Correctness::kRight : Correctness::kWrong;
}

std::string answer_text(const ObjectRecord& record, const HallusionOptions& options) {
  if (!options.answer_field.empty()) return std::string(record.text({options.answer_field}));
  return std::string(record.text({"model_prediction", "prediction", "response", "answer"}));
}

}  // namespace

HallusionFile read_hallusion(const ObjectFile& answers, const ObjectFile* questions,
                             const HallusionOptions& options) {
  const ObjectFile& asked = questions == nullptr ? answers : *questions;
  const std::string field = judge_field(answers, options);
  HallusionFile out;
  out.judged = !field.empty();
  std::vector<JoinItem> question_items, answer_items;
  question_items.reserve(asked.records().size());
  answer_items.reserve(answers.records().size());
  for (const ObjectRecord& record : asked.records()) {
    question_items.push_back(item_of(record));
    HallusionRow row = read_key(record);
    row.positive = read_label(record, {"gt_answer"});
    for (const std::string& part : {question_items.back().id, question_items.back().question,
                                    std::string(row.positive ? "1" : "0")}) {
      out.digest = hash_more(out.digest, hash_bytes(part));
    }
    out.rows.push_back(std::move(row));
  }
  for (const ObjectRecord& record : answers.records()) {
    answer_items.push_back(item_of(record));
    answer_items.back().answer =
        out.judged ? std::string(record.text({field})) : answer_text(record, options);
  }
  JoinOptions join_options = options.join;
  join_options.by = JoinBy::kId;
  const Joined joined =
      join(question_items, answer_items, join_options, asked.name(), answers.name());
  require_coverage(joined.report, options.join, asked.name(), answers.name());
  out.join = joined.report;
  std::vector<HallusionRow> rows;
  for (std::size_t n = 0; n < out.rows.size(); ++n) {
    const std::size_t place = joined.answer_of[n];
    if (place == Joined::kNone) continue;
    HallusionRow& row = out.rows[n];
    row.verdict = out.judged ? read_judgment(answers.records()[place], field)
                             : read_answer(answer_items[place].answer, row.positive);
    rows.push_back(std::move(row));
  }
  out.rows = std::move(rows);
  return out;
}

double HallusionScores::yes_difference() const {
  if (questions.whole == 0) return std::nan("");
  return (static_cast<double>(predicted_yes) - static_cast<double>(true_yes)) /
         static_cast<double>(questions.whole);
}

HallusionScores hallusion_scores(const HallusionFile& file) {
  HallusionScores scores;
  std::map<std::string, bool> sets, figures;  // all right so far
  for (const HallusionRow& row : file.rows) {
    const bool right = row.right();
    scores.questions.add(right);
    (row.figure == "0" ? scores.easy : scores.hard).add(right);
    scores.unclear += row.verdict == Correctness::kUnclear;
    scores.by_subcategory[row.category + "/" + row.subcategory].add(right);
    scores.predicted_yes += right == row.positive;
    scores.true_yes += row.positive;
    if (!right) scores.false_positive.add(!row.positive);
    const std::string part = fmt::format("{}_{}_{}_", row.category, row.subcategory, row.set);
    const auto note = [&](std::map<std::string, bool>& all, const std::string& key) {
      const auto [found, fresh] = all.try_emplace(key, right);
      if (!fresh) found->second = found->second && right;
    };
    note(sets, part + row.question);
    if (row.category != "VS" || row.figure != "0") note(figures, part + row.figure);
  }
  for (const auto& [key, right] : sets) scores.question_sets.add(right);
  for (const auto& [key, right] : figures) scores.figures.add(right);
  return scores;
}

}  // namespace vernier::probes
