// The grammar of the exact parser, read at run time from the user's file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/grammar/by_state.h"
#include "metrics/spice/grammar/file/grammar_tables.h"
#include "metrics/spice/grammar/lexicon.h"
#include "metrics/spice/syntax/label.h"

namespace vernier::spice {

/// What a state stands for in the printed tree.
struct StateKind {
  bool synthetic = false;  ///< part of a rule of several children; its node is not printed
  bool tag = false;
  Label label = Label::kXx;  ///< of states that are printed
};

/// The unlexicalised PCFG of the Stanford parser (CoreNLP 3.6.0, englishPCFG.ser.gz). Read-only and
/// thread safe.
class Grammar {
 public:
  /// Reads the grammar from its file: the object stream gzipped or not, or the jar of the CoreNLP
  /// models. Takes about 0.15 s. Throws Error(kResource) for a file that is missing, truncated or
  /// damaged, and for grammars of other programs.
  static std::shared_ptr<const Grammar> read(const std::string& path);

  explicit Grammar(GrammarTables tables);

  /// Of the file after decompression; names the grammar in signatures.
  std::uint64_t digest() const { return digest_; }

  std::size_t states() const { return names_.size(); }
  const std::string& name(StateId state) const { return names_[state]; }
  const StateKind& kind(StateId state) const { return kinds_[state]; }
  StateId tag_state(std::uint16_t tag) const { return tag_states_[tag]; }
  std::size_t tags() const { return tag_states_.size(); }
  std::optional<std::uint16_t> find_tag(std::string_view name) const;
  const Lexicon& lexicon() const { return lexicon_; }

  /// All rules but those that make ROOT.
  std::span<const BinaryRule> binary_rules() const { return binary_; }
  /// ROOT -> X .$$. for each X that a sentence may be, in the order of the file. ROOT is made by no
  /// other rule, the boundary .$$. is in no other rule.
  std::span<const BinaryRule> root_rules() const { return root_rules_; }

  /// In the order of the file.
  std::span<const BinaryRule> binary_of(StateId parent) const { return binary_of_[parent]; }
  std::span<const UnaryRule> unary_of(StateId parent) const { return unary_of_[parent]; }
  /// Closed unary rules, see unary_closure.h.
  std::span<const UnaryRule> closed_rules() const { return closed_; }
  std::span<const UnaryRule> closed_from(StateId child) const { return closed_from_[child]; }

 private:
  void classify(StateId root, StateId boundary);
  void check_boundary(std::span<const UnaryRule> unary, StateId root, StateId boundary) const;

  std::vector<std::string> names_;
  std::vector<StateKind> kinds_;
  std::vector<StateId> tag_states_;
  std::vector<BinaryRule> binary_, root_rules_;
  std::vector<UnaryRule> closed_;
  ByState<BinaryRule> binary_of_;
  ByState<UnaryRule> unary_of_, closed_from_;
  Lexicon lexicon_;
  std::uint64_t digest_;
};

}  // namespace vernier::spice
