// The model that is shipped against transformers in 16 bits
// (tests/oracles/default_model_halves.py): the bounds of the comparison of precisions. The engine
// reads the same weights and computes in fp32; what is left is the rounding of transformers' own
// sums.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "judges/engine/container/file/safetensors_writer.h"
#include "judges/engine/container/values/convert.h"
#include "judges/engine/serve/engine.h"
#include "tests/judges/engine/default_model.h"
#include "tests/support/command.h"

namespace vernier::engine {
namespace {

using Json = nlohmann::json;

/// The folder with its weights rounded to bf16.
std::string in_bf16(const tests::TemporaryFolder& folder) {
  const std::string from = test::default_model_folder();
  std::string to = folder.path("bf16").string();
  std::filesystem::copy(from, to);
  std::filesystem::remove(to + "/model.safetensors");
  const TensorStore store = TensorStore::open(from);
  std::vector<SafetensorsWriter::Plan> plans;
  for (const auto& tensor : store.tensors()) {
    plans.push_back({tensor.name, DType::kBf16, tensor.view.shape});
  }
  SafetensorsWriter writer(to + "/model.safetensors", plans, {{"format", "pt"}});
  for (const auto& plan : writer.order()) {
    const TensorView& view = store.find(plan.name)->view;
    std::vector<float> values(view.elements());
    to_float(view.dtype, view.bytes, values);
    std::vector<std::byte> rounded(2 * values.size());
    from_float(values, DType::kBf16, rounded);
    writer.write(plan.name, rounded);
  }
  writer.commit();
  return to;
}

struct Difference {
  double mean_kl = 0;
  std::size_t places = 0, same_best = 0;
  double widest_gap = 0;  ///< of transformers' two best, where the best differs
};

Difference compare(const std::string& folder, const std::string& precision) {
  test::DefaultModel model(folder);
  std::ifstream file(std::string(VERNIER_SOURCE) + "/tests/judges/engine/default_model.json");
  const Json items = Json::parse(file);
  const TensorStore golden = TensorStore::open(
      std::string(VERNIER_SOURCE) + "/tests/judges/engine/default_model_halves.safetensors");
  const TensorView& prompts = golden.find("prompts")->view;
  std::vector<std::int32_t> numbers(prompts.elements());
  std::memcpy(numbers.data(), prompts.bytes.data(), prompts.bytes.size());
  std::vector<std::uint32_t> all(model.config().text.vocabulary);
  std::iota(all.begin(), all.end(), 0U);
  // One task a place: the tokens before it, and the whole vocabulary as choices.
  std::vector<Task> tasks;
  for (const std::int32_t number : numbers) {
    const Json& item = items.at(static_cast<std::size_t>(number));
    const auto tokens = item["tokens"].get<std::vector<std::uint32_t>>();
    const Prompt prompt = model.prompt_of(item);
    for (std::size_t t = 0; t < tokens.size(); ++t) {
      Task& task = tasks.emplace_back();
      task.prompt = prompt;
      task.forced.assign(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(t));
      task.choices = all;
    }
  }
  const TensorView& wanted = golden.find(precision)->view;
  EXPECT_EQ(wanted.shape, (Shape{tasks.size(), all.size()}));
  std::vector<float> theirs(wanted.elements());
  std::memcpy(theirs.data(), wanted.bytes.data(), wanted.bytes.size());
  Difference out;
  out.places = tasks.size();
  Engine(model.model(), {}).run(tasks, [&](std::size_t i, const TaskResult& result) {
    const std::span<const float> p(&theirs[i * all.size()], all.size());
    for (std::size_t v = 0; v < p.size(); ++v) {
      out.mean_kl += std::exp(double{p[v]}) * (double{p[v]} - double{result.choices[v]});
    }
    const auto best = std::ranges::max_element(p);
    const auto mine = std::ranges::max_element(result.choices) - result.choices.begin();
    if (best - p.begin() == mine) {
      ++out.same_best;
    } else {
      out.widest_gap = std::max(out.widest_gap, double{*best - p[static_cast<std::size_t>(mine)]});
    }
  });
  out.mean_kl /= static_cast<double>(out.places);
  return out;
}

void expect_bounds(const Difference& difference, double most_kl) {
  EXPECT_GT(difference.places, 200U);
  EXPECT_LE(difference.mean_kl, most_kl);
  EXPECT_GT(difference.mean_kl, 0) << "rounding leaves traces";
  EXPECT_GE(static_cast<double>(difference.same_best),
            0.995 * static_cast<double>(difference.places));
  EXPECT_LT(difference.widest_gap, 0.02) << "nats: a tie that rounding may decide";
}

TEST(DefaultModelHalves, Fp16IsWithinTheBounds) {
  expect_bounds(compare(test::default_model_folder(), "F16"), 1e-4);
}

TEST(DefaultModelHalves, Bf16IsWithinTheBounds) {
  const tests::TemporaryFolder folder;
  // Transformers computes in bf16, too, and is 2.6e-4 from its own fp32 by that.
  expect_bounds(compare(in_bf16(folder), "BF16"), 4e-4);
}

}  // namespace
}  // namespace vernier::engine
