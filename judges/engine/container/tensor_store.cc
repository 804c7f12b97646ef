#include "judges/engine/container/tensor_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/container/file/safetensors_header.h"
#include "judges/engine/container/file/shard_index.h"

namespace vernier::engine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSingle = "model.safetensors";
constexpr const char* kIndex = "model.safetensors.index.json";
constexpr std::array kParts = {"llm", "mm_projector", "vision_tower"};  // in the order of names

bool is_there(const fs::path& path) {
  std::error_code ignored;  // what cannot be looked at is opened, which says why it cannot
  return fs::exists(path, ignored);
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool has_parts(const fs::path& folder) {
  return std::ranges::any_of(kParts, [&](const char* part) { return is_folder(folder / part); });
}

std::string_view text_of_file(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

}  // namespace

void TensorStore::take_all(std::span<const std::byte> bytes, const std::string& file) {
  SafetensorsHeader header = parse_safetensors(bytes, file);
  metadata_ = std::move(header.metadata);
  tensors_.reserve(header.entries.size());
  for (auto& [name, view] : header.entries) {
    tensors_.push_back({std::move(name), std::move(view), files_.size()});
  }
  files_.push_back(file);
}

TensorStore TensorStore::from_memory(std::span<const std::byte> bytes, const std::string& name) {
  TensorStore store(name);
  store.take_all(bytes, name);
  return store;
}

TensorStore TensorStore::open_file(const std::string& path) {
  TensorStore store(printable(path));
  store.mappings_.emplace_back(path);
  store.take_all(store.mappings_.back().bytes(), store.mappings_.back().name());
  return store;
}

TensorStore TensorStore::open_shards(const std::string& folder, const std::string& index_path) {
  TensorStore store(printable(folder));
  const MappedFile index_file(index_path);
  ShardIndex index = parse_shard_index(text_of_file(index_file), index_file.name());
  std::vector<SafetensorsHeader> headers;
  headers.reserve(index.files.size());
  store.mappings_.reserve(index.files.size());
  store.files_.reserve(index.files.size());
  for (const std::string& name : index.files) {
    const MappedFile& file = store.mappings_.emplace_back(fs::path(folder) / name);
    headers.push_back(parse_safetensors(file.bytes(), file.name()));
    store.files_.push_back(file.name());
  }
  if (!headers.empty()) store.metadata_ = headers.front().metadata;
  store.tensors_.reserve(index.entries.size());
  for (ShardIndex::Entry& entry : index.entries) {
    auto& entries = headers[entry.file].entries;
    const auto place =
        std::ranges::lower_bound(entries, entry.tensor, {}, &SafetensorsHeader::Entry::name);
    if (place == entries.end() || place->name != entry.tensor) {
      throw Error(ExitCode::kResource,
                  fmt::format("{}: lacks tensor {}, which {} says is in it; download the files of "
                              "one version again",
                              store.files_[entry.file], printable(entry.tensor), kIndex));
    }
    store.tensors_.push_back({std::move(entry.tensor), std::move(place->tensor), entry.file});
  }
  return store;
}

void TensorStore::take_part(TensorStore part, const std::string& name) {
  for (Tensor& tensor : part.tensors_) {
    tensors_.push_back({fmt::format("{}.{}", name, tensor.name), std::move(tensor.view),
                        files_.size() + tensor.file});
  }
  std::ranges::move(part.files_, std::back_inserter(files_));
  std::ranges::move(part.mappings_, std::back_inserter(mappings_));
  if (parts_.empty()) metadata_ = std::move(part.metadata_);
  parts_.push_back(name);
}

void TensorStore::check_parts(const std::string& folder) {
  if (!has_parts(folder)) return;
  for (const char* part : kParts) {
    if (is_folder(fs::path(folder) / part)) continue;
    throw Error(ExitCode::kResource,
                fmt::format("{}: lacks the folder {}; a model of VILA has llm, mm_projector and "
                            "vision_tower, each with its config.json and weights as safetensors",
                            printable(folder), part));
  }
}

TensorStore TensorStore::open_parts(const std::string& folder) {
  check_parts(folder);
  TensorStore store(printable(folder));
  for (const char* part : kParts) {
    store.take_part(open((fs::path(folder) / part).string()), part);
  }
  return store;
}

TensorStore TensorStore::open(const std::string& path) {
  if (!is_folder(path)) return open_file(path);
  const fs::path folder(path);
  if (is_there(folder / kIndex)) return open_shards(path, folder / kIndex);
  if (is_there(folder / kSingle)) return open_file(folder / kSingle);
  if (has_parts(folder)) return open_parts(path);
  throw Error(ExitCode::kResource,
              fmt::format("{}: holds neither {} nor {}; a checkpoint in another format "
                          "(pytorch_model.bin, .gguf) is to be saved as safetensors",
                          printable(path), kSingle, kIndex));
}

const TensorStore::Tensor* TensorStore::find(std::string_view name) const {
  const auto place = std::ranges::lower_bound(tensors_, name, {}, &Tensor::name);
  return place != tensors_.end() && place->name == name ? &*place : nullptr;
}

}  // namespace vernier::engine
