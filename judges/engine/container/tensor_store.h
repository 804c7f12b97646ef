// The tensors of a checkpoint by name, as they lie on disk.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "judges/engine/container/file/mapped_file.h"
#include "judges/engine/container/tensor_view.h"

namespace vernier::engine {

/// Opening reads headers only. Views stay valid as long as the store, or the one it is moved to.
/// Any number of threads may read.
class TensorStore {
 public:
  struct Tensor {
    std::string name;
    TensorView view;
    std::size_t file;  ///< into files()
  };

  /// A .safetensors file, or a folder with model.safetensors.index.json and its shards, else with
  /// model.safetensors, else with the folders llm, mm_projector and vision_tower (VILA), which have
  /// one or the other: names begin with the folder's and a dot then. Tensors that an index does not
  /// mention are left out. Throws Error(kResource) for what is missing or not a checkpoint
  /// (safetensors_header.h, shard_index.h), naming the tensor that a shard lacks.
  static TensorStore open(const std::string& path);

  /// Throws Error(kResource), as open() does, where some of a VILA folder's folders are there and
  /// others are not.
  static void check_parts(const std::string& folder);

  /// A .safetensors file in memory that outlives the store; `name` names it in messages.
  static TensorStore from_memory(std::span<const std::byte> bytes, const std::string& name);

  /// Null where there is no such tensor.
  const Tensor* find(std::string_view name) const;

  /// By name.
  const std::vector<Tensor>& tensors() const { return tensors_; }

  /// The folders that it is made of; none: it is one.
  const std::vector<std::string>& parts() const { return parts_; }

  /// `__metadata__` of the first file.
  const std::vector<std::pair<std::string, std::string>>& metadata() const { return metadata_; }

  /// Names for messages; the folder is named for what no single file is to blame for.
  const std::string& file_of(const Tensor& tensor) const { return files_[tensor.file]; }
  const std::string& name() const { return name_; }

 private:
  explicit TensorStore(std::string name) : name_(std::move(name)) {}
  static TensorStore open_file(const std::string& path);
  static TensorStore open_shards(const std::string& folder, const std::string& index);
  static TensorStore open_parts(const std::string& folder);
  void take_part(TensorStore part, const std::string& name);
  void take_all(std::span<const std::byte> bytes, const std::string& file);

  std::string name_;
  std::vector<MappedFile> mappings_;
  std::vector<std::string> files_;
  std::vector<std::string> parts_;
  std::vector<Tensor> tensors_;
  std::vector<std::pair<std::string, std::string>> metadata_;
};

}  // namespace vernier::engine
