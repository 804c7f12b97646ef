#include "runners/judge/answers/judge_journal.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "base/error.h"
#include "base/hash.h"
#include "base/printable.h"

namespace vernier {
namespace {

/// The file, without ".part"; empty: nothing is kept.
std::string path_of(const JudgeOptions& options, const std::string& work) {
  if (!options.cache.empty()) {
    std::error_code problem;
    std::filesystem::create_directories(options.cache, problem);
    if (problem) {
      throw Error(ExitCode::kOutput, fmt::format("--cache {}: cannot be made: {}",
                                                 printable(options.cache, 200), problem.message()));
    }
    return fmt::format("{}/{:016x}.answers", options.cache, hash_bytes(work));
  }
  const std::string& output = options.output;
  if (output.empty() || output == "-" || output_target(output).direct) return "";
  return output + ".answers";
}

}  // namespace

JudgeJournal::JudgeJournal(const JudgeOptions& options, const std::string& work,
                           const GlobalOptions& global)
    : most_failures_(options.model.most_failures), global_(global), cache_(!options.cache.empty()) {
  const std::string path = path_of(options, work);
  if (path.empty()) return;
  part_ = printable(path, 200) + ".part";
  journal_ = std::make_unique<AnswerJournal>(path, work, options.resume, global);
}

const std::string* JudgeJournal::find(const std::string& key) const {
  return journal_ ? journal_->find(key) : nullptr;
}

void JudgeJournal::visit(
    std::string_view beginning,
    const std::function<void(std::string_view, const std::string&)>& seen) const {
  if (journal_) journal_->visit(beginning, seen);
}

void JudgeJournal::add(const std::string& key, std::string json) {
  if (journal_) journal_->add(key, std::move(json));
}

void JudgeJournal::finish(const std::vector<Unanswered>& failed, std::size_t captions) {
  check_failures(failed, captions, most_failures_, part_, global_);
  if (journal_ && !cache_) journal_->finish();
}

std::string content_key(std::uint64_t picture, std::initializer_list<std::uint64_t> texts) {
  std::string key = fmt::format("{:016x}", picture);
  for (const std::uint64_t text : texts) key += fmt::format(" {:016x}", text);
  return key;
}

}  // namespace vernier
