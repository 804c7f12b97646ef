#include "judges/precision/units/exchanged_unit.h"

#include <typeinfo>
#include <utility>

#include "base/error.h"

namespace vernier::logits {
namespace {

using engine::ModelWeights;

void take_attention(const engine::LanguageLayer& from, engine::LanguageLayer& to) {
  to.norm1 = from.norm1;
  to.q = from.q;
  to.k = from.k;
  to.v = from.v;
  to.o = from.o;
  to.q_bias = from.q_bias;
  to.k_bias = from.k_bias;
  to.v_bias = from.v_bias;
  to.o_bias = from.o_bias;
}

void take_mlp(const engine::LanguageLayer& from, engine::LanguageLayer& to) {
  to.norm2 = from.norm2;
  to.gate = from.gate;
  to.up = from.up;
  to.down = from.down;
  to.gate_bias = from.gate_bias;
  to.up_bias = from.up_bias;
  to.down_bias = from.down_bias;
}

void take_embeddings(const engine::VitWeights& from, engine::VitWeights& to) {
  to.patch = from.patch;
  to.patch_bias = from.patch_bias;
  to.class_token = from.class_token;
  to.positions = from.positions;
  to.pre_norm_weight = from.pre_norm_weight;
  to.pre_norm_bias = from.pre_norm_bias;
}

void take(const ModelUnit& unit, const ModelWeights& from, ModelWeights& to) {
  switch (unit.kind) {
    case UnitKind::kTowerEmbeddings:
      return take_embeddings(from.tower, to.tower);
    case UnitKind::kTowerLayer:
      to.tower.layers.at(unit.layer) = from.tower.layers.at(unit.layer);
      return;
    case UnitKind::kTowerNorm:
      to.tower.post_norm_weight = from.tower.post_norm_weight;
      to.tower.post_norm_bias = from.tower.post_norm_bias;
      return;
    case UnitKind::kProjector:
      to.projector = from.projector;
      to.newline = from.newline;
      return;
    case UnitKind::kEmbedding:
      to.language.embedding = from.language.embedding;
      return;
    case UnitKind::kAttention:
      return take_attention(from.language.layers.at(unit.layer), to.language.layers.at(unit.layer));
    case UnitKind::kMlp:
      return take_mlp(from.language.layers.at(unit.layer), to.language.layers.at(unit.layer));
    case UnitKind::kHead:
      to.language.norm = from.language.norm;
      to.language.head = from.language.head;
      return;
  }
}

bool same_kind(const engine::Backend& a, const engine::Backend& b) {
  return typeid(a) == typeid(b);
}

}  // namespace

ExchangedUnit::ExchangedUnit(chat::LocalModel& model, chat::LocalModel& other,
                             const ModelUnit& unit)
    : model_(model), own_(model.checkpoint().weights()), looks_(model.checkpoint().kept_looks()) {
  if (!same_kind(model.checkpoint().backend(), other.checkpoint().backend())) {
    throw Error(ExitCode::kInternal, "weights of another kind of backend");
  }
  ModelWeights weights = own_;
  take(unit, other.checkpoint().weights(), weights);
  model_.checkpoint().use(std::move(weights));
  if (!unit.of_language()) model_.checkpoint().keep_looks(nullptr);
  model_.forget();
}

ExchangedUnit::~ExchangedUnit() {
  model_.checkpoint().use(std::move(own_));
  model_.checkpoint().keep_looks(looks_);
  model_.forget();
}

}  // namespace vernier::logits
