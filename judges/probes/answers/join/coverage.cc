#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.h"
#include "judges/probes/answers/join/join.h"

namespace vernier::probes {
namespace {

/// What usually lies behind answers that do not fit their questions.
std::string hint(const JoinReport& report) {
  const auto other = [](std::uint64_t n) { return n == 3000 || n == 2910; };
  if (other(report.questions) && other(report.answers) && report.questions != report.answers) {
    return "; POPE's random file circulates with 2,910 rows (duplicates removed) and with 3,000: "
           "answers fit only the one they were made with (POPE#17)";
  }
  if (report.conflicting > report.matched) {
    return "; most ids name other questions here: was this file made for another question file, "
           "or does it need --index? (POPE's files number their questions alike, and its random "
           "file circulates with 2,910 and with 3,000 rows)";
  }
  return "";
}

[[noreturn]] void refuse(const std::string& file, const std::string& what, const JoinReport& report,
                         const std::vector<std::string>& first, const std::string& how) {
  throw Error(
      ExitCode::kBadInput,
      fmt::format("{}: {} ({} of {} questions answered, {} answers): {}{}; {}{}", file, what,
                  report.matched, report.questions, report.answers, fmt::join(first, ", "),
                  first.size() == 10 ? ", ..." : "", how, hint(report)));
}

}  // namespace

double JoinReport::coverage() const {
  return questions == 0 ? 0 : static_cast<double>(matched) / static_cast<double>(questions);
}

void require_coverage(const JoinReport& report, const JoinOptions& options,
                      const std::string& question_file, const std::string& answer_file) {
  if (report.matched == 0) {
    const auto& first = report.conflicting > 0 ? report.first_conflicting : report.first_missing;
    refuse(answer_file, fmt::format("no answer fits a question of {}", question_file), report,
           first, "expected answers to these questions");
  }
  if (report.conflicting > 0 && !options.allow_missing) {
    refuse(answer_file,
           fmt::format("{} answers are to other questions than {} has under their ids",
                       report.conflicting, question_file),
           report, report.first_conflicting, "--allow-missing leaves them out and counts them");
  }
  if (report.missing > 0 && !options.allow_missing) {
    refuse(answer_file,
           fmt::format("{} questions of {} have no answer", report.missing, question_file), report,
           report.first_missing, "--allow-missing scores the rest and counts them");
  }
  if (report.extra > 0 && !options.ignore_extra) {
    refuse(answer_file,
           fmt::format("{} answers are to no question of {}", report.extra, question_file), report,
           report.first_extra, "--ignore-extra counts them");
  }
}

}  // namespace vernier::probes
