// The tokenisers of sacreBLEU 2.6 for BLEU: 13a (mteval-v13a), intl (mteval-v14), char, zh, none.
#pragma once

#include <memory>

#include "metrics/text/tokenizer.h"

namespace vernier::text {

enum class SacrebleuTokenizer { k13a, kIntl, kChar, kZh, kNone };

/// `lowercase` lower-cases the text before it is split, as sacreBLEU's --lowercase does.
std::unique_ptr<Tokenizer> make_sacrebleu_tokenizer(SacrebleuTokenizer kind, bool lowercase);

}  // namespace vernier::text
