// Trees on their way through the converter.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/dependencies/surgery/surgery.h"

namespace vernier::tests {

inline const spice::Rules& rules() {
  static const spice::Rules rules;
  return rules;
}

struct TreeAtWork {
  std::vector<std::string_view> words;  ///< of the text
  std::vector<spice::WordSet> lists;    ///< of the words, as in Sight
  spice::WorkTree tree;
};

/// A bracketed tree as it is when heads are looked for.
inline TreeAtWork after_surgery(std::string_view text) {
  TreeAtWork work;
  auto read = spice::read_tree(text);
  EXPECT_TRUE(read) << text;
  work.words = std::move(read->words);
  work.lists.resize(1);
  std::string folded;
  for (const std::string_view word : work.words) {
    work.lists.push_back(rules().words.lists_of(word, folded));
  }
  work.tree.assign(read->tree);
  spice::Surgery(rules()).perform(work.tree, work.lists);
  work.tree.number();
  return work;
}

}  // namespace vernier::tests
