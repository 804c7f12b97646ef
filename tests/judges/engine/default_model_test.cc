// The model that is shipped, asked about held-out scenes: the same greedy tokens as transformers
// (tests/oracles/default_model.py).
#include "tests/judges/engine/default_model.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "judges/engine/serve/engine.h"

namespace vernier::engine {
namespace {

TEST(DefaultModel, AnswersWithTheTokensOfTransformers) {
  test::DefaultModel model(test::default_model_folder());
  std::ifstream file(std::string(VERNIER_SOURCE) + "/tests/judges/engine/default_model.json");
  const auto items = nlohmann::json::parse(file);
  ASSERT_EQ(items.size(), 200U);
  std::vector<Task> tasks;
  for (const auto& item : items) {
    Task& task = tasks.emplace_back();
    task.prompt = model.prompt_of(item);
    task.most_new = 160;
    task.stop = model.config().end_tokens;
    EXPECT_EQ(task.prompt.ids.size(), item["prompt"].get<std::size_t>());
  }
  Engine engine(model.model(), {});
  std::size_t different = 0;
  engine.run(tasks, [&](std::size_t i, const TaskResult& result) {
    EXPECT_TRUE(result.error.empty()) << result.error;
    const auto wanted = items[i]["tokens"].get<std::vector<std::uint32_t>>();
    if (result.tokens == wanted) return;
    ++different;
    ADD_FAILURE() << items[i]["turns"].back() << ": "
                  << model.tokenizer().decode(result.tokens, true) << " instead of "
                  << model.tokenizer().decode(wanted, true);
  });
  EXPECT_EQ(different, 0U);
}

}  // namespace
}  // namespace vernier::engine
