// Sentences as NLTK 3.8's Punkt splitter cuts them (Kiss and Strunk 2006, "Unsupervised
// multilingual sentence boundary detection").
#pragma once

#include <string_view>
#include <vector>

#include "metrics/text/sentences/punkt_parameters.h"

namespace vernier::text {

/// Immutable and thread safe. The parameters must outlive it.
class SentenceSplitter {
 public:
  explicit SentenceSplitter(const PunktParameters& parameters) : parameters_(parameters) {}

  /// Appends the sentences as views of `text` (valid UTF-8): the white space between them is in
  /// none, that before the first one is in it.
  void split(std::string_view text, std::vector<std::string_view>& sentences) const;

 private:
  bool holds_break(std::string_view context) const;
  bool ends_sentence(std::string_view token, std::string_view next) const;
  std::string next_type(std::string_view token) const;
  bool breaks_alone(std::string_view token) const;
  bool is_abbreviation(std::string_view token) const;

  const PunktParameters& parameters_;
};

}  // namespace vernier::text
