// The tokeniser of the TER tool tercom (Snover et al. 2006) as sacreBLEU 2.6 has it.
#pragma once

#include <memory>

#include "metrics/text/tokenizer.h"

namespace vernier::text {

struct TercomOptions {
  bool normalized = false;     ///< mteval's Western rules, "'s" split off
  bool no_punct = false;       ///< . , ? : ; ! " ( ) are deleted
  bool asian_support = false;  ///< normalized: CJK characters are tokens; no_punct: their marks too
  bool case_sensitive = false;
};

std::unique_ptr<Tokenizer> make_tercom_tokenizer(TercomOptions options);

/// How sacreBLEU's TER splits references: it normalises them twice, so that "Ann's." ends in the
/// tokens "'s" and "." while a candidate's stays "Ann's" and ".".
std::unique_ptr<Tokenizer> make_tercom_reference_tokenizer(TercomOptions options);

}  // namespace vernier::text
