#include "judges/chat/local/local_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "judges/chat/local/conversation.h"
#include "judges/engine/container/fingerprint.h"
#include "judges/engine/device/open_backend.h"
#include "judges/engine/model/checkpoint_model.h"
#include "judges/engine/model/files/model_texts.h"
#include "judges/engine/model/vision_inputs.h"

namespace vernier::chat {
namespace {

using engine::Task;
using engine::TaskResult;
using engine::TensorStore;
using engine::VisionInput;

ChatAnswer failed(ChatFailure failure, std::string error) {
  ChatAnswer answer;
  answer.failure = failure;
  answer.error = std::move(error);
  return answer;
}

void cut_at_stops(ChatAnswer& answer, std::span<const std::string> stops) {
  for (const std::string& stop : stops) {
    const std::size_t at = stop.empty() ? std::string::npos : answer.text.find(stop);
    if (at == std::string::npos) continue;
    answer.text.resize(at);
    answer.finished = true;
  }
}

}  // namespace

struct LocalModel::Parts {
  explicit Parts(const LocalOptions& options)
      : name(engine::folder_name(options.folder)),
        config(engine::load_model_config(options.folder)),
        backend(engine::open_backend(options.device, options.threads)),
        inputs(config, engine::load_image_processor_config(options.folder, config.family)),
        texts(engine::load_model_texts(options.folder, config, options.chat_template)),
        builder(config, texts.tokenizer, std::string(texts.chat.placeholder())) {
    TensorStore store = TensorStore::open(options.folder);
    weights = engine::fingerprint(store, options.threads);
    dtype = config.quantisation ? engine::text_of(*config.quantisation)
                                : std::string(engine::main_dtype(store));
    model.emplace(config, std::move(store), *backend);
    server.emplace(*model, options.limits);
  }

  std::shared_ptr<const VisionInput> look_at(const std::shared_ptr<const Picture>& picture,
                                             bool alone);
  Task task_of(const ChatRequest& request, std::string& lead);
  void add_choices(const ChatRequest& request, const Conversation& conversation, Task& task);
  const std::vector<std::uint32_t>& tokens_of(const std::string& choice,
                                              const Conversation& conversation);
  ChatAnswer answer_of(const ChatRequest& request, std::string_view lead,
                       const TaskResult& result) const;

  std::string name;
  engine::ModelConfig config;
  std::unique_ptr<engine::Backend> backend;
  engine::VisionInputs inputs;
  engine::ModelTexts texts;
  engine::PromptBuilder builder;
  std::uint64_t weights = 0;
  std::string dtype;
  std::optional<engine::CheckpointModel> model;
  std::optional<engine::Engine> server;

  /// Tokens of choices by what stands before them, and the choice.
  std::unordered_map<std::string, std::vector<std::uint32_t>> known_choices;

  /// The last pictures: requests about one follow each other.
  struct Seen {
    std::shared_ptr<const Picture> picture;
    bool alone = true;
    std::shared_ptr<const VisionInput> input;
  };
  std::array<Seen, 4> seen;
  std::size_t next_seen = 0;
};

std::shared_ptr<const VisionInput> LocalModel::Parts::look_at(
    const std::shared_ptr<const Picture>& picture, bool alone) {
  for (const Seen& one : seen) {
    if (one.picture == picture && one.alone == alone) return one.input;
  }
  auto input =
      inputs.prepare(images::decode(picture->bytes, picture->name, inputs.decoding()), alone);
  seen[next_seen++ % seen.size()] = {picture, alone, input};
  return input;
}

Task LocalModel::Parts::task_of(const ChatRequest& request, std::string& lead) {
  std::vector<std::shared_ptr<const VisionInput>> looks;
  const bool alone = request.pictures.size() == 1;
  for (const auto& picture : request.pictures) looks.push_back(look_at(picture, alone));
  Conversation conversation(texts.chat, builder, request, looks);
  Task task;
  lead = conversation.lead();
  task.prompt = conversation.prompt();
  if (request.forced) {
    Conversation::Answer answer = conversation.answer(*request.forced);
    task.prompt.ids.resize(answer.kept);
    task.forced = std::move(answer.tokens);
    if (!config.end_tokens.empty()) task.forced.push_back(config.end_tokens[0]);
  } else {
    task.most_new = request.most_new;
    task.stop = config.end_tokens;
    for (const std::string& stop : request.stop) {
      if (const auto token = builder.tokenizer().encode(stop, {.add_special = false});
          token.size() == 1) {
        task.stop.push_back(token[0]);
      }
    }
  }
  add_choices(request, conversation, task);
  return task;
}

/// Of a choice in its place; none where it melts into the prompt. The same few are asked for again
/// and again: cutting the whole prompt anew for each took half of the time of a rating.
const std::vector<std::uint32_t>& LocalModel::Parts::tokens_of(const std::string& choice,
                                                               const Conversation& conversation) {
  std::string key(conversation.tail());
  key += '\0';
  key += choice;
  const auto known = known_choices.find(key);
  if (known != known_choices.end()) return known->second;
  constexpr std::size_t kMost = 4096;
  if (known_choices.size() >= kMost) known_choices.clear();
  Conversation::Answer answer = conversation.answer(choice);
  if (answer.kept != conversation.prompt().ids.size()) answer.tokens.clear();
  return known_choices[key] = std::move(answer.tokens);
}

void LocalModel::Parts::add_choices(const ChatRequest& request, const Conversation& conversation,
                                    Task& task) {
  // Several tokens, or one that melts into the prompt, are no single choice. But some tokenizers
  // (Llama-2's) put a token of a blank before every word: then it is what comes second. An answer
  // to be generated need not begin with a blank.
  std::vector<std::vector<std::uint32_t>> answers;
  answers.reserve(request.choices.size());
  for (const std::string& choice : request.choices) {
    answers.push_back(tokens_of(choice, conversation));
  }
  const auto first = [&](std::size_t size) {
    return std::ranges::find(answers, size, &std::vector<std::uint32_t>::size);
  };
  std::size_t size = 1;
  if (!request.forced && request.most_new == 0 && first(1) == answers.end() &&
      first(2) != answers.end()) {
    size = 2;
    task.forced.assign(1, first(2)->front());
  }
  for (const std::vector<std::uint32_t>& tokens : answers) {
    const bool single = tokens.size() == size && (size == 1 || tokens[0] == task.forced[0]);
    task.choices.push_back(single ? tokens.back() : config.text.vocabulary);
  }
  if (request.choose_end && size == 1) {
    task.choices.insert(task.choices.end(), config.end_tokens.begin(), config.end_tokens.end());
  }
}

ChatAnswer LocalModel::Parts::answer_of(const ChatRequest& request, std::string_view lead,
                                        const TaskResult& result) const {
  if (!result.error.empty()) return failed(ChatFailure::kRequest, result.error);
  ChatAnswer answer;
  answer.text = builder.tokenizer().decode(result.tokens, true);
  if (!lead.empty() && answer.text.starts_with(lead)) answer.text.erase(0, lead.size());
  answer.finished = result.stopped;
  cut_at_stops(answer, request.stop);
  answer.tokens_in = result.reused + result.computed;
  answer.tokens_out = result.tokens.size();
  answer.tokens = result.tokens;
  answer.reused = result.reused;
  double before = 0;  // of the blank's token
  if (request.forced) {
    answer.forced.assign(result.forced_log_probabilities.begin(),
                         result.forced_log_probabilities.end());
  } else if (!result.forced_log_probabilities.empty()) {
    before = result.forced_log_probabilities[0];
  }
  const auto choices = static_cast<std::ptrdiff_t>(request.choices.size());
  answer.choices.assign(result.choices.begin(), result.choices.begin() + choices);
  for (double& choice : answer.choices) {
    choice += before;
    if (!std::isnan(choice)) answer.top_mass += std::exp(choice);
  }
  double end = 0;
  for (auto one = result.choices.begin() + choices; one != result.choices.end(); ++one) {
    end += std::exp(static_cast<double>(*one));
  }
  if (end > 0) answer.end_choice = std::log(end);
  return answer;
}

LocalModel::LocalModel(const LocalOptions& options) : parts_(std::make_unique<Parts>(options)) {}
LocalModel::~LocalModel() = default;

engine::Task LocalModel::task(const ChatRequest& request) {
  std::string lead;
  return parts_->task_of(request, lead);
}

std::string LocalModel::signature() const {
  return fmt::format("model:{}|weights:{:016x}|dtype:{}|compute:{}|template:{}|engine:1",
                     parts_->name, parts_->weights, parts_->dtype, parts_->backend->compute(),
                     parts_->texts.chat.name());
}

std::string LocalModel::prompt_set() const {
  return parts_->texts.chat.name() == "vernier" ? "scenes" : "general";
}

const engine::Tokenizer& LocalModel::tokenizer() const { return parts_->builder.tokenizer(); }
std::string LocalModel::template_name() const { return std::string(parts_->texts.chat.name()); }
engine::CheckpointModel& LocalModel::checkpoint() { return *parts_->model; }
const engine::CheckpointModel& LocalModel::checkpoint() const { return *parts_->model; }
void LocalModel::forget() { parts_->server->forget(); }

void LocalModel::run(std::span<const ChatRequest> requests,
                     const std::function<void(std::size_t, ChatAnswer)>& done) {
  run_watched(requests, {}, done);
}

void LocalModel::run_watched(std::span<const ChatRequest> requests, const Watch& watch,
                             const std::function<void(std::size_t, ChatAnswer)>& done) {
  struct Taken {
    std::size_t request;
    std::string lead;
  };
  std::vector<Taken> taken;  // by the number of the task
  std::size_t next = 0;
  const auto source = [&]() -> std::optional<Task> {
    while (next < requests.size()) {
      const std::size_t number = next++;
      ChatFailure failure = ChatFailure::kRequest;
      std::string error;
      try {
        Taken one{number, {}};
        Task task = parts_->task_of(requests[number], one.lead);
        taken.push_back(std::move(one));
        if (watch) {
          task.watch = [&watch, number](std::size_t place, std::uint32_t token,
                                        const engine::Observed& observed) {
            watch(number, place, token, observed);
          };
        }
        return task;
      } catch (const Error& problem) {
        if (problem.code() == ExitCode::kInternal) throw;
        if (problem.code() == ExitCode::kBadInput) failure = ChatFailure::kPicture;
        error = problem.what();
      }
      done(number, failed(failure, std::move(error)));
    }
    return std::nullopt;
  };
  parts_->server->run(source, [&](std::size_t task, const TaskResult& result) {
    const Taken& one = taken[task];
    done(one.request, parts_->answer_of(requests[one.request], one.lead, result));
  });
}

}  // namespace vernier::chat
