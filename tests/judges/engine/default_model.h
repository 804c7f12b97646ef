// The model that is shipped with what it is asked in tests: prompts about held-out scenes.
#pragma once

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "datasets/scenes/render/picture.h"
#include "datasets/scenes/world/world.h"
#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/model/checkpoint_model.h"
#include "judges/engine/model/prompt_builder.h"
#include "judges/engine/model/vision_inputs.h"
#include "judges/engine/tokenizer/chat/template_folder.h"

namespace vernier::engine::test {

inline std::string default_model_folder() {
  return std::string(VERNIER_SOURCE) + "/judges/model/default";
}

/// Scene `number` of those that the model has not seen.
inline images::Image picture_of(std::uint64_t number) {
  const scenes::World world = scenes::small_world();
  const scenes::Picture drawn =
      scenes::render(scenes::draw_scene(world, 900001, number), world.side);
  images::Image image({drawn.side, drawn.side});
  for (std::uint32_t y = 0; y < drawn.side; ++y) {
    const auto row = image.row(y);
    std::copy_n(drawn.pixels.begin() + static_cast<std::ptrdiff_t>(y * row.size()), row.size(),
                row.begin());
  }
  return image;
}

class DefaultModel {
 public:
  explicit DefaultModel(const std::string& folder)
      : config_(load_model_config(folder)),
        backend_(make_cpu_backend(2)),
        model_(config_, TensorStore::open(folder), *backend_, UnknownTensors::kRefuse),
        inputs_(config_, load_image_processor_config(folder, config_.family)),
        chat_(read_chat_template(folder, "")),
        builder_(config_, Tokenizer::load(folder + "/tokenizer.json"),
                 std::string(chat_.placeholder())) {}

  /// An item of default_model.json.
  Prompt prompt_of(const nlohmann::json& item) const {
    std::vector<std::shared_ptr<const VisionInput>> seen;
    for (const auto& scene : item["scenes"]) seen.push_back(inputs_.prepare(picture_of(scene)));
    std::vector<ChatMessage> messages;
    for (const auto& turn : item["turns"]) {
      ChatMessage& message = messages.emplace_back();
      message.role = messages.size() % 2 == 1 ? ChatRole::kUser : ChatRole::kAssistant;
      if (messages.size() == 1) message.content.resize(item["scenes"].size(), {true, ""});
      message.content.push_back({false, turn.get<std::string>()});
    }
    return builder_.build(chat_.render(messages, true), seen);
  }

  const ModelConfig& config() const { return config_; }
  CheckpointModel& model() { return model_; }
  const Tokenizer& tokenizer() const { return builder_.tokenizer(); }

 private:
  ModelConfig config_;
  std::unique_ptr<Backend> backend_;
  CheckpointModel model_;
  VisionInputs inputs_;
  ChatTemplate chat_;
  PromptBuilder builder_;
};

}  // namespace vernier::engine::test
