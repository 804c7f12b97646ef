#include "runners/model/model_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/printable.h"
#include "judges/chat/local/default_model.h"
#include "judges/chat/local/local_model.h"

namespace vernier {

void add_model_options(CLI::App& command, ModelOptions& options) {
  constexpr const char* kGroup = "Model";
  command
      .add_option("--model", options.folder,
                  "Folder of a checkpoint (config.json, *.safetensors, tokenizer.json); default: "
                  "the model that comes with vernier, which knows drawn scenes only")
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
  add_threads_option(command, options.threads);
}

std::unique_ptr<chat::ChatModel> open_model(const ModelOptions& options,
                                            const GlobalOptions& global) {
  chat::LocalOptions local;
  local.folder = options.folder.empty() ? chat::default_model_folder() : options.folder;
  local.chat_template = options.chat_template;
  local.threads = thread_count(options.threads);
  local.limits.live = options.live;
  local.limits.cache_bytes = static_cast<std::size_t>(options.memory_gib * (1 << 30));
  auto model = std::make_unique<chat::LocalModel>(local);
  remark(global, model->signature());
  return model;
}

}  // namespace vernier
