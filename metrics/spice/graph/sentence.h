// The words of one sentence and what the steps ask of them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/io/byte_arena.h"
#include "metrics/spice/syntax/tag_classes.h"

namespace vernier::spice {

/// Words are counted from 0. One thread at a time.
class Sentence {
 public:
  /// Keeps views of the words, and the tags; forgets the sentence before, keeps memory.
  void reset(std::span<const std::string_view> words, std::span<const Label> tags);

  std::size_t size() const { return words_.size(); }
  std::string_view word(std::size_t i) const { return words_[i]; }
  std::string_view lower(std::size_t i) const { return lower_[i]; }
  Label tag(std::size_t i) const { return tags_[i]; }
  /// Made when it is first asked for.
  std::string_view lemma(std::size_t i);

 private:
  std::span<const std::string_view> words_;
  std::vector<Label> tags_;
  std::vector<std::string_view> lower_, lemmas_;
  std::vector<bool> has_lemma_;
  std::string scratch_;
  ByteArena arena_;
};

}  // namespace vernier::spice
