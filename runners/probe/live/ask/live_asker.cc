#include "runners/probe/live/ask/live_asker.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "judges/probes/live/descriptions/prompts.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier {

chat::ChatRequest LiveAsker::request_of(const LiveTask& task) {
  std::vector<std::shared_ptr<const chat::Picture>> pictures;
  for (const PictureChoice& choice : task.pictures) pictures.push_back(pictures_.load(choice));
  chat::ChatRequest request =
      task.prompt.empty()
          ? probes::ask_about(std::move(pictures), task.text)
          : probes::ask_after(std::move(pictures), task.prompt, task.description, task.text);
  request.most_new = task.most_new;
  return request;
}

bool LiveAsker::take_from_journal(const std::string& key) {
  const std::string* kept = journal_ == nullptr ? nullptr : journal_->find(key);
  if (kept == nullptr) return false;
  const auto record = nlohmann::json::parse(*kept, nullptr, false);
  if (!record.is_object() || !record.contains("text") || !record["text"].is_string()) return false;
  answers_[key] = record["text"].get<std::string>();
  return true;
}

void LiveAsker::keep(const std::string& key, std::string_view text) {
  // Servers leave the blank that follows "ASSISTANT:".
  std::string answer(text::strip_right(text::strip_left(text)));
  text::replace_invalid_utf8(answer);
  if (journal_ != nullptr) {
    std::string json = "{\"text\":";
    append_json_string(json, answer);
    journal_->add(key, json + "}");
  }
  answers_[key] = answer;
}

void LiveAsker::ask(std::vector<LiveTask> tasks, const std::string& label) {
  std::set<std::string> seen;
  std::erase_if(tasks, [&](const LiveTask& task) {
    if (answers_.contains(task.key) || !seen.insert(task.key).second) return true;
    ++asked_;
    return take_from_journal(task.key);
  });
  if (tasks.empty()) return;
  std::stable_sort(tasks.begin(), tasks.end(), [](const LiveTask& a, const LiveTask& b) {
    return std::lexicographical_compare(a.pictures.begin(), a.pictures.end(), b.pictures.begin(),
                                        b.pictures.end());
  });
  Asking asking;
  asking.count = tasks.size();
  asking.label = label;
  asking.key = [&](std::size_t i) { return printable(tasks[i].key, 200); };
  asking.request = [&](std::size_t i) { return request_of(tasks[i]); };
  asking.done = [&](std::size_t i, const chat::ChatAnswer& answer) {
    keep(tasks[i].key, answer.text);
  };
  for (Unanswered& one : vernier::ask(model_, asking, global_)) failed_.push_back(std::move(one));
}

std::string LiveAsker::refusal(const LiveTask& task) {
  if (answers_.contains(task.key)) return {};
  if (take_from_journal(task.key)) {
    ++asked_;
    return {};
  }
  std::vector<chat::ChatRequest> requests;
  try {
    requests.push_back(request_of(task));
  } catch (const Error& error) {
    if (error.code() != ExitCode::kBadInput) throw;
    return {};  // a picture: it is asked again and counted with all that fails
  }
  std::string reason;
  model_.run(requests, [&](std::size_t, const chat::ChatAnswer& answer) {
    if (answer.failure == chat::ChatFailure::kNone) {
      ++asked_;
      keep(task.key, answer.text);
    } else if (answer.failure == chat::ChatFailure::kRequest) {
      reason = answer.error.empty() ? "refused" : answer.error;
    }
  });
  return reason;
}

const std::string* LiveAsker::find(const std::string& key) const {
  const auto found = answers_.find(key);
  return found == answers_.end() ? nullptr : &found->second;
}

}  // namespace vernier
