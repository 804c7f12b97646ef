#include "runners/model/answer_journal.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json_text.h"
#include "base/printable.h"

namespace vernier {
namespace {

std::string header_of(const std::string& work) {
  std::string line = "{\"schema\":\"vernier.answers/1\"";
  append_json_member(line, "work", work);
  return line + "}\n";
}

/// Of an answer's line, whose end is a brace.
std::string beginning_of(const std::string& key) {
  std::string line = "{\"key\":";
  append_json_string(line, key);
  return line + ",\"answer\":";
}

}  // namespace

AnswerJournal::AnswerJournal(const std::string& path, const std::string& work, bool resume,
                             const GlobalOptions& global) {
  journal_ = std::make_unique<Journal>(output_target(path));
  const std::string part = printable(path, 200) + ".part";
  if (!journal_->empty() && !take_up(work)) {
    if (resume) {
      throw Error(
          ExitCode::kIncomplete,
          fmt::format("{}: is of other work (another model, prompt or input); remove it, or "
                      "give -o another name",
                      part));
    }
    remark(global, fmt::format("warning: {}: was of other work and is overwritten", part));
    journal_->keep(0);
  }
  if (!answers_.empty()) {
    remark(global, fmt::format("{}: goes on behind {} answers", part, answers_.size()));
  }
  if (journal_->empty()) {
    journal_->write(header_of(work));
    journal_->flush();
  }
}

bool AnswerJournal::take_up(const std::string& work) {
  const std::string text = journal_->kept()->read_rest();
  const std::string header = header_of(work);
  if (!text.starts_with(header)) {
    if (header.starts_with(text)) {  // the process died at its first line
      journal_->keep(0);
      return true;
    }
    return false;
  }
  std::size_t whole = header.size();
  for (std::size_t end; (end = text.find('\n', whole)) != std::string::npos; whole = end + 1) {
    const std::string_view line = std::string_view(text).substr(whole, end - whole);
    const auto read = nlohmann::json::parse(line, nullptr, false);
    if (!read.is_object() || !read.contains("key") || !read["key"].is_string()) break;
    const auto key = read["key"].get<std::string>();
    const std::string begin = beginning_of(key);
    if (!line.starts_with(begin)) break;  // the system died while it wrote
    answers_[key] = line.substr(begin.size(), line.size() - begin.size() - 1);
  }
  journal_->keep(whole);
  return true;
}

const std::string* AnswerJournal::find(const std::string& key) const {
  const auto found = answers_.find(key);
  return found == answers_.end() ? nullptr : &found->second;
}

void AnswerJournal::visit(
    std::string_view beginning,
    const std::function<void(std::string_view, const std::string&)>& seen) const {
  for (auto one = answers_.lower_bound(std::string(beginning));
       one != answers_.end() && one->first.starts_with(beginning); ++one) {
    seen(std::string_view(one->first).substr(beginning.size()), one->second);
  }
}

void AnswerJournal::add(const std::string& key, std::string json) {
  journal_->write(beginning_of(key) + json + "}\n");
  journal_->flush();
  answers_[key] = std::move(json);
}

void AnswerJournal::finish() { journal_->keep(0); }

}  // namespace vernier
