// May two models be compared logit by logit?
#pragma once

#include "judges/chat/local/local_model.h"

namespace vernier::logits {

/// Throws Error(kIncomplete), with the first difference, unless a token id means the same to both
/// (every id's text, which tokens are special, the number of logits, the tokens that end an answer)
/// and both write conversations with the same template.
void check_comparable(const chat::LocalModel& a, const chat::LocalModel& b);

}  // namespace vernier::logits
