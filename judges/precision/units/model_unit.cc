#include "judges/precision/units/model_unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "judges/precision/units/same_shape.h"

namespace vernier::logits {
namespace {

using engine::CheckpointModel;
using engine::ModelTensors;
using engine::TensorView;

/// How the canonical names of a unit's tensors begin (canonical_name.h).
std::vector<std::string> prefixes(const ModelUnit& unit) {
  const std::uint32_t n = unit.layer;
  switch (unit.kind) {
    case UnitKind::kTowerEmbeddings:
      return {"vit.embeddings.", "vit.pre_layrnorm."};
    case UnitKind::kTowerLayer:
      return {fmt::format("vit.encoder.layers.{}.", n)};
    case UnitKind::kTowerNorm:
      return {"vit.post_layernorm."};
    case UnitKind::kProjector:
      return {"proj.", "image_newline"};
    case UnitKind::kEmbedding:
      return {"llm.embed_tokens."};
    case UnitKind::kAttention:
      return {fmt::format("llm.layers.{}.input_layernorm.", n),
              fmt::format("llm.layers.{}.self_attn.", n)};
    case UnitKind::kMlp:
      return {fmt::format("llm.layers.{}.post_attention_layernorm.", n),
              fmt::format("llm.layers.{}.mlp.", n)};
    case UnitKind::kHead:
      return {"llm.norm.", "lm_head."};
  }
  return {};
}

/// A tensor by the rest of its name.
using NamedView = std::pair<std::string_view, const TensorView*>;

void add(const ModelTensors& tensors, std::string_view prefix, std::vector<NamedView>& out) {
  for (const ModelTensors::Tensor& tensor : tensors.tensors()) {
    if (!tensor.name.starts_with(prefix)) continue;
    out.emplace_back(std::string_view(tensor.name).substr(prefix.size()), &tensor.stored->view);
  }
}

std::vector<NamedView> tensors_of(const CheckpointModel& model, const ModelUnit& unit) {
  std::vector<NamedView> out;
  std::size_t before = 0;
  for (const std::string& prefix : prefixes(unit)) {
    before = out.size();
    add(model.tensors(), prefix, out);
  }
  // A tied head has no tensors of its own.
  if (unit.kind == UnitKind::kHead && out.size() == before) {
    add(model.tensors(), "llm.embed_tokens.", out);
  }
  return out;
}

bool equal(const NamedView& a, const NamedView& b) {
  const TensorView &x = *a.second, &y = *b.second;
  return a.first == b.first && x.dtype == y.dtype && x.shape == y.shape &&
         std::ranges::equal(x.bytes, y.bytes);
}

/// How weights in few bits are stored: the same bytes mean other weights in another format.
std::string format_of(const CheckpointModel& model, const std::vector<NamedView>& tensors) {
  const auto& format = model.tensors().quantisation();
  const bool in_few_bits = std::ranges::any_of(
      tensors, [](const NamedView& tensor) { return tensor.first.ends_with("qweight"); });
  return format && in_few_bits ? text_of(*format) : "";
}

bool differs(const CheckpointModel& a, const CheckpointModel& b, const ModelUnit& unit) {
  const std::vector<NamedView> of_a = tensors_of(a, unit), of_b = tensors_of(b, unit);
  return !std::ranges::equal(of_a, of_b, equal) || format_of(a, of_a) != format_of(b, of_b);
}

}  // namespace

std::string name_of(const ModelUnit& unit) {
  switch (unit.kind) {
    case UnitKind::kTowerEmbeddings:
      return "vision embeddings";
    case UnitKind::kTowerLayer:
      return fmt::format("vision layer {}", unit.layer);
    case UnitKind::kTowerNorm:
      return "vision last norm";
    case UnitKind::kProjector:
      return "projector";
    case UnitKind::kEmbedding:
      return "language embedding";
    case UnitKind::kAttention:
      return fmt::format("language layer {}, attention", unit.layer);
    case UnitKind::kMlp:
      return fmt::format("language layer {}, mlp", unit.layer);
    case UnitKind::kHead:
      return "language last norm and head";
  }
  return {};
}

std::vector<ModelUnit> units_of(const engine::ModelConfig& config) {
  std::vector<ModelUnit> units = {{UnitKind::kTowerEmbeddings, 0}};
  for (std::uint32_t n = 0; n < config.layers_run(); ++n) {
    units.push_back({UnitKind::kTowerLayer, n});
  }
  if (config.last_norm) units.push_back({UnitKind::kTowerNorm, 0});
  units.push_back({UnitKind::kProjector, 0});
  units.push_back({UnitKind::kEmbedding, 0});
  for (std::uint32_t n = 0; n < config.text.layers; ++n) {
    units.push_back({UnitKind::kAttention, n});
    units.push_back({UnitKind::kMlp, n});
  }
  units.push_back({UnitKind::kHead, 0});
  return units;
}

std::vector<ModelUnit> differing_units(const CheckpointModel& a, const CheckpointModel& b) {
  check_same_shape(a.config(), b.config());
  std::vector<ModelUnit> units = units_of(a.config());
  std::erase_if(units, [&](const ModelUnit& unit) { return !differs(a, b, unit); });
  return units;
}

}  // namespace vernier::logits
