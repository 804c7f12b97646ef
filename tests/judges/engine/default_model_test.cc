// The model that is shipped, asked about held-out scenes: the same greedy tokens as transformers
// (tests/oracles/default_model.py).
#include <gtest/gtest.h>

#include <fstream>
#include <map>
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
#include "judges/engine/serve/engine.h"
#include "judges/engine/tokenizer/chat/template_folder.h"

namespace vernier::engine {
namespace {

using Json = nlohmann::json;

/// Scene `number` of those that the model has not seen.
images::Image picture_of(std::uint64_t number) {
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

std::vector<ChatMessage> messages_of(const Json& item) {
  std::vector<ChatMessage> out;
  for (const Json& turn : item["turns"]) {
    ChatMessage& message = out.emplace_back();
    message.role = out.size() % 2 == 1 ? ChatRole::kUser : ChatRole::kAssistant;
    if (out.size() == 1) message.content.resize(item["scenes"].size(), {true, ""});
    message.content.push_back({false, turn.get<std::string>()});
  }
  return out;
}

TEST(DefaultModel, AnswersWithTheTokensOfTransformers) {
  const std::string folder = std::string(VERNIER_SOURCE) + "/judges/model/default";
  const ModelConfig config = load_model_config(folder);
  const auto backend = make_cpu_backend(2);
  CheckpointModel model(config, TensorStore::open(folder), *backend, UnknownTensors::kRefuse);
  const VisionInputs inputs(config, load_image_processor_config(folder, config.family));
  const ChatTemplate chat = read_chat_template(folder, "");
  const PromptBuilder builder(config, Tokenizer::load(folder + "/tokenizer.json"),
                              std::string(chat.placeholder()));
  std::ifstream file(std::string(VERNIER_SOURCE) + "/tests/judges/engine/default_model.json");
  const Json items = Json::parse(file);
  ASSERT_EQ(items.size(), 200U);
  std::vector<Task> tasks;
  for (const Json& item : items) {
    std::vector<std::shared_ptr<const VisionInput>> seen;
    for (const Json& scene : item["scenes"]) seen.push_back(inputs.prepare(picture_of(scene)));
    const ChatPrompt rendered = chat.render(messages_of(item), true);
    Task& task = tasks.emplace_back();
    task.prompt = builder.build(rendered, seen);
    task.most_new = 160;
    task.stop = config.end_tokens;
    EXPECT_EQ(task.prompt.ids.size(), item["prompt"].get<std::size_t>());
  }
  Engine engine(model, {});
  std::size_t different = 0;
  engine.run(tasks, [&](std::size_t i, TaskResult result) {
    EXPECT_TRUE(result.error.empty()) << result.error;
    const auto wanted = items[i]["tokens"].get<std::vector<std::uint32_t>>();
    if (result.tokens != wanted) {
      ++different;
      ADD_FAILURE() << items[i]["turns"].back() << ": "
                    << builder.tokenizer().decode(result.tokens, true) << " instead of "
                    << builder.tokenizer().decode(wanted, true);
    }
  });
  EXPECT_EQ(different, 0U);
}

}  // namespace
}  // namespace vernier::engine
