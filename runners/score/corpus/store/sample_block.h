// Some consecutive samples: what a run record says of them and their tokens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/words/token_block.h"

namespace vernier {

/// One text in the arena of a SampleBlock.
struct TextSpan {
  std::uint32_t begin = 0, size = 0;
};

struct SampleBlock {
  struct Sample {
    TextSpan id, image_id, candidate, meta;
    std::uint64_t line = 0;        ///< where the record starts in the candidate file
    std::uint32_t first_text = 0;  ///< the candidate's number in `tokens`; references follow it
    std::uint32_t references = 0;  ///< references inside the record
    std::uint32_t first_reference = 0;  ///< of them in reference_texts, where those are kept
    std::uint64_t document = 0;         ///< hash of image and reference texts
    std::uint64_t candidate_hash = 0;   ///< of its text
    bool has_candidate = true;
    bool in_shard = true;       ///< else only its ids are kept
    bool numbered = false;      ///< the record has no id; its line stands for one
    bool blank = false;         ///< the candidate is empty or white space
    bool other_script = false;  ///< a text of it is not in Latin letters
  };
  std::string arena;
  std::vector<Sample> samples;
  TokenBlock tokens;
  std::vector<TextSpan> reference_texts;
  std::uint64_t first_sample = 0;  ///< number of samples in all blocks before this one

  std::string_view text(TextSpan span) const {
    return std::string_view(arena).substr(span.begin, span.size);
  }
  TextSpan store(std::string_view text) {
    const TextSpan span{static_cast<std::uint32_t>(arena.size()),
                        static_cast<std::uint32_t>(text.size())};
    arena.append(text);
    return span;
  }
  std::size_t bytes() const;

  /// A byte string that decode() turns back into the same block.
  std::string encode() const;
  static SampleBlock decode(std::string_view bytes);
};

}  // namespace vernier
