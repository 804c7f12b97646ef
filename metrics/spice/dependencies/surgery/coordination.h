// Noun phrases whose conjunctions stand among other words: "a red and white bus".
#pragma once

#include <span>
#include <vector>

#include "metrics/spice/dependencies/pattern/word_lists.h"
#include "metrics/spice/dependencies/tree/work_tree.h"

namespace vernier::spice {

/// Groups what each conjunction joins, as CoordinationTransformer of CoreNLP 3.6.0. One thread at a
/// time.
class CoordinationGrouper {
 public:
  /// `opening`: the words that may open a coordination ("both"); `words` as in Sight.
  void group(WorkTree& tree, std::span<const WordSet> words, const WordSet& opening);

 private:
  bool group_one();
  bool take_children(NodeId conjunction);
  void group_first();
  void group_after_determiner();
  void group_list();
  void group_whole();
  Label label(std::size_t child) const { return (*tree_)[children_[child]].label; }
  Label side_label(std::size_t child) const;
  std::span<const NodeId> children(std::size_t begin, std::size_t end) const;
  void keep(std::size_t begin, std::size_t end);

  WorkTree* tree_ = nullptr;
  std::span<const WordSet> words_;
  WordSet opening_;
  std::vector<NodeId> children_;   // of the phrase
  std::size_t at_ = 0;             // of these: the conjunction
  std::size_t next_ = 0;           // and the next one, or their number
  std::vector<NodeId> regrouped_;  // the phrase's new children
};

}  // namespace vernier::spice
