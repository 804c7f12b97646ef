#include "runners/model/asking.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "base/printable.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

/// Requests at a time: their pictures are in memory. At the end of each portion fewer and fewer are
/// left to be worked on together; with 16 at a time that costs 3 %.
constexpr std::size_t kPortion = 256;

}  // namespace

std::vector<Unanswered> ask(chat::ChatModel& model, const Asking& asking,
                            const GlobalOptions& global) {
  std::vector<std::pair<std::size_t, Unanswered>> failed;
  const auto fail = [&](std::size_t i, const std::string& reason) {
    failed.push_back({i, {asking.key(i), reason}});
    if (asking.failed) asking.failed(i);
  };
  Progress progress(asking.label, global.quiet);
  std::uint64_t answered = 0;
  std::vector<chat::ChatRequest> requests;
  std::vector<std::size_t> numbers;
  for (std::size_t next = 0; next < asking.count;) {
    requests.clear();
    numbers.clear();
    for (; next < asking.count && requests.size() < kPortion; ++next) {
      check_interrupt();
      try {
        requests.push_back(asking.request(next));
        numbers.push_back(next);
      } catch (const Error& error) {
        if (error.code() != ExitCode::kBadInput) throw;
        fail(next, error.what());
        ++answered;
      }
    }
    model.run(requests, [&](std::size_t i, chat::ChatAnswer answer) {
      if (answer.failure == chat::ChatFailure::kNone) {
        asking.done(numbers[i], std::move(answer));
      } else {
        fail(numbers[i], answer.error);
      }
      progress.update(++answered, asking.count);
      check_interrupt();
    });
  }
  std::ranges::sort(failed, {}, &std::pair<std::size_t, Unanswered>::first);
  std::vector<Unanswered> out;
  out.reserve(failed.size());
  for (auto& [number, one] : failed) out.push_back(std::move(one));
  return out;
}

void check_failures(const std::vector<Unanswered>& failed, std::size_t all, double share,
                    const std::string& kept, const GlobalOptions& global) {
  if (failed.empty()) return;
  // What is wrong with all of them is said once.
  std::map<std::string_view, std::vector<const Unanswered*>> by_reason;
  for (const Unanswered& one : failed) by_reason[one.reason].push_back(&one);
  constexpr std::size_t kShown = 10;
  std::size_t shown = 0;
  for (const auto& [reason, those] : by_reason) {
    if (++shown > kShown) break;
    const std::string others =
        those.size() > 1 ? fmt::format(" and {} others", those.size() - 1) : "";
    remark(global, fmt::format("no answer for {}{}: {}", printable(those[0]->key, 80), others,
                               printable(reason, 300)));
  }
  if (by_reason.size() > kShown) {
    remark(global, fmt::format("... and {} other reasons", by_reason.size() - kShown));
  }
  const std::string sentence = fmt::format("{} of {} got no answer (first: {})", failed.size(), all,
                                           printable(failed.front().key, 80));
  if (static_cast<double>(failed.size()) > share * static_cast<double>(all)) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("{}, more than --max-failures {} allows{}", sentence, share,
                            kept.empty() ? ""
                                         : fmt::format("; {} keeps the others, the same command "
                                                       "tries these again",
                                                       kept)));
  }
  remark(global, "warning: " + sentence);
}

}  // namespace vernier
