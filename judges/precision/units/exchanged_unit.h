// A model that computes one of its units with the weights of another model.
#pragma once

#include "judges/chat/local/local_model.h"
#include "judges/precision/units/model_unit.h"

namespace vernier::logits {

/// While it lives, `model` has the weights of `other` in `unit`; both must outlive it, and have
/// the same shapes. Weights are not copied. What the model remembers of prompts is forgotten at
/// both ends; what it keeps of pictures (CheckpointModel::keep_looks) is put aside meanwhile where
/// the unit sees them.
class ExchangedUnit {
 public:
  ExchangedUnit(chat::LocalModel& model, chat::LocalModel& other, const ModelUnit& unit);
  ~ExchangedUnit();
  ExchangedUnit(const ExchangedUnit&) = delete;
  ExchangedUnit& operator=(const ExchangedUnit&) = delete;

 private:
  chat::LocalModel& model_;
  engine::ModelWeights own_;
  engine::KeptLooks* looks_;
};

}  // namespace vernier::logits
