#include <fmt/format.h>

#include <utility>

#include "base/printable.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/answers/vqa/vqa_output.h"

namespace vernier {
namespace {

struct Column {
  std::size_t score;
  const char* title;
};
// In the order of kVqaScoreNames.
constexpr Column kColumns[] = {{1, "official"},          {2, "strict"}, {3, "exact"},
                               {4, "exact, normalised"}, {5, "ANLS"},   {6, "letter"}};

/// The columns that something has a score in.
std::vector<Column> columns_of(const VqaStudy& study) {
  std::vector<Column> columns;
  for (const Column& column : kColumns) {
    if (study.all.scores[column.score].n > 0) columns.push_back(column);
  }
  return columns;
}

std::vector<std::string> title_row(std::string what, const std::vector<Column>& columns) {
  std::vector<std::string> row = {std::move(what), "n"};
  for (const Column& column : columns) row.emplace_back(column.title);
  return row;
}

std::vector<std::string> score_row(std::string name, const probes::VqaSummary& summary,
                                   const std::vector<Column>& columns) {
  std::vector<std::string> row = {std::move(name), std::to_string(summary.n)};
  for (const Column& column : columns) {
    row.push_back(percent_text(summary.scores[column.score]));
  }
  return row;
}

void add_groups(ProbePage& page, const VqaStudy& study, const std::vector<Column>& columns) {
  TextRows rows;
  for (std::size_t n = 0; n < study.groups.size(); ++n) {
    const probes::VqaGroup& group = study.groups[n];
    if (rows.empty()) rows.push_back(title_row(printable(group.field, 40), columns));
    rows.push_back(score_row(printable(group.value, 60),
                             probes::summarise(study.answers, group.answers), columns));
    if (n + 1 == study.groups.size() || study.groups[n + 1].field != group.field) {
      page.table("", std::exchange(rows, {}), "l" + std::string(columns.size() + 1, 'r'));
    }
  }
}

void add_remarks(ProbePage& page, const VqaStudy& study) {
  const auto line = [&](std::uint64_t count, const char* what) {
    if (count > 0) page.line(fmt::format("{} {}", count, what));
  };
  line(study.join.missing, "questions have no answer");
  line(study.join.conflicting, "answers are to another question than their id says");
  line(study.join.extra, "answers are to no question");
  line(study.join.duplicate, "answers came again, equal, and were counted once");
  line(study.all.empty, "answers are empty");
  line(study.all.unparsed_letters, "answers name no option, and are wrong");
  const probes::YesShares& yes = study.yes;
  if (yes.answers.whole + yes.other > 0) {
    page.line(fmt::format("of yes/no questions {} % are answered yes (people: {} %), {} neither",
                          percent_text(yes.answers.ratio()), percent_text(yes.people.ratio()),
                          yes.other));
  }
  if (study.unanswerable_precision) {
    page.line(fmt::format("average precision of unanswerable questions: {}",
                          percent_text(*study.unanswerable_precision)));
  }
  if (study.all.scores[0].n > 0) {
    page.line(fmt::format("official and strict: agreement with people; this run's is {}",
                          study.method.strict ? "strict" : "official"));
  }
}

}  // namespace

std::string vqa_text(const VqaStudy& study, OutputFormat format) {
  if (format == OutputFormat::kJson) return vqa_json(study);
  const std::vector<Column> columns = columns_of(study);
  ProbePage page;
  page.table(
      "",
      {title_row(fmt::format("questions ({})", probes::vqa_format_name(study.questions.format)),
                 columns),
       score_row("all", study.all, columns)},
      "l" + std::string(columns.size() + 1, 'r'));
  add_groups(page, study, columns);
  add_remarks(page, study);
  page.line("± standard error, images as clusters");
  page.line(study.signature);
  return page.text(format);
}

}  // namespace vernier
