// The checkpoints in few bits of tests/oracles/quantised_models.py.
#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "judges/engine/config/model_config.h"
#include "judges/engine/container/names/model_tensors.h"
#include "tests/judges/engine/container/checkpoint.h"
#include "tests/judges/engine/container/folder.h"

namespace vernier::engine {

/// One of them as a folder: its tensors and its config may be changed before it is written.
class QuantisedGolden {
 public:
  using Json = nlohmann::json;

  QuantisedGolden(const std::string& model, const std::string& layout) : from_(place() / model) {
    cases = Json::parse(read_file(from_ / "cases.json"));
    about = cases["layouts"][layout];
    config = Json::parse(read_file(from_ / "config.json"));
    config["quantization_config"] = about["quantization_config"];
    checkpoint.add_all(from_ / (layout + ".safetensors"));
    Checkpoint plain;
    plain.add_all(from_ / "plain.safetensors");
    if (checkpoint.has("lm_head.qweight")) plain.erase("lm_head.weight");
    for (Checkpoint::Tensor& tensor : plain.tensors()) checkpoint.add(std::move(tensor));
  }

  /// Writes all there is; returns the folder.
  std::string write() const {
    namespace fs = std::filesystem;
    for (const char* name : {"processor_config.json", "generation_config.json"}) {
      fs::copy_file(from_ / name, folder.file(name), fs::copy_options::overwrite_existing);
    }
    fs::copy_file(place() / "../models/llava_clip/tokenizer.json", folder.file("tokenizer.json"),
                  fs::copy_options::overwrite_existing);
    folder.write("config.json", config.dump(2));
    checkpoint.write(folder.path());
    return folder.path();
  }

  /// What transformers computes.
  TensorStore goldens() const {
    return TensorStore::open(from_ / (about["weights"].get<std::string>() + ".golden.safetensors"));
  }

  Folder folder;
  Json cases, about, config;
  Checkpoint checkpoint;

 private:
  static std::filesystem::path place() {
    return std::filesystem::path(VERNIER_SOURCE) / "tests/judges/engine/quantised";
  }

  std::filesystem::path from_;
};

/// A written folder's tensors, opened.
struct OpenedFolder {
  explicit OpenedFolder(const std::string& folder, UnknownTensors unknown = UnknownTensors::kRefuse)
      : config(load_model_config(folder)),
        store(TensorStore::open(folder)),
        tensors(store, config, unknown) {}

  ModelConfig config;
  TensorStore store;
  ModelTensors tensors;
};

/// The canonical names of all weights that are in few bits.
inline std::vector<std::string> quantised_names(const ModelTensors& tensors) {
  std::vector<std::string> names;
  constexpr std::string_view kEnding = ".qweight";
  for (const ModelTensors::Tensor& tensor : tensors.tensors()) {
    if (!tensor.name.ends_with(kEnding)) continue;
    names.push_back(tensor.name.substr(0, tensor.name.size() - kEnding.size()) + ".weight");
  }
  return names;
}

}  // namespace vernier::engine
