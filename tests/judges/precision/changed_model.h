// The model that comes with vernier beside copies of it with changes that tests know.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "judges/chat/local/local_model.h"
#include "judges/engine/container/file/safetensors_writer.h"
#include "judges/engine/container/tensor_store.h"
#include "judges/engine/container/values/convert.h"
#include "tests/support/command.h"
#include "tests/support/drawn_picture.h"

namespace vernier::tests {

inline std::string default_folder() {
  return std::string(VERNIER_SOURCE) + "/judges/model/default";
}

/// Given a tensor's name in the file.
using WeightChange = std::function<void(const std::string& name, std::vector<float>& values)>;

/// A copy of a model's folder with other weights, all of one type.
inline std::string changed_copy(const std::string& from, const std::string& to,
                                const WeightChange& change,
                                engine::DType type = engine::DType::kF16) {
  std::filesystem::copy(from, to);
  std::filesystem::remove(to + "/model.safetensors");
  const engine::TensorStore store = engine::TensorStore::open(from);
  std::vector<engine::SafetensorsWriter::Plan> plans;
  for (const auto& tensor : store.tensors()) {
    plans.push_back({tensor.name, type, tensor.view.shape});
  }
  engine::SafetensorsWriter writer(to + "/model.safetensors", plans, {{"format", "pt"}});
  for (const auto& plan : writer.order()) {
    const engine::TensorView& view = store.find(plan.name)->view;
    std::vector<float> values(view.elements());
    engine::to_float(view.dtype, view.bytes, values);
    change(plan.name, values);
    std::vector<std::byte> bytes(engine::size_of(type) * values.size());
    engine::from_float(values, type, bytes);
    writer.write(plan.name, bytes);
  }
  writer.commit();
  return to;
}

/// All numbers of the tensor with this name times a factor.
inline WeightChange times(std::string name, float factor) {
  return [name = std::move(name), factor](const std::string& tensor, std::vector<float>& values) {
    if (tensor != name) return;
    for (float& value : values) value *= factor;
  };
}

inline std::string language_layer(int number, const std::string& rest) {
  return "language_model.model.layers." + std::to_string(number) + "." + rest;
}

inline std::unique_ptr<chat::LocalModel> local_model(const std::string& folder,
                                                     unsigned threads = 2,
                                                     const std::string& chat_template = "") {
  return std::make_unique<chat::LocalModel>(
      chat::LocalOptions{folder, chat_template, threads, {.cache_bytes = std::size_t{1} << 26}});
}

inline chat::ChatRequest described(std::uint64_t scene) {
  chat::ChatRequest request;
  request.pictures = {drawn_picture(scene)};
  request.messages = {{engine::ChatRole::kUser, {{true, ""}, {false, "Describe the image."}}}};
  return request;
}

/// Questions about scenes, with answers of some lengths that are more or less right.
inline std::vector<chat::ChatRequest> captioned(std::size_t count) {
  const std::vector<std::string> captions = {
      "A large red circle.",
      "A small blue square is to the left of a green triangle.",
      "Two circles and a star on a grey ground.",
      "A sausage.",
      "",
      "There is a yellow ring above a large purple cross, and a small white square below it."};
  std::vector<chat::ChatRequest> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(described(i / 2));
    out.back().forced = captions[i % captions.size()];
  }
  return out;
}

}  // namespace vernier::tests
