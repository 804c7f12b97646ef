// Labels of constituency trees: Penn Treebank tags and phrase categories.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vernier::spice {

/// Tags first (up to kXx), then phrases. The inventory is that of the English PCFG of CoreNLP 3.6.0
/// with temporal noun phrases kept, and the two labels its tree surgery adds (MWE, PCONJP). kXx is
/// the tag of every word of a sentence that could not be parsed.
enum class Label : std::uint8_t {
  // clang-format off
  kHash, kDollar, kCloseQuote, kComma, kLrb, kRrb, kPeriod, kColon, kOpenQuote,
  kCc, kCd, kDt, kEx, kFw, kIn, kJj, kJjr, kJjs, kLs, kMd, kNn, kNnp, kNnps, kNns, kPdt, kPos,
  kPrp, kPrpDollar, kRb, kRbr, kRbs, kRp, kSym, kTo, kUh, kVb, kVbd, kVbg, kVbn, kVbp, kVbz,
  kWdt, kWp, kWpDollar, kWrb, kXx,
  kAdjp, kAdvp, kConjp, kFrag, kIntj, kLst, kNac, kNp, kNpTmp, kNx, kPp, kPrn, kPrt, kQp, kRoot,
  kRrc, kS, kSbar, kSbarq, kSinv, kSq, kUcp, kVp, kWhadjp, kWhadvp, kWhnp, kWhpp, kX, kMwe, kPconjp,
  // clang-format on
};

inline constexpr std::size_t kLabelCount = static_cast<std::size_t>(Label::kPconjp) + 1;
inline constexpr std::size_t kTagCount = static_cast<std::size_t>(Label::kXx) + 1;

inline constexpr bool is_tag(Label label) { return label <= Label::kXx; }

/// As in the treebank: "NP-TMP", "PRP$", "``".
std::string_view label_name(Label label);
/// Nothing where no label has that name.
std::optional<Label> find_label(std::string_view name);

using LabelSet = std::bitset<kLabelCount>;

inline bool contains(const LabelSet& set, Label label) {
  return set[static_cast<std::size_t>(label)];
}

}  // namespace vernier::spice
