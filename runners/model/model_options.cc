#include "runners/model/model_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <utility>

#include "base/error.h"
#include "judges/chat/local/default_model.h"
#include "judges/chat/local/local_model.h"
#include "judges/chat/truth/truth_model.h"

namespace vernier {
namespace {

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

void add_server_options(CLI::App& command, ModelOptions& options) {
  constexpr const char* kGroup = "Model on a server";
  command
      .add_option("--judge-url,--url", options.remote.url,
                  "An OpenAI-compatible server instead of --model (http://host:8000); its key is "
                  "taken from the environment variable VERNIER_API_KEY")
      ->type_name("URL")
      ->excludes("--model")
      ->excludes("--chat-template")
      ->group(kGroup);
  command
      .add_option("--url-model", options.remote.model,
                  "The model's name there; default: the only one that the server lists")
      ->type_name("NAME")
      ->group(kGroup);
  command.add_option("--concurrency", options.remote.in_flight, "Requests at a time")
      ->check(CLI::Range(1, 1024).description(""))
      ->capture_default_str()
      ->group(kGroup);
  add_choice_option(
      command, "--answer-start", options.remote.answer_start,
      {{"in-text", chat::AnswerStart::kInText}, {"message", chat::AnswerStart::kMessage}},
      "How the beginning of an answer reaches it: at the end of what is asked, or as a "
      "message to be gone on with (vLLM and SGLang, which then tell numbers digit by "
      "digit)")
      ->group(kGroup);
  command
      .add_option("--request-timeout", options.request_seconds,
                  "Seconds for one request, each time it is sent")
      ->check(CLI::Range(0.001, 86400.0).description(""))
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_option("--time-budget", options.budget_seconds,
                  "Seconds for all requests together; 0: no limit")
      ->check(CLI::Range(0.0, 31536000.0).description(""))
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_option("--tries", options.remote.retry.tries,
                  "How often a request is sent at most, with growing pauses")
      ->check(CLI::Range(1, 100).description(""))
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_flag(
          "--trust-pictures", options.remote.trust_pictures,
          "Do not check that the server looks at pictures (where it counts no tokens of them)")
      ->group(kGroup);
  command
      .add_flag("--allow-plain-key", options.remote.allow_plain_key,
                "Send the key to other machines without encryption")
      ->group(kGroup);
}

std::unique_ptr<chat::ChatModel> reach_model(const ModelOptions& options) {
  chat::RemoteOptions remote = options.remote;
  remote.limit = milliseconds(options.request_seconds);
  remote.budget = milliseconds(options.budget_seconds);
  remote.most_failures = options.most_failures;
  return std::make_unique<chat::RemoteModel>(std::move(remote));
}

std::unique_ptr<chat::ChatModel> open_truth(const ModelOptions& options) {
  if (!options.chat_template.empty()) {
    throw Error(ExitCode::kUsage, "--chat-template: the truth as a model has none");
  }
  return std::make_unique<chat::TruthModel>(chat::TruthOptions::parse(options.folder));
}

std::unique_ptr<chat::ChatModel> load_model(const ModelOptions& options) {
  chat::LocalOptions local;
  local.folder = options.folder.empty() ? chat::default_model_folder() : options.folder;
  local.chat_template = options.chat_template;
  local.threads = thread_count(options.threads);
  local.device = options.device;
  local.limits.live = options.live;
  local.limits.cache_bytes = static_cast<std::size_t>(options.memory_gib * (1 << 30));
  return std::make_unique<chat::LocalModel>(local);
}

}  // namespace

CLI::Option* add_device_option(CLI::App& command, engine::Device& device) {
  return command
      .add_option_function<std::string>(
          "--device",
          [&device](const std::string& text) {
            try {
              const engine::Device parsed = engine::Device::parse(text);
              device.kind = parsed.kind;
              device.number = parsed.number;
            } catch (const Error& error) {
              throw CLI::ValidationError("--device", error.what());
            }
          },
          "Where the model is run: cpu, cuda, or cuda:1 for the second of several devices. On a "
          "device products are of 16 bits and last digits differ")
      ->type_name("DEVICE")
      ->default_str("cpu");
}

CLI::Option* add_deterministic_option(CLI::App& command, engine::Device& device) {
  return command.add_flag("--deterministic", device.deterministic,
                          "On a device too: the same bits however many answers are worked on at a "
                          "time. Slower; a processor always does so");
}

void add_model_options(CLI::App& command, ModelOptions& options) {
  constexpr const char* kGroup = "Model";
  command
      .add_option("--model", options.folder,
                  "Folder of a checkpoint (config.json, *.safetensors, tokenizer.json); default: "
                  "the model that comes with vernier, which knows drawn scenes only. "
                  "truth:FOLDER answers by the truth of what `vernier synth` drew into FOLDER: the "
                  "best that any model can be; truth:FOLDER?flaws=yes,recency&noise=5&seed=3 with "
                  "flaws on purpose (length, first, obeys, yes, recency, blind, context, coarse, "
                  "objects-only) and an error of ratings")
      ->type_name("DIR")
      ->group(kGroup);
  command
      .add_option("--chat-template", options.chat_template,
                  "Name of the chat template, where the folder's is not known")
      ->type_name("NAME")
      ->group(kGroup);
  command
      .add_option("--live", options.live,
                  "Answers worked on at a time; the answers do not depend on it")
      ->check(CLI::Range(1, 4096).description(""))
      ->capture_default_str()
      ->group(kGroup);
  command.add_option("--kv-memory", options.memory_gib, "For keys and values, in GiB")
      ->check(CLI::Range(0.001, 4096.0).description(""))
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_option("--max-failures", options.most_failures,
                  "Share of all that may get no answer (a picture that cannot be read, say) before "
                  "the exit code is 5")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->capture_default_str()
      ->group(kGroup);
  CLI::Option* const device = add_device_option(command, options.device)->group(kGroup);
  add_deterministic_option(command, options.device)->group(kGroup);
  add_threads_option(command, options.threads);
  add_server_options(command, options);
  device->excludes("--judge-url");
}

std::unique_ptr<chat::ChatModel> open_model(const ModelOptions& options,
                                            const GlobalOptions& global) {
  std::unique_ptr<chat::ChatModel> model;
  if (!options.remote.url.empty()) {
    model = reach_model(options);
  } else if (chat::TruthOptions::is_spec(options.folder)) {
    model = open_truth(options);
  } else {
    model = load_model(options);
  }
  remark(global, model->signature());
  return model;
}

}  // namespace vernier
