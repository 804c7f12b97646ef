// Whole models on a device, the host's part and all: the engine's own goldens, and the tokens that
// the processor gives.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "device_under_test.h"
#include "judges/engine/container/file/safetensors_writer.h"
#include "judges/engine/container/values/convert.h"
#include "judges/engine/cuda/cuda_backend.h"
#include "judges/engine/serve/engine.h"
#include "tests/judges/engine/container/folder.h"
#include "tests/judges/engine/golden_model.h"

namespace vernier::engine {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class CudaModels : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!device_is_there()) GTEST_SKIP() << "no CUDA device";
    std::ifstream file(folder() + "/cases.json");
    cases_ = Json::parse(file)["cases"];
  }
  void TearDown() override {
    for (const std::string& text : found_by_device()) ADD_FAILURE() << text;
  }
  static std::string folder() {
    // Where the tests were carried to another machine, the source lies elsewhere.
    const char* const source = std::getenv("VERNIER_SOURCE");
    return std::string(source != nullptr ? source : VERNIER_SOURCE) +
           "/tests/judges/engine/models/" + GetParam();
  }

  Json cases_;
};

class CudaLogits : public CudaModels {};
class CudaTokens : public CudaModels {};

/// The checkpoint with its weights in 32 bits: then nothing is rounded on the way.
void widen(const std::string& from, const std::string& to) {
  for (const auto& entry : fs::directory_iterator(from)) {
    const std::string name = entry.path().filename();
    if (name.find("safetensors") == std::string::npos) fs::copy(entry.path(), fs::path(to) / name);
  }
  const TensorStore store = TensorStore::open(from);
  std::vector<SafetensorsWriter::Plan> plans;
  for (const auto& t : store.tensors()) plans.push_back({t.name, DType::kF32, t.view.shape});
  SafetensorsWriter writer(to + "/model.safetensors", plans, {});
  for (const SafetensorsWriter::Plan& plan : writer.order()) {
    const TensorView& view = store.find(plan.name)->view;
    std::vector<float> numbers(view.elements());
    to_float(view.dtype, view.bytes, numbers);
    writer.write(plan.name, std::as_bytes(std::span(numbers)));
  }
  writer.commit();
}

TEST_P(CudaLogits, AreThoseOfTransformers) {
  const TensorStore goldens = TensorStore::open(folder() + "/golden.safetensors");
  const Folder wide;
  widen(folder(), wide.path());
  const float tolerance = 0.025F;  // of F16: products round what they read, by 2^-11 of it
  for (const bool in_16_bits : {false, true}) {
    GoldenModel model(in_16_bits ? folder() : wide.path(), cuda::make_cuda_backend(0, false));
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      const std::vector<float> logits = model.logits_of(model.prompt_of(cases_[i]));
      const float worst = worst_logit(logits, model.config().text.vocabulary, goldens, i);
      EXPECT_LE(worst, in_16_bits ? tolerance : 2e-4F) << "case " << i;
      RecordProperty(std::string(in_16_bits ? "worst_16_" : "worst_32_") + std::to_string(i),
                     std::to_string(worst));
    }
  }
}

TEST_P(CudaTokens, AreThoseOfTheProcessor) {
  std::vector<TaskResult> results[2];
  for (const bool on_device : {false, true}) {
    GoldenModel model(folder(),
                      on_device ? cuda::make_cuda_backend(0, false) : make_cpu_backend(2));
    std::vector<Task> tasks;
    for (const Json& c : cases_) {
      Task task;
      task.prompt = model.prompt_of(c);
      task.most_new = 6;
      tasks.push_back(task);
    }
    results[on_device].resize(tasks.size());
    EngineLimits limits;
    limits.chunk = 64;
    limits.cache_bytes = std::size_t{64} << 20;
    Engine(model.model(), limits).run(tasks, [&](std::size_t i, TaskResult r) {
      results[on_device][i] = std::move(r);
    });
  }
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    EXPECT_EQ(results[1][i].error, "");
    EXPECT_EQ(results[1][i].tokens, results[0][i].tokens) << "case " << i;
  }
}

constexpr auto kName = [](const auto& test) { return test.param; };

// Products of 32 bits take long on an emulated device: one of each tower and language model.
INSTANTIATE_TEST_SUITE_P(Engine, CudaLogits,
                         testing::Values("llava_clip", "llava_siglip", "llava_qwen2"), kName);
INSTANTIATE_TEST_SUITE_P(Engine, CudaTokens,
                         testing::Values("llava_clip", "llava_siglip", "llava_qwen2", "llava_next",
                                         "idefics3", "smolvlm", "vila15", "nvila_middle"),
                         kName);

}  // namespace
}  // namespace vernier::engine
