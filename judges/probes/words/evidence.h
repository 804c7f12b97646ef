// What is known of an image, as words can be held against it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/words/content_words.h"
#include "metrics/text/text_set.h"

namespace vernier::probes {

class WordEvidence {
 public:
  /// Adds a description of the image. What it says is not there ("no cars") is no evidence.
  void add_text(const TextWords& words);
  /// Adds the name of a thing in it ("wine glass").
  void add_object(std::string_view name, const text::WordNet& word_net);

  bool empty() const { return words_.empty(); }
  /// Whether someone described the image: a list of objects alone leaves most things out.
  bool described() const { return described_; }
  /// Says that a list of objects is all there is.
  void set_described() { described_ = true; }
  /// Whether a word, or a compound joined by '_', stands there in whatever form or class.
  bool holds(std::string_view word) const { return words_.contains(word); }
  /// Lemmas of a word class, each once, in the order in which they came.
  const std::vector<std::string>& lemmas(text::WordClass word_class) const {
    return lemmas_[static_cast<std::size_t>(word_class)];
  }
  /// Counts that it states ("two dogs", "a couple of dogs": 2).
  const std::vector<std::uint32_t>& numbers() const { return numbers_; }

 private:
  void add_lemma(std::string_view lemma, text::WordClass word_class);
  void add_number(std::uint32_t number);

  text::TextSet words_;
  std::array<std::vector<std::string>, 3> lemmas_;  // noun, verb, adjective
  std::array<text::TextSet, 3> known_;              // the same
  std::vector<std::uint32_t> numbers_;
  bool described_ = false;
};

}  // namespace vernier::probes
