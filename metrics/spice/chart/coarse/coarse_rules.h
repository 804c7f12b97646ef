// A small grammar whose scores bound those of the whole grammar from above.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "metrics/spice/chart/chart_rules.h"
#include "metrics/spice/grammar/by_state.h"

namespace vernier::spice {

/// What a synthetic state is in the making of its owner, the one plain state that it can become a
/// part of: made of the head alone, made of several children, or complete.
enum class Role : std::uint8_t { kStart, kMiddle, kFinal };

/// A step by which a sibling is added.
enum class Step : std::uint8_t { kStartMiddle, kStartFinal, kMiddleMiddle, kMiddleFinal };

/// The coarse grammar has all plain states, and one state for all synthetic states of the same
/// owner and role: 1,876 states instead of 12,977. A coarse rule has the best score of all rules
/// that become it. So the best coarse score of a span is at least that of every state in it, and
/// likewise for what surrounds a span.
///
/// The bound is made tighter by potentials: the score of a synthetic state is taken together with
/// that of the best way to complete its owner from there. Rules then mostly cost nothing where
/// they had cost differently in different states, and the differences stand where the head is
/// chosen. Any potentials leave the scores of whole trees as they are, so that they need no proof.
/// (Mean distance of bound and truth over whole captions: 14 with potentials, 37 without; with all
/// roles in one state 20; with the parts of several owners of one category in one state 37.)
///
/// Values of a span are arrays of values_per_span() floats by slot: roles of owners, then plain
/// states.
class CoarseRules {
 public:
  struct Info {
    float potential;    ///< 0 for plain states
    std::uint32_t slot;
  };
  struct Entry {
    float score;
    std::uint32_t to;
  };

  /// Throws Error(kResource) for a grammar whose synthetic states do not have owners and roles.
  explicit CoarseRules(const ChartRules& rules);

  /// Of a state of the whole grammar.
  const Info& info(ChartState state) const { return infos_[state]; }

  std::size_t owners() const { return owners_.size(); }
  /// Owners with padding: a multiple of 16.
  std::size_t stride() const { return stride_; }
  std::size_t first_plain() const { return 3 * stride_; }
  std::size_t plain_states() const { return plain_states_; }
  std::size_t values_per_span() const { return first_plain() + (plain_states_ + 15) / 16 * 16; }
  std::size_t steps_per_span() const { return 4 * stride_; }

  /// Slot of the plain state that this owner is.
  std::uint32_t owner_slot(std::size_t owner) const { return owners_[owner]; }
  /// The score of becoming the owner for its final role.
  float finish(std::size_t owner) const { return finish_[owner]; }
  /// Closed unary rules of a plain child with plain parents: `to` is a slot.
  std::span<const Entry> unary_from(std::size_t plain) const { return unary_[plain]; }
  /// Rules by which a plain state is the head: `to` is a slot.
  std::span<const Entry> starts_from(std::size_t plain) const { return starts_[plain]; }
  /// Steps that add this plain state to the right (to the left): `to` is step * stride + owner.
  std::span<const Entry> right_steps(std::size_t plain) const { return right_steps_[plain]; }
  std::span<const Entry> left_steps(std::size_t plain) const { return left_steps_[plain]; }
  /// What a plain state is worth as the whole sentence; minus infinity for most.
  float root(std::size_t plain) const { return root_[plain]; }

 private:
  void find_owners(const ChartRules& rules);
  void find_roles(const ChartRules& rules);
  void find_potentials(const ChartRules& rules);
  void project(const ChartRules& rules);

  std::size_t plain_states_, stride_ = 0;
  std::vector<std::uint32_t> owner_of_;  // by synthetic state: its number in owners_
  std::vector<Role> roles_;
  std::vector<Info> infos_;
  std::vector<std::uint32_t> owners_;
  std::vector<float> finish_, root_;
  ByState<Entry> unary_, starts_, right_steps_, left_steps_;
};

}  // namespace vernier::spice
