// Cutting an input into pieces of whole records: the serial, cheap half of reading.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "datasets/format.h"

namespace vernier {

/// What a splitter found in the bytes at hand.
struct Cut {
  bool found = false;  ///< bytes [begin, end) hold at least one record
  std::size_t begin = 0, end = 0;
  std::size_t previous = npos;  ///< start of the last whole record, where known
  std::size_t consumed = 0;     ///< bytes that need not be shown again
  bool unclosed = false;        ///< the input ended where more had to come
  bool broken = false;          ///< the last record cannot be right; nothing follows it
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

class Splitter {
 public:
  virtual ~Splitter() = default;

  /// Finds as many whole records as `data` holds. `data` starts where the last call's `consumed`
  /// ended; when nothing is found and nothing consumed, the same bytes come again with more behind
  /// them. With `last`, data ends the input: every call consumes something, and an incomplete last
  /// record is part of the cut, for the parser to report. Throws json::Fault (offset into data) for
  /// bytes outside records that cannot be.
  virtual Cut split(std::string_view data, bool last) = 0;
};

std::unique_ptr<Splitter> make_splitter(const Layout& layout);

}  // namespace vernier
