// The Western tokenisation of NIST's mteval-v13a script, which sacreBLEU's tokenisers 13a, zh and
// tercom have in common.
#pragma once

#include <string>
#include <string_view>

#include "metrics/text/token_list.h"

namespace vernier::text {

/// What the callers add to the common rules.
struct MtevalRules {
  bool padded = true;       ///< a blank before and after the text (".5" at its begin is split)
  bool chinese = false;     ///< every character of sacreBLEU's Chinese ranges is a token
  bool possessive = false;  ///< "'s" before a blank or a symbol is a token
};

/// Appends the tokens of one text. Symbols stand alone; "." and "," stay in a word only between
/// digits or where the overlap rule of the original patterns leaves them; "-" is split off after a
/// digit. White space is Python's.
void tokenize_mteval(std::string_view text, MtevalRules rules, TokenList& tokens);

/// Replaces &quot; &amp; &lt; &gt; in this order, so that "&amp;lt;" becomes "<".
void decode_mteval_entities(std::string& text);

/// Replaces all occurrences of `from` (not empty) from left to right, in linear time.
void replace_all(std::string& text, std::string_view from, std::string_view to);

}  // namespace vernier::text
