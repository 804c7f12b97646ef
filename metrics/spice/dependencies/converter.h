// SPICE: from constituency trees to basic Universal Dependencies.
//
// Does what CoreNLP 3.6.0 does to the trees of its English parser (with temporal noun phrases kept)
// to make "basic dependencies" without extras: changes of the tree, semantic heads, relation rules,
// post-processing. The rules are tables: dependencies/rules/tables.h.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/syntax/parser.h"
#include "metrics/spice/syntax/tree.h"

namespace vernier::spice {

/// The lemma of a word, counted from 0. Asked for few words of few sentences.
using LemmaOf = std::function<std::string(std::size_t word)>;

/// One thread's converter: its scratch memory. Converters share their rules, which the first one
/// compiles (a few milliseconds).
class DependencyConverter {
 public:
  DependencyConverter();
  ~DependencyConverter();
  DependencyConverter(DependencyConverter&&) noexcept;
  DependencyConverter& operator=(DependencyConverter&&) noexcept;

  /// `tree` stands over `words`, its tags in their order; any shape and any labels will do. Words
  /// are compared in lower case (ASCII). Writes the dependencies to `out` in the order of their
  /// dependents, in strange trees several or none for a word. Throws Error(kInternal) where the
  /// tree's words are not `words`. Does not depend on earlier calls.
  void convert(const Tree& tree, std::span<const std::string_view> words, const LemmaOf& lemma_of,
               std::vector<Dependency>& out);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vernier::spice
