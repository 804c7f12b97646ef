#include "metrics/spice/syntax/label.h"

#include <algorithm>
#include <array>

namespace vernier::spice {
namespace {

constexpr std::array<std::string_view, kLabelCount> kNames = {
    // clang-format off
    "#", "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "``",
    "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNP", "NNPS", "NNS",
    "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG",
    "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX",
    "ADJP", "ADVP", "CONJP", "FRAG", "INTJ", "LST", "NAC", "NP", "NP-TMP", "NX", "PP", "PRN", "PRT",
    "QP", "ROOT", "RRC", "S", "SBAR", "SBARQ", "SINV", "SQ", "UCP", "VP", "WHADJP", "WHADVP",
    "WHNP", "WHPP", "X", "MWE", "PCONJP",
    // clang-format on
};

}  // namespace

std::string_view label_name(Label label) { return kNames[static_cast<std::size_t>(label)]; }

std::optional<Label> find_label(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Label>(found - kNames.begin());
}

}  // namespace vernier::spice
