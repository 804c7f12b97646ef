// What a probe says of single words of a caption: {"NAME": {"objects": [...], "mentions":
// [{"start", "end", "verdict", "object", "word", "sentence", "token"}, ...]}} in the meta of a
// run's sample, for any NAME (docs/run-format.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vernier {

enum class Finding {
  kInvented,   ///< verdict hallucinated, target (AMBER), unsupported, contradicted
  kSupported,  ///< verdict supported, safe (AMBER)
  kOther       ///< any other: shown, and in no rate
};

struct Mention {
  std::string object;  ///< the class; the word where there is none
  std::string verdict;
  Finding finding = Finding::kOther;
  /// Bytes of the caption; nothing where the range is empty, not in the caption, or lies over that
  /// of a mention before it (equal ranges are fine).
  struct Place {
    std::size_t begin, end;
  };
  std::optional<Place> place;
  std::optional<std::size_t> sentence, token;  ///< from 0
};

struct ProbeEvidence {
  std::string probe;                 ///< NAME
  std::vector<std::string> objects;  ///< of the image
  std::vector<Mention> mentions;     ///< in the order of the record
  std::uint64_t unreadable = 0;      ///< mentions without verdict or that are no objects

  /// Objects of the image that no supported mention names, in their order.
  std::vector<std::string> left_out() const;
};

/// `meta`: a JSON object, or empty; `caption`: valid UTF-8, in which "start" and "end" count code
/// points. What is not as above is no evidence, never an error: meta may hold anything.
std::vector<ProbeEvidence> evidence_of(std::string_view meta, std::string_view caption);

/// `meta` without the members that are evidence, as JSON; empty where nothing is left.
std::string meta_without_evidence(std::string_view meta);

}  // namespace vernier
