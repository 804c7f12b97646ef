#include "judges/engine/quantisation/quantised_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/io/byte_sink.h"
#include "base/printable.h"
#include "judges/engine/container/file/mapped_file.h"
#include "judges/engine/container/file/safetensors_writer.h"
#include "judges/engine/container/names/quantised_weights.h"
#include "judges/engine/container/values/convert.h"
#include "judges/engine/families/profile.h"
#include "judges/engine/quantisation/folder/written_config.h"

namespace vernier::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWeight = ".weight", kHead = "lm_head.weight", kConfig = "config.json";
constexpr std::string_view kIndexEnding = ".index.json";

std::string_view without_weight(std::string_view name) {
  return name.substr(0, name.size() - kWeight.size());
}

/// What of a model's folder goes with any weights of it.
bool is_companion(const std::string& name) {
  if (name == kConfig || name.ends_with(kIndexEnding)) return false;
  if (name.starts_with("LICENSE") || name.starts_with("NOTICE")) return true;
  return std::ranges::any_of(
      std::initializer_list<const char*>{".json", ".jinja", ".txt", ".model"},
      [&](const char* ending) { return name.ends_with(ending); });
}

std::string_view text_of_file(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

void write_file(const fs::path& path, std::string_view text) {
  ByteSink sink(path.string());
  sink.write(text);
  sink.commit();
}

void copy_companions(const fs::path& source, const fs::path& target) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(source)) {
    if (entry.is_regular_file() && is_companion(entry.path().filename().string())) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  for (const fs::path& file : files) {
    write_file(target / file.filename(), text_of_file(MappedFile(file.string())));
  }
}

void copy_config(const fs::path& source, const fs::path& target) {
  write_file(target / kConfig, text_of_file(MappedFile((source / kConfig).string())));
}

void make_folder(const std::string& source, const fs::path& target) {
  std::error_code error;
  fs::create_directories(target, error);
  const auto refuse = [&](const std::string& what) {
    throw Error(ExitCode::kOutput, fmt::format("{}: {}", printable(target.string()), what));
  };
  if (error) refuse(error.message());
  if (fs::equivalent(source, target, error)) {
    refuse("is the folder of the weights that are to be quantised; choose another one");
  }
  for (const auto& entry : fs::directory_iterator(target, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(kIndexEnding)) continue;
    refuse(fmt::format("holds {}, of another model; choose an empty folder", printable(name)));
  }
}

}  // namespace

std::vector<std::string> quantisable(const ModelTensors& tensors,
                                     const QuantisationFormat& format) {
  std::vector<std::string> names;
  for (const ModelTensors::Tensor& tensor : tensors.tensors()) {
    if (!may_be_quantised(tensor.name) || tensor.name == kHead) continue;
    const Shape& shape = tensor.stored->view.shape;
    if (!misfit(format, shape[0], shape[1])) names.push_back(tensor.name);
  }
  return names;
}

QuantisedFolder::QuantisedFolder(const ModelTensors& tensors, const ModelConfig& config,
                                 std::string source, QuantisationFormat format)
    : tensors_(tensors), family_(config.family), source_(std::move(source)), format_(format) {
  if (!tensors.quantisation()) return;
  throw Error(ExitCode::kResource,
              fmt::format("{}: is quantised already ({}); take the model in 16 or 32 bits",
                          printable(source_), text_of(*tensors.quantisation())));
}

const ModelTensors::Tensor& QuantisedFolder::tensor_of(std::string_view canonical) const {
  const ModelTensors::Tensor* const tensor = find_tensor(tensors_.tensors(), canonical);
  if (tensor != nullptr) return *tensor;
  throw Error(ExitCode::kInternal,
              fmt::format("writing quantised weights: no tensor {}", printable(canonical)));
}

void QuantisedFolder::put(std::string_view canonical, const QuantisedMatrix& weights) {
  const ModelTensors::Tensor& tensor = tensor_of(canonical);
  if (!may_be_quantised(canonical) ||
      tensor.stored->view.shape != Shape{weights.rows, weights.columns}) {
    throw Error(ExitCode::kInternal,
                fmt::format("writing quantised weights: {} cannot be a matrix [{}, {}] in few bits",
                            printable(canonical), weights.rows, weights.columns));
  }
  std::vector<PackedTensor> parts = pack(format_, weights);
  const float middle = static_cast<float>(1U << (format_.bits - 1));
  for (std::size_t n = 0; n < weights.scales.size() && symmetric_; ++n) {
    symmetric_ = weights.offsets[n] == -middle * weights.scales[n];
  }
  const std::string_view stem = without_weight(tensor.stored->name);
  for (PackedTensor& part : parts) part.name = fmt::format("{}.{}", stem, part.name);
  if (instead_.insert_or_assign(tensor.stored->name, std::move(parts)).second) {
    put_.push_back(tensor.name);
  }
}

void QuantisedFolder::replace(std::string_view canonical, std::span<const float> values) {
  const TensorStore::Tensor& stored = *tensor_of(canonical).stored;
  const DType type = stored.view.dtype == DType::kF64 ? DType::kF32 : stored.view.dtype;
  PackedTensor tensor{stored.name, type, stored.view.shape, {}};
  tensor.bytes.resize(stored.view.elements() * size_of(type));
  from_float(values, type, tensor.bytes);
  instead_[stored.name].clear();
  instead_[stored.name].push_back(std::move(tensor));
}

void QuantisedFolder::write_tensors(const std::string& path, const std::string& prefix,
                                    std::string_view made_by) const {
  std::vector<SafetensorsWriter::Plan> plans;
  std::map<std::string, std::span<const std::byte>, std::less<>> bytes;
  const auto add = [&](std::string_view name, DType dtype, const Shape& shape,
                       std::span<const std::byte> values) {
    std::string own(name.substr(prefix.size()));
    plans.push_back({own, dtype, shape});
    bytes.emplace(std::move(own), values);
  };
  for (const TensorStore::Tensor& stored : tensors_.store().tensors()) {
    if (!stored.name.starts_with(prefix)) continue;
    const auto place = instead_.find(stored.name);
    if (place == instead_.end()) {
      add(stored.name, stored.view.dtype, stored.view.shape, stored.view.bytes);
      continue;
    }
    for (const PackedTensor& part : place->second) {
      add(part.name, part.dtype, part.shape, part.bytes);
    }
  }
  SafetensorsWriter writer(path, std::move(plans),
                           {{"format", "pt"}, {"made_by", std::string(made_by)}});
  for (const SafetensorsWriter::Plan& plan : writer.order()) {
    writer.write(plan.name, bytes.at(plan.name));
  }
  writer.commit();
}

std::string QuantisedFolder::config_text(const std::string& source) const {
  WrittenQuantisation written{format_, family_, {}, false, symmetric_};
  for (const ModelTensors::Tensor& tensor : tensors_.tensors()) {
    if (!may_be_quantised(tensor.name)) continue;
    const bool in_few_bits = std::ranges::find(put_, tensor.name) != put_.end();
    if (tensor.name == kHead) {
      written.head = in_few_bits;
    } else if (!in_few_bits) {
      constexpr std::string_view kModel = "llm.";
      written.plain.emplace_back(without_weight(tensor.name).substr(kModel.size()));
    }
  }
  const MappedFile config((fs::path(source) / kConfig).string());
  return with_quantisation(text_of_file(config), written);
}

void QuantisedFolder::write_part(const std::string& part, const fs::path& folder,
                                 std::string_view made_by) const {
  const fs::path source = part.empty() ? fs::path(source_) : fs::path(source_) / part;
  const fs::path target = part.empty() ? folder : folder / part;
  make_folder(source.string(), target);
  write_tensors((target / "model.safetensors").string(), part.empty() ? "" : part + ".", made_by);
  copy_companions(source, target);
  if (part == profile_of(family_).text_folder) {
    write_file(target / kConfig, config_text(source.string()));
  } else {
    copy_config(source, target);
  }
}

void QuantisedFolder::write(const std::string& folder, std::string_view made_by) const {
  const std::vector<std::string>& parts = tensors_.store().parts();
  if (parts.empty()) return write_part("", folder, made_by);
  make_folder(source_, folder);
  for (const std::string& part : parts) write_part(part, folder, made_by);
  copy_companions(source_, folder);
  copy_config(source_, folder);
}

}  // namespace vernier::engine
