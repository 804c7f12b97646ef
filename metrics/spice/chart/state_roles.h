// What synthetic states are part of.
#pragma once

#include <cstdint>
#include <vector>

#include "metrics/spice/grammar/grammar.h"

namespace vernier::spice {

/// What a synthetic state is in the making of its owner: made of the head alone, made of several
/// children, or complete.
enum class Role : std::uint8_t { kStart, kMiddle, kFinal };

/// Of a state that is not synthetic: no owner.
struct StateRole {
  static constexpr std::uint16_t kNoOwner = 0xFFFF;
  Role role = Role::kMiddle;
  std::uint16_t owner = kNoOwner;  ///< a number, from 0
};

struct StateRoles {
  std::vector<StateRole> roles;  ///< by state
  std::vector<StateId> owners;   ///< by number: the state that its synthetic states end up as
};

/// The rules of a category of several children are chains of synthetic states, each of which
/// belongs to one category, its owner. Throws Error(kResource) where that is not so.
StateRoles find_state_roles(const Grammar& grammar);

}  // namespace vernier::spice
