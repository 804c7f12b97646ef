// Splitters for the three ways in which JSON holds records.
#pragma once

#include <cstdint>
#include <string>

#include "datasets/records/splitter.h"

namespace vernier::json {

/// Finds the end of a value by its brackets and quotes alone, over any number of pieces.
class ValueScanner {
 public:
  enum class State { kMore, kDone, kBroken };

  /// Moves p (before a value at first) towards end. kDone: p is behind the value. kMore: p == end;
  /// go on with the bytes that follow. kBroken: brackets that do not match or too deep.
  State advance(const char*& p, const char* end);

  void reset() { *this = ValueScanner(); }

 private:
  State string(const char*& p, const char* end);

  std::uint64_t levels_ = 0;  // one bit a level, the innermost lowest: 1 for an object
  unsigned depth_ = 0;
  bool in_string_ = false, escaped_ = false, in_scalar_ = false;
};

/// One value after the other: JSON Lines, concatenated and pretty-printed objects.
///
/// Between records stands `}`, white space and `{`; when a line break is among the white space this
/// cannot be inside a record, because strings hold no raw line breaks and members and elements are
/// parted by commas. So a cut is found by looking backwards over one record, without scanning the
/// block; only objects that share a line are scanned.
class StreamSplitter final : public Splitter {
 public:
  Cut split(std::string_view data, bool last) override;
};

/// The elements of an array: the top-level one, or that of one member of a top-level object, whose
/// other members are skipped without being held in memory.
class ArraySplitter final : public Splitter {
 public:
  /// An empty member name means a top-level array.
  explicit ArraySplitter(std::string member)
      : member_(std::move(member)), state_(member_.empty() ? State::kArray : State::kObject) {}

  Cut split(std::string_view data, bool last) override;

 private:
  enum class State {
    kArray,       // before the array
    kElement,     // in the array, before an element or its end
    kObject,      // before the object
    kKey,         // in the object, before a key or its end
    kSkip,        // inside the value of another member
    kAfterValue,  // in the object, behind a value
    kEnd,         // behind everything
  };
  bool step(std::string_view data, bool last, std::size_t& pos, Cut& cut);
  bool elements(std::string_view data, bool last, std::size_t& pos, Cut& cut);

  std::string member_;
  State state_;
  bool first_ = true;  // no key or element yet
  bool seen_ = false;  // the member was there
  ValueScanner scanner_;
};

}  // namespace vernier::json
