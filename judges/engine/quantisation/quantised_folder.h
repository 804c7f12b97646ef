// Writes a model's folder anew with some of its weights in few bits, as transformers and vLLM read
// it.
//
//   const ModelTensors tensors(store, config, UnknownTensors::kReport);  // the source
//   QuantisedFolder folder(tensors, config, source_path, {QuantisationLayout::kAwqGemm, 4, 128});
//   for (const std::string& name : quantisable(tensors, folder.format())) {
//     folder.put(name, quantise(tensors.at(name)));  // in any order; packed at once
//   }
//   folder.replace("llm.layers.0.input_layernorm.weight", values);  // what AWQ's scales changed
//   folder.write(target_path, "vernier 0.3");
//
// What was neither put nor replaced is copied as it is.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/container/names/model_tensors.h"
#include "judges/engine/quantisation/layouts/layout.h"
#include "judges/engine/quantisation/quantisation_format.h"
#include "judges/engine/quantisation/quantised_matrix.h"

namespace vernier::engine {

/// The canonical names ("llm.layers.0.self_attn.q_proj.weight", ...) of the weights that the format
/// can hold: matrices of the language model's layers, whose extents fit.
std::vector<std::string> quantisable(const ModelTensors& tensors, const QuantisationFormat& format);

class QuantisedFolder {
 public:
  /// `source` is the folder of the tensors, which must outlive the object. Throws Error(kResource)
  /// where it is quantised already.
  QuantisedFolder(const ModelTensors& tensors, const ModelConfig& config, std::string source,
                  QuantisationFormat format);

  const QuantisationFormat& format() const { return format_; }

  /// Puts weights in few bits into the place of one of quantisable() or of "lm_head.weight", by
  /// canonical name. They are kept packed until write(). Scales must be numbers of 16 bits (F16),
  /// offsets what the layout holds: -scale * z of a whole z from 0 to 2^bits - 1 (llm-awq: numbers
  /// of 16 bits). Others, and other shapes, bits and groups than the format's, are a bug:
  /// Error(kInternal).
  void put(std::string_view canonical, const QuantisedMatrix& weights);

  /// Other values for a tensor, rounded to its type (of 64 bits: to 32).
  void replace(std::string_view canonical, std::span<const float> values);

  /// Writes model.safetensors, copies of the tokenizer's, the processor's and the like, and
  /// config.json with `quantization_config`, last: a folder that was interrupted has none. A source
  /// of several folders becomes several again (TensorStore::parts). Makes the folder; that it is
  /// empty is the caller's matter. `made_by` goes into the file's metadata. Throws Error(kOutput)
  /// where it cannot be written, where it is the source's, and where there is an index of shards,
  /// which would be taken for the new file's.
  void write(const std::string& folder, std::string_view made_by) const;

 private:
  const ModelTensors::Tensor& tensor_of(std::string_view canonical) const;
  void write_part(const std::string& part, const std::filesystem::path& folder,
                  std::string_view made_by) const;
  /// Those whose names begin with `prefix`, without it.
  void write_tensors(const std::string& path, const std::string& prefix,
                     std::string_view made_by) const;
  std::string config_text(const std::string& source) const;

  const ModelTensors& tensors_;
  Family family_;
  std::string source_;
  QuantisationFormat format_;
  bool symmetric_ = true;  // so far
  /// By the checkpoint's names: what stands in the place of a tensor.
  std::map<std::string, std::vector<PackedTensor>, std::less<>> instead_;
  std::vector<std::string> put_;  // canonical
};

}  // namespace vernier::engine
