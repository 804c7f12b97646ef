// Kinds of words by their tags.
#pragma once

#include "metrics/spice/syntax/label.h"

namespace vernier::spice {

inline bool is_noun(Label tag) {
  return tag == Label::kNn || tag == Label::kNns || tag == Label::kNnp || tag == Label::kNnps;
}
inline bool is_plural_noun(Label tag) { return tag == Label::kNns || tag == Label::kNnps; }
inline bool is_singular_noun(Label tag) { return tag == Label::kNn || tag == Label::kNnp; }
inline bool is_verb(Label tag) { return tag >= Label::kVb && tag <= Label::kVbz; }
inline bool is_adjective(Label tag) { return tag >= Label::kJj && tag <= Label::kJjs; }
inline bool is_pronoun(Label tag) { return tag == Label::kPrp || tag == Label::kPrpDollar; }

}  // namespace vernier::spice
