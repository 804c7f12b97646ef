// Which model is asked, and how.
#pragma once

#include <memory>
#include <string>

#include "judges/chat/chat_model.h"
#include "judges/chat/remote/remote_model.h"
#include "judges/engine/device/device.h"
#include "runners/commands/commands.h"

namespace vernier {

struct ModelOptions {
  /// Empty: the model that comes with vernier; "truth:FOLDER": the truth of drawn scenes.
  std::string folder;
  chat::RemoteOptions remote;                        ///< where it has a URL
  double request_seconds = 120, budget_seconds = 0;  ///< of it
  std::string chat_template;
  int threads = 0;
  std::size_t live = 16;  ///< answers worked on at a time
  double memory_gib = 1;  ///< for keys and values
  engine::Device device = {};
  double most_failures = 0;  ///< share of all that may get no answer
};

/// --device and --deterministic.
CLI::Option* add_device_option(CLI::App& command, engine::Device& device);
CLI::Option* add_deterministic_option(CLI::App& command, engine::Device& device);

void add_model_options(CLI::App& command, ModelOptions& options);

/// Loads or reaches the model and says on stderr which it is. Throws Error(kResource).
std::unique_ptr<chat::ChatModel> open_model(const ModelOptions& options,
                                            const GlobalOptions& global);

}  // namespace vernier
