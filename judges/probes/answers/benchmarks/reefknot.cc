#include "judges/probes/answers/benchmarks/reefknot.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "judges/probes/answers/choice/option_letter.h"
#include "judges/probes/answers/input/question_file.h"
#include "judges/probes/answers/text/plain_words.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

ReefknotTask read_task(const ObjectRecord& record) {
  const std::string_view written = record.text({"type"});
  const std::string type = text::to_lower(written);
  if (type == "yes/no" || type == "yesno") return ReefknotTask::kYesNo;
  if (type == "multichoice" || type == "mcq") return ReefknotTask::kChoice;
  if (type == "vqa") return ReefknotTask::kOpen;
  record.refuse(fmt::format("expected the type Yes/No, Multichoice or VQA, found '{}'",
                            printable(written, 40)));
}

void check_label(const ObjectRecord& record, const ReefknotRow& row) {
  if (row.task == ReefknotTask::kYesNo) read_label(record, {"label"});
  if (row.task != ReefknotTask::kChoice) return;
  const auto options = options_in(row.prompt);
  if (std::ranges::none_of(options, [&](const ChoiceOption& option) {
        return row.label == std::string_view(&option.letter, 1);
      })) {
    record.refuse(
        fmt::format("expected the letter of an option of the question as label, found "
                    "'{}'",
                    printable(row.label, 40)));
  }
}

std::string words_of(std::string_view text) {
  std::string out;
  for (const PlainWord& word : plain_words(text)) out += word.text + " ";
  return out;
}

bool is_yes(const ReefknotRow& row) {
  const std::string label = text::to_lower(row.label);
  return label == "yes" || label == "1";
}

void add(ReefknotGroup& group, const ReefknotRow& row, const YesNoParser& parser) {
  if (row.task == ReefknotTask::kYesNo) {
    const Verdict verdict = parser.read(row.response);
    ++(is_yes(row) ? group.yes : group.no);
    group.confusion.add(is_yes(row), verdict);
    group.unparsed += verdict == Verdict::kUnclear;
    group.right.add(verdict == (is_yes(row) ? Verdict::kYes : Verdict::kNo));
  } else if (row.task == ReefknotTask::kChoice) {
    const auto chosen = option_letter(row.response, options_in(row.prompt));
    group.unparsed += !chosen;
    group.right.add(chosen && row.label == std::string_view(&*chosen, 1));
  } else {
    group.right.add(words_of(row.response) == words_of(row.label));
  }
}

}  // namespace

const char* task_name(ReefknotTask task) {
  switch (task) {
    case ReefknotTask::kYesNo:
      return "yesno";
    case ReefknotTask::kChoice:
      return "multichoice";
    case ReefknotTask::kOpen:
      break;
  }
  return "vqa";
}

std::vector<ReefknotRow> read_reefknot(const ObjectFile& file) {
  std::vector<ReefknotRow> rows;
  for (const ObjectRecord& record : file.records()) {
    ReefknotRow row;
    row.task = read_task(record);
    row.relation = record.text({"relation_type"});
    row.image = record.text({"image_id", "image"});
    row.prompt = record.text({"query_prompt", "question"});
    row.label = record.text({"label"});
    row.response = record.find_text({"response"}).value_or("");
    row.line = record.line();
    if (row.relation != "perception" && row.relation != "cognitive") {
      record.refuse(fmt::format("expected perception or cognitive in \"relation_type\", found '{}'",
                                printable(row.relation, 40)));
    }
    check_label(record, row);
    rows.push_back(std::move(row));
  }
  return rows;
}

ReefknotJoin join_reefknot(const std::vector<ReefknotRow>& questions,
                           const std::vector<ReefknotRow>& answers, const JoinOptions& options,
                           const std::string& question_file, const std::string& answer_file) {
  const auto is_empty = [](const ReefknotRow& row) {
    return text::strip_left(row.response).empty();
  };
  const auto item = [](const ReefknotRow& row, bool with_answer) {
    return JoinItem{"", row.image, std::string(task_name(row.task)) + " " + row.prompt,
                    with_answer ? row.response : "", row.line};
  };
  std::vector<JoinItem> asked, answered;
  asked.reserve(questions.size());
  answered.reserve(answers.size());
  for (const ReefknotRow& row : questions) asked.push_back(item(row, false));
  // Placeholders count in the order of equal questions, and are no answers.
  for (const ReefknotRow& row : answers) answered.push_back(item(row, true));
  JoinOptions by_text = options;
  by_text.by = JoinBy::kText;
  Joined joined = join(asked, answered, by_text, question_file, answer_file);
  ReefknotJoin out;
  for (std::size_t n = 0; n < questions.size(); ++n) {
    const std::size_t place = joined.answer_of[n];
    if (place == Joined::kNone) continue;
    if (is_empty(answers[place])) {
      --joined.report.matched;
      ++joined.report.missing;
      if (joined.report.first_missing.size() < 10) {
        joined.report.first_missing.push_back(fmt::format(
            "{} \"{}\"", printable(questions[n].image, 40), printable(questions[n].prompt, 80)));
      }
      continue;
    }
    out.rows.push_back(questions[n]);
    out.rows.back().response = answers[place].response;
  }
  out.report = joined.report;
  require_coverage(out.report, options, question_file, answer_file);
  return out;
}

std::vector<ReefknotGroup> reefknot_groups(const std::vector<ReefknotRow>& rows,
                                           const YesNoParser& parser) {
  std::vector<ReefknotGroup> groups;
  for (const ReefknotTask task :
       {ReefknotTask::kYesNo, ReefknotTask::kChoice, ReefknotTask::kOpen}) {
    for (const char* relation : {"all", "perception", "cognitive"}) {
      ReefknotGroup group;
      group.task = task;
      group.relation = relation;
      for (const ReefknotRow& row : rows) {
        if (row.task == task && (group.relation == "all" || row.relation == group.relation)) {
          add(group, row, parser);
        }
      }
      if (group.right.whole > 0) groups.push_back(std::move(group));
    }
  }
  return groups;
}

}  // namespace vernier::probes
