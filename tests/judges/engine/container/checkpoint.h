// A checkpoint in memory that a test changes before it is written.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/container/file/safetensors_writer.h"
#include "judges/engine/container/tensor_store.h"

namespace vernier::engine {

class Checkpoint {
 public:
  struct Tensor {
    std::string name;
    DType dtype = DType::kF32;
    Shape shape;
    std::vector<std::byte> bytes;
  };

  /// Adds all tensors of a file or a folder.
  void add_all(const std::string& path) {
    const TensorStore store = TensorStore::open(path);
    for (const auto& [name, view, file] : store.tensors()) {
      add({name, view.dtype, view.shape, {view.bytes.begin(), view.bytes.end()}});
    }
  }
  void add(Tensor tensor) { tensors_.push_back(std::move(tensor)); }

  bool has(std::string_view name) const {
    return std::ranges::find(tensors_, name, &Tensor::name) != tensors_.end();
  }
  Tensor& at(std::string_view name) {
    const auto place = std::ranges::find(tensors_, name, &Tensor::name);
    if (place == tensors_.end()) throw std::out_of_range(std::string(name));
    return *place;
  }
  std::size_t erase(std::string_view name) {
    return std::erase_if(tensors_, [&](const Tensor& tensor) { return tensor.name == name; });
  }

  std::vector<Tensor>& tensors() { return tensors_; }
  const std::vector<Tensor>& tensors() const { return tensors_; }

  /// As FOLDER/model.safetensors.
  void write(const std::string& folder) const {
    std::vector<SafetensorsWriter::Plan> plans;
    for (const Tensor& t : tensors_) plans.push_back({t.name, t.dtype, t.shape});
    SafetensorsWriter writer(folder + "/model.safetensors", plans, {});
    for (const auto& plan : writer.order()) {
      writer.write(plan.name, std::ranges::find(tensors_, plan.name, &Tensor::name)->bytes);
    }
    writer.commit();
  }

 private:
  std::vector<Tensor> tensors_;
};

}  // namespace vernier::engine
