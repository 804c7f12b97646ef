// Bracketed trees through the converter.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/dependencies/converter.h"

namespace vernier::tests {

/// "governor:relation" of every word in order; "-" for a word without governor, several joined by
/// "+". Lemmas by word, none where there are fewer.
inline std::string dependencies_of(std::string_view text,
                                   const std::vector<std::string>& lemmas = {}) {
  thread_local spice::DependencyConverter converter;
  const auto read = spice::read_tree(text);
  if (!read) return "not a tree";
  std::vector<spice::Dependency> dependencies;
  converter.convert(
      read->tree, read->words,
      [&](std::size_t word) { return word < lemmas.size() ? lemmas[word] : std::string(); },
      dependencies);
  std::vector<std::string> by_word(read->words.size());
  std::uint16_t last = 0;
  for (const auto& [governor, dependent, relation] : dependencies) {
    EXPECT_LE(last, dependent) << text;
    last = dependent;
    std::string& word = by_word.at(dependent - 1);
    if (!word.empty()) word += '+';
    word += std::to_string(governor) + ':';
    word += spice::relation_name(relation);
  }
  std::string all;
  for (const std::string& word : by_word) {
    if (!all.empty()) all += ' ';
    all += word.empty() ? "-" : word;
  }
  return all;
}

struct TreeExample {
  std::string_view tree, dependencies;
};

}  // namespace vernier::tests
