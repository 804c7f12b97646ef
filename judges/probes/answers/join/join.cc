#include "judges/probes/answers/join/join.h"

#include <fmt/format.h>

#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/image_ids.h"
#include "judges/probes/answers/text/question_text.h"

namespace vernier::probes {
namespace {

constexpr std::size_t kShown = 10;

/// Whether `part` is in `text` between blanks or its ends.
bool holds_words(std::string_view text, std::string_view part) {
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + part.size();
    if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

class Joiner {
 public:
  Joiner(const std::vector<JoinItem>& questions, const std::vector<JoinItem>& answers,
         const std::string& question_file, const std::string& answer_file)
      : questions_(questions),
        answers_(answers),
        question_file_(question_file),
        answer_file_(answer_file) {
    out_.answer_of.assign(questions.size(), Joined::kNone);
    out_.report.questions = questions.size();
    out_.report.answers = answers.size();
  }

  Joined by_id();
  Joined by_text();
  Joined by_order();

 private:
  /// Whether both speak of the same question, as far as both say. A prompt may hold more than the
  /// question: templates, instructions that question_key() does not know.
  static bool agree(const JoinItem& question, const JoinItem& answer) {
    const bool texts = question.question.empty() || answer.question.empty() ||
                       holds_words(question_key(answer.question), question_key(question.question));
    const bool images = question.image.empty() || answer.image.empty() ||
                        image_key(question.image) == image_key(answer.image);
    return texts && images;
  }
  static std::string shown(const JoinItem& item) {
    std::string out = item.id.empty() ? fmt::format("line {}", item.line) : printable(item.id, 40);
    if (!item.image.empty()) out += " " + printable(image_key(item.image), 60);
    if (!item.question.empty()) out += fmt::format(" \"{}\"", printable(item.question, 80));
    return out;
  }
  static void note(std::vector<std::string>& list, std::string text) {
    if (list.size() < kShown) list.push_back(std::move(text));
  }
  [[noreturn]] static void refuse(const std::string& file, std::uint64_t line,
                                  const std::string& message) {
    throw Error(ExitCode::kBadInput, fmt::format("{}:{}: {}", file, line, message));
  }
  void add_extra(const JoinItem& answer) {
    ++out_.report.extra;
    note(out_.report.first_extra, shown(answer));
  }
  /// Matches, unless the question has an equal answer already or is another one.
  void give(std::size_t question, std::size_t answer);
  Joined finish();

  const std::vector<JoinItem>& questions_;
  const std::vector<JoinItem>& answers_;
  const std::string& question_file_;
  const std::string& answer_file_;
  Joined out_;
};

void Joiner::give(std::size_t question, std::size_t answer) {
  const JoinItem& given = answers_[answer];
  std::size_t& place = out_.answer_of[question];
  if (place != Joined::kNone) {
    if (answers_[place].answer != given.answer) {
      refuse(answer_file_, given.line,
             fmt::format("expected one answer to {}, found '{}' here and '{}' in line {}",
                         shown(questions_[question]), printable(given.answer, 40),
                         printable(answers_[place].answer, 40), answers_[place].line));
    }
    ++out_.report.duplicate;
    return;
  }
  place = answer;
}

Joined Joiner::finish() {
  JoinReport& report = out_.report;
  for (std::size_t q = 0; q < questions_.size(); ++q) {
    if (out_.answer_of[q] == Joined::kNone) {
      ++report.missing;
      note(report.first_missing, shown(questions_[q]));
      continue;
    }
    const JoinItem& answer = answers_[out_.answer_of[q]];
    if (agree(questions_[q], answer)) {
      ++report.matched;
      continue;
    }
    ++report.conflicting;
    note(report.first_conflicting,
         fmt::format("{} is answered as {}", shown(questions_[q]), shown(answer)));
    out_.answer_of[q] = Joined::kNone;
  }
  return std::move(out_);
}

Joined Joiner::by_id() {
  out_.report.by = JoinBy::kId;
  const auto ids = [](const std::vector<JoinItem>& items, const std::string& file) {
    std::vector<std::string_view> all;
    all.reserve(items.size());
    for (const JoinItem& item : items) {
      if (item.id.empty()) {
        refuse(file, item.line, "expected a question id as in the other records; see --join");
      }
      all.push_back(item.id);
    }
    return all;
  };
  const IdMatcher matcher(ids(answers_, answer_file_), ids(questions_, question_file_));
  out_.report.id_rule = matcher.description();
  std::unordered_map<std::string, std::size_t> places;
  std::string buffer;
  for (std::size_t q = 0; q < questions_.size(); ++q) {
    const auto [found, fresh] =
        places.try_emplace(std::string(matcher.key(questions_[q].id, buffer)), q);
    if (!fresh) {
      refuse(question_file_, questions_[q].line,
             fmt::format("expected each question id once, found {} again (line {}); give files "
                         "that number their questions alike one by one, or use --join text",
                         printable(questions_[q].id, 40), questions_[found->second].line));
    }
  }
  for (std::size_t a = 0; a < answers_.size(); ++a) {
    const auto found = places.find(std::string(matcher.key(answers_[a].id, buffer)));
    if (found == places.end()) {
      add_extra(answers_[a]);
    } else {
      give(found->second, a);
    }
  }
  return finish();
}

Joined Joiner::by_text() {
  out_.report.by = JoinBy::kText;
  const auto key_of = [](const JoinItem& item, const std::string& file) {
    if (item.image.empty() || item.question.empty()) {
      refuse(file, item.line, "expected an image and a question, which --join text compares");
    }
    return std::string(image_key(item.image)) + '\n' + question_key(item.question);
  };
  struct Places {
    std::vector<std::size_t> questions;
    std::size_t next = 0;
  };
  std::unordered_map<std::string, Places> places;
  for (std::size_t q = 0; q < questions_.size(); ++q) {
    auto& same = places[key_of(questions_[q], question_file_)].questions;
    out_.report.repeated_questions += !same.empty();
    same.push_back(q);
  }
  for (std::size_t a = 0; a < answers_.size(); ++a) {
    const auto found = places.find(key_of(answers_[a], answer_file_));
    if (found == places.end()) {
      add_extra(answers_[a]);
      continue;
    }
    Places& same = found->second;
    // The nth answer is to the nth such question; more answers than questions must be equal.
    const std::size_t n = std::min(same.next++, same.questions.size() - 1);
    give(same.questions[n], a);
  }
  return finish();
}

Joined Joiner::by_order() {
  out_.report.by = JoinBy::kOrder;
  if (questions_.size() != answers_.size()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: expected {} answers as {} has questions, found {}; rows are "
                            "joined in order only where counts are equal",
                            answer_file_, questions_.size(), question_file_, answers_.size()));
  }
  for (std::size_t n = 0; n < answers_.size(); ++n) {
    if (answers_[n].question.empty()) {
      refuse(answer_file_, answers_[n].line,
             "expected the question beside its answer: without it nothing tells whether the rows "
             "belong together");
    }
    if (!agree(questions_[n], answers_[n])) {
      refuse(answer_file_, answers_[n].line,
             fmt::format("expected the answer to {} ({}:{}), found one to {}; rows are joined in "
                         "order only where all texts agree",
                         shown(questions_[n]), question_file_, questions_[n].line,
                         shown(answers_[n])));
    }
    out_.answer_of[n] = n;
  }
  return finish();
}

bool all_have(const std::vector<JoinItem>& items, std::string JoinItem::*field) {
  for (const JoinItem& item : items) {
    if ((item.*field).empty()) return false;
  }
  return true;
}

}  // namespace

const char* join_name(JoinBy by) {
  switch (by) {
    case JoinBy::kId:
      return "id";
    case JoinBy::kText:
      return "text";
    case JoinBy::kOrder:
      break;
  }
  return "order";
}

Joined join(const std::vector<JoinItem>& questions, const std::vector<JoinItem>& answers,
            const JoinOptions& options, const std::string& question_file,
            const std::string& answer_file) {
  Joiner joiner(questions, answers, question_file, answer_file);
  const auto both = [&](std::string JoinItem::*field) {
    return all_have(questions, field) && all_have(answers, field);
  };
  const auto by = options.by            ? options.by
                  : both(&JoinItem::id) ? std::optional(JoinBy::kId)
                  : both(&JoinItem::image) && both(&JoinItem::question)
                      ? std::optional(JoinBy::kText)
                      : std::nullopt;
  if (!by) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: expected a question id, or an image and the question, in every "
                            "record, as in {}; --join order takes rows in their order where all "
                            "texts agree",
                            answer_file, question_file));
  }
  if (*by == JoinBy::kId) return joiner.by_id();
  return *by == JoinBy::kText ? joiner.by_text() : joiner.by_order();
}

}  // namespace vernier::probes
