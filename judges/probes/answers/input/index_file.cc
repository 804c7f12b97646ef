#include "judges/probes/answers/input/index_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::probes {
namespace {

/// The rows of a category with the answers they got, as answers to the questions.
struct CategoryRows {
  std::vector<JoinItem> items;
  std::vector<std::size_t> answer;  ///< of each row
  std::size_t rows = 0;             ///< with those that nobody answered
};

CategoryRows rows_of(const IndexFile& index, const std::string& category, const Joined& by_id,
                     const AnswerFile& answers) {
  CategoryRows out;
  for (std::size_t row = 0; row < index.items.size(); ++row) {
    if (!category.empty() && index.category[row] != category) continue;
    ++out.rows;
    if (by_id.answer_of[row] == Joined::kNone) continue;
    out.items.push_back(index.items[row]);
    out.items.back().answer = answers.items[by_id.answer_of[row]].answer;
    out.answer.push_back(by_id.answer_of[row]);
  }
  return out;
}

Joined join_rows(const IndexFile& index, const std::string& category, const Joined& by_id,
                 const QuestionFile& questions, const AnswerFile& answers) {
  const CategoryRows rows = rows_of(index, category, by_id, answers);
  JoinOptions options;
  options.by = JoinBy::kText;
  Joined joined = join(questions.items, rows.items, options, questions.name, index.name);
  for (std::size_t& place : joined.answer_of) {
    if (place != Joined::kNone) place = rows.answer[place];
  }
  return joined;
}

std::string list(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  shown.reserve(names.size());
  for (const std::string& name : names) shown.push_back(printable(name, 40));
  return fmt::format("{}", fmt::join(shown, ", "));
}

/// The category that answers most of the questions.
IndexedJoin best_category(const IndexFile& index, const Joined& by_id,
                          const QuestionFile& questions, const AnswerFile& answers) {
  IndexedJoin best;
  bool alike = false;
  std::string matches;
  for (const std::string& category : index.categories) {
    IndexedJoin tried{join_rows(index, category, by_id, questions, answers), category};
    const std::uint64_t matched = tried.joined.report.matched;
    matches += fmt::format("{}{} ({} of {})", matches.empty() ? "" : ", ", printable(category, 40),
                           matched, questions.items.size());
    alike =
        matched == best.joined.report.matched || (alike && matched < best.joined.report.matched);
    if (matched > best.joined.report.matched) best = std::move(tried);
  }
  if (alike || 5 * best.joined.report.matched < 4 * questions.items.size()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: expected one category of {} that answers these questions, found "
                            "{}; choose one with --category",
                            questions.name, index.name, matches));
  }
  return best;
}

}  // namespace

IndexFile read_index(const std::string& path) {
  const ObjectFile file = ObjectFile::read(path);
  IndexFile index;
  index.name = file.name();
  for (const ObjectRecord& record : file.records()) {
    JoinItem item;
    item.id = record.text({"question_id", "id"});
    item.image = record.text({"image", "image_id"});
    item.question = record.text({"text", "question", "prompt"});
    item.line = record.line();
    index.items.push_back(std::move(item));
    const std::string category(record.find_text({"category", "split"}).value_or(""));
    index.category.push_back(category);
    if (!category.empty() &&
        std::ranges::find(index.categories, category) == index.categories.end()) {
      index.categories.push_back(category);
    }
  }
  return index;
}

IndexedJoin join_through(const IndexFile& index, const std::string& category,
                         const QuestionFile& questions, const AnswerFile& answers) {
  if (!category.empty() &&
      std::ranges::find(index.categories, category) == index.categories.end()) {
    throw Error(ExitCode::kUsage, fmt::format("{} has no category '{}'; it has {}", index.name,
                                              printable(category, 40), list(index.categories)));
  }
  JoinOptions options;
  options.by = JoinBy::kId;
  const Joined by_id = join(index.items, answers.items, options, index.name, answers.name);
  IndexedJoin out;
  if (!category.empty() || index.categories.empty()) {
    out = {join_rows(index, category, by_id, questions, answers), category};
  } else {
    out = best_category(index, by_id, questions, answers);
  }
  JoinReport& report = out.joined.report;
  report.by = JoinBy::kId;
  report.id_rule = by_id.report.id_rule;
  report.duplicate += by_id.report.duplicate;
  report.extra += by_id.report.extra;
  report.conflicting += by_id.report.conflicting;
  report.first_extra.insert(report.first_extra.end(), by_id.report.first_extra.begin(),
                            by_id.report.first_extra.end());
  report.first_conflicting = by_id.report.first_conflicting;
  return out;
}

}  // namespace vernier::probes
