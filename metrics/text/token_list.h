// A list of tokens in one flat buffer: two allocations however many tokens, none once warm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::text {

/// Tokens of one text, in order. Views returned by operator[] live until the next change.
class TokenList {
 public:
  void clear() {
    bytes_.clear();
    ends_.clear();
  }
  std::size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }
  std::string_view operator[](std::size_t i) const {
    const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(bytes_).substr(begin, ends_[i] - begin);
  }

  /// Appends one whole token.
  void push(std::string_view token) {
    bytes_.append(token);
    close();
  }
  /// Builds a token piece by piece: append() any number of times, then close().
  void append(std::string_view piece) { bytes_.append(piece); }
  void append(char c) { bytes_.push_back(c); }
  void close() { ends_.push_back(static_cast<std::uint32_t>(bytes_.size())); }
  /// Removes the last token.
  void pop() {
    ends_.pop_back();
    bytes_.resize(ends_.empty() ? 0 : ends_.back());
  }
  /// Tokens joined by single spaces.
  std::string joined() const;

 private:
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace vernier::text
