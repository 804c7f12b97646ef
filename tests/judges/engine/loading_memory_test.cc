// Loading a model takes the file's size of memory and 5 %: weights stay where they are mapped.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "judges/chat/local/local_model.h"
#include "judges/engine/container/file/safetensors_writer.h"
#include "judges/engine/container/tensor_store.h"
#include "tests/judges/engine/default_model.h"
#include "tests/support/command.h"
#include "tests/support/sanitized.h"

namespace vernier::engine {
namespace {

constexpr std::uint64_t kRows = 400'000;

/// The model that is shipped with an embedding of 400,000 rows: 104 MB.
std::string large_model(const tests::TemporaryFolder& folder) {
  const std::string from = test::default_model_folder();
  std::string to = folder.path("large").string();
  std::filesystem::copy(from, to);
  std::filesystem::remove(to + "/model.safetensors");
  std::ifstream file(from + "/config.json");
  auto config = nlohmann::json::parse(file);
  config["text_config"]["vocab_size"] = kRows;
  std::ofstream(to + "/config.json") << config.dump();

  const TensorStore store = TensorStore::open(from);
  std::vector<SafetensorsWriter::Plan> plans;
  for (const auto& tensor : store.tensors()) {
    plans.push_back({tensor.name, tensor.view.dtype, tensor.view.shape});
    if (tensor.name.ends_with("embed_tokens.weight")) plans.back().shape[0] = kRows;
  }
  SafetensorsWriter writer(to + "/model.safetensors", plans, {{"format", "pt"}});
  for (const auto& plan : writer.order()) {
    const auto bytes = store.find(plan.name)->view.bytes;
    std::vector<std::byte> all(bytes.begin(), bytes.end());
    if (plan.name.ends_with("embed_tokens.weight")) {
      all.resize(kRows * plan.shape[1] * size_of(plan.dtype));
    }
    writer.write(plan.name, all);
  }
  writer.commit();
  return to;
}

/// A line of /proc/self/status, in bytes.
std::uint64_t status_of(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key + ":"))
      return std::strtoull(line.c_str() + key.size() + 1, nullptr, 10) << 10;
  }
  return 0;
}

TEST(LoadingMemory, IsThatOfTheFileAndFivePercent) {
#ifdef VERNIER_SANITIZED
  GTEST_SKIP() << "sanitizers take memory of their own";
#endif
  const tests::TemporaryFolder folder;
  const std::string model_folder = large_model(folder);
  const std::uint64_t file = std::filesystem::file_size(model_folder + "/model.safetensors");
  ASSERT_GT(file, 100'000'000U);
  const auto load = [](const std::string& from) {
    return chat::LocalModel(
        {.folder = from, .chat_template = "", .threads = 2, .limits = {.cache_bytes = 1 << 20}});
  };
  { const auto small = load(test::default_model_folder()); }  // what any model needs: code, threads
  // The peak is forgotten, so that it is that of what follows.
  std::ofstream("/proc/self/clear_refs") << "5";
  const std::uint64_t before = status_of("VmRSS");
  const auto large = load(model_folder);
  const std::uint64_t peak = status_of("VmHWM");
  ASSERT_GT(peak, before);
  const auto ratio = static_cast<double>(peak - before) / static_cast<double>(file);
  RecordProperty("ratio", std::to_string(ratio));
  EXPECT_GT(ratio, 0.9) << "all weights were read, for their digest";
  EXPECT_LE(ratio, 1.05);
}

}  // namespace
}  // namespace vernier::engine
