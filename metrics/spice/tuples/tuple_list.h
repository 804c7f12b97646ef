// SPICE's tuples of a caption, in little memory.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::spice {

/// A text of a list, by number. Equal texts of a list have equal numbers.
using NameId = std::uint16_t;
inline constexpr NameId kNoName = UINT16_MAX;

/// An object; an object and its attribute; or subject, object and the relation between them.
struct Tuple {
  std::array<NameId, 3> names = {kNoName, kNoName, kNoName};

  std::size_t size() const { return names[1] == kNoName ? 1 : names[2] == kNoName ? 2 : 3; }
  friend bool operator==(const Tuple&, const Tuple&) = default;
};

/// Tuples in SPICE's order, repeated ones included, and their distinct texts. Equal lists hold
/// equal bytes.
class TupleList {
 public:
  void clear();

  /// The number of a text, which is added if it is new. kNoName where the list is full: it takes
  /// 65,535 texts.
  NameId add_name(std::string_view text);
  /// A tuple that lacks a name it should have (the list was full) is left out.
  void add(NameId object);
  void add(NameId object, NameId attribute);
  void add(NameId subject, NameId object, NameId relation);

  std::size_t size() const { return tuples_.size(); }
  std::span<const Tuple> tuples() const { return tuples_; }
  std::size_t names() const { return ends_.size(); }
  std::string_view name(NameId id) const {
    const std::uint32_t begin = id == 0 ? 0 : ends_[id - 1];
    return std::string_view(text_).substr(begin, ends_[id] - begin);
  }

  friend bool operator==(const TupleList&, const TupleList&) = default;

 private:
  NameId find_among_few(std::string_view text) const;
  NameId& slot_of(std::string_view text);
  void fill_slots(std::size_t size);

  std::string text_;
  std::vector<std::uint32_t> ends_;  // of names, in text_
  std::vector<NameId> slots_;        // a hash table of names, where there are many
  std::vector<Tuple> tuples_;
};

/// Fields joined by '|', tuples by tabs.
std::string print_tuples(const TupleList& list);

}  // namespace vernier::spice
