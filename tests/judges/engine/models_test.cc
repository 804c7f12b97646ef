// Small random checkpoints of every family: what the engine computes equals what transformers does
// (tests/oracles/engine_models.py, vila_models.py).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "judges/engine/serve/engine.h"
#include "tests/judges/engine/golden_model.h"

namespace vernier::engine {
namespace {

using Json = nlohmann::json;

std::string folder_of(const std::string& name) {
  return std::string(VERNIER_SOURCE) + "/tests/judges/engine/models/" + name;
}

class Models : public testing::TestWithParam<std::string> {
 protected:
  Models() : model_(folder_of(GetParam())) {
    std::ifstream file(folder_of(GetParam()) + "/cases.json");
    cases_ = Json::parse(file)["cases"];
  }

  GoldenModel model_;
  Json cases_;
};

TEST_P(Models, PixelsAndTokensAreThoseOfTheProcessor) {
  for (const Json& c : cases_) {
    EXPECT_EQ(model_.prompt_of(c).ids, c["ids"].get<std::vector<std::uint32_t>>()) << c["text"];
    std::vector<float> pixels;
    for (const auto& input : model_.pictures_of(c)) {
      pixels.insert(pixels.end(), input->pixels.begin(), input->pixels.end());
    }
    if (!pixels.empty()) {
      EXPECT_EQ(fmt::format("{:016x}", images::test::hash_of(pixels)),
                c["pixels"].get<std::string>())
          << c["text"];
    }
  }
}

TEST_P(Models, LogitsAreThoseOfTransformers) {
  const TensorStore goldens = TensorStore::open(folder_of(GetParam()) + "/golden.safetensors");
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    const std::vector<float> logits = model_.logits_of(model_.prompt_of(cases_[i]));
    EXPECT_EQ(model_.best_of(logits), cases_[i]["best"].get<std::vector<std::uint32_t>>());
    const float worst = worst_logit(logits, model_.config().text.vocabulary, goldens, i);
    EXPECT_LE(worst, 2e-4F) << "case " << i;
    RecordProperty("worst_logit_" + std::to_string(i), std::to_string(worst));
  }
}

/// All results of the cases, to the bit: each goes on with what is likeliest.
std::vector<TaskResult> served(GoldenModel& model, const Json& cases, Engine& engine) {
  std::vector<Task> tasks;
  for (const Json& c : cases) {
    Task& task = tasks.emplace_back();
    task.prompt = model.prompt_of(c);
    task.forced = {c["best"].back(), 5, 6};
    task.most_new = 3;
  }
  std::vector<TaskResult> out(tasks.size());
  engine.run(tasks, [&](std::size_t i, TaskResult result) { out[i] = std::move(result); });
  return out;
}

TEST_P(Models, PortionsAndReuseChangeNoBit) {
  std::vector<std::vector<TaskResult>> all;
  for (const std::size_t chunk : {1U, 7U, 256U}) {
    Engine engine(model_.model(), {.live = 2, .chunk = chunk});
    for (int time = 0; time < 2; ++time) all.push_back(served(model_, cases_, engine));
  }
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    const TaskResult& first = all.front()[i];
    EXPECT_EQ(first.error, "");
    EXPECT_EQ(first.forced_best.front(), cases_[i]["best"].back()) << "as all at once";
    for (const auto& results : all) {
      EXPECT_EQ(results[i].forced_log_probabilities, first.forced_log_probabilities) << i;
      EXPECT_EQ(results[i].log_probabilities, first.log_probabilities) << i;
      EXPECT_EQ(results[i].tokens, first.tokens) << i;
    }
    EXPECT_EQ(all[1][i].computed, 4U) << "the last token of the prompt and what was forced";
  }
}

INSTANTIATE_TEST_SUITE_P(Engine, Models,
                         testing::Values("llava_clip", "llava_pad", "llava_siglip", "llava_qwen2",
                                         "llava_next", "idefics3", "smolvlm", "vila15", "vila_pad",
                                         "nvila_lite", "nvila", "nvila_middle"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace vernier::engine
