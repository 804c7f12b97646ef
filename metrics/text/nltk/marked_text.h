// A text that is rewritten step by step and still knows where each of its bytes comes from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::text {

/// Bytes, and for each the place in the first text of the byte that it stands for. Inserted blanks
/// have the place of what follows them.
class MarkedText {
 public:
  /// Begins anew with `text`, whose first byte lies at `place`.
  void assign(std::string_view text, std::size_t place) {
    bytes_.assign(text);
    places_.resize(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      places_[i] = static_cast<std::uint32_t>(place + i);
    }
  }

  std::string_view bytes() const { return bytes_; }
  std::uint32_t place(std::size_t i) const { return places_[i]; }

  /// Rewrites the text: `step` is called with the places 0, 1, ... and takes bytes over by keep()
  /// and add(); what it takes in one call it says by its result, the number of bytes dealt with.
  template <class Step>
  void rewrite(Step step) {
    new_bytes_.clear();
    new_places_.clear();
    for (std::size_t i = 0; i < bytes_.size();) i += step(i);
    bytes_.swap(new_bytes_);
    places_.swap(new_places_);
  }
  /// Within a step: takes `count` bytes from `i` over.
  void keep(std::size_t i, std::size_t count = 1) {
    new_bytes_.append(bytes_, i, count);
    new_places_.insert(new_places_.end(), places_.begin() + static_cast<std::ptrdiff_t>(i),
                       places_.begin() + static_cast<std::ptrdiff_t>(i + count));
  }
  /// Within a step: inserts bytes that stand for the one at `i`, or for the end.
  void add(std::string_view bytes, std::size_t i) {
    new_bytes_ += bytes;
    const std::uint32_t place = i < places_.size() ? places_[i]
                                : places_.empty()  ? 0
                                                   : places_.back() + 1;
    new_places_.insert(new_places_.end(), bytes.size(), place);
  }

 private:
  std::string bytes_, new_bytes_;
  std::vector<std::uint32_t> places_, new_places_;
};

}  // namespace vernier::text
