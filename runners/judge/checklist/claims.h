// What a caption claims, cut into single things that can be true or false (FaithScore, arXiv
// 2311.01477, by a parser instead of a language model).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "judges/visce/claim_checker.h"
#include "runners/judge/checklist/reading/parsed_caption.h"

namespace vernier {

struct ClaimInCaption {
  visce::Claim claim;
  std::uint32_t sentence = 0;  ///< from 0
  /// Bytes of the caption that make the claim: of an object its phrase, of a relation the words
  /// between its phrases. Equal where the place is not known.
  std::size_t begin = 0, end = 0;
  bool operator==(const ClaimInCaption&) const = default;
};

struct CaptionClaims {
  std::vector<ClaimInCaption> claims;  ///< each once, in the order of the caption
  std::uint32_t sentences = 0;         ///< all, those without a claim among them
  std::uint32_t refused = 0;           ///< sentences longer than the parser takes: not looked at
};

/// Reads claims off the dependencies of SPICE's parser:
///   objects     nouns with what stands before them, "of" and what is written on them: "a small
///   cyan
///               circle", "a cup of coffee", `a sign that says "STOP"`; not what says no more than
///               an earlier phrase of the same noun ("the circle"), nor the picture itself
///   attributes  of predicates: "the sign is red", "a man sits", "a dog on the left"
///   relations   prepositions and verbs between two phrases: "above", "to the left of", "riding"
/// Adjectives before a noun are part of its phrase. What is denied ("no dogs", "is not red") and
/// what pronouns stand for is not claimed. One thread's part.
class ClaimReader {
 public:
  /// Both must outlive it.
  ClaimReader(const spice::Parser& parser, const text::PunktParameters& punkt)
      : reader_(parser, punkt) {}

  /// Of valid UTF-8.
  CaptionClaims read(std::string_view caption);

 private:
  CaptionReader reader_;
};

}  // namespace vernier
