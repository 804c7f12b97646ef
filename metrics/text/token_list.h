// A list of tokens in one flat buffer: two allocations however many tokens, none once warm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::text {

/// Tokens of one text, in order. Views returned by operator[] live until the next change.
class TokenList {
 public:
  /// So many bytes behind every token may be read (their values mean nothing): a reader of words
  /// need not branch on each length.
  static constexpr std::size_t kPadding = 16;

  TokenList() : bytes_(256) {}

  void clear() {
    size_ = 0;
    ends_.clear();
  }
  std::size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }
  std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return {bytes_.data() + begin, ends_[i] - begin};
  }

  /// Appends one whole token.
  void push(std::string_view token) {
    append(token);
    close();
  }
  /// Builds a token piece by piece: append() any number of times, then close().
  void append(std::string_view piece) {
    if (!piece.empty()) std::memcpy(extend(piece.size()), piece.data(), piece.size());
  }
  /// Appends `count` bytes to the open token, for the caller to fill in.
  char* extend(std::size_t count) {
    if (bytes_.size() - size_ < count + kPadding) grow(count);
    size_ += count;
    return bytes_.data() + size_ - count;
  }
  /// Takes the last `count` bytes off the open token.
  void shrink(std::size_t count) { size_ -= count; }
  void close() { ends_.push_back(static_cast<std::uint32_t>(size_)); }
  /// Removes the last token.
  void pop() {
    ends_.pop_back();
    size_ = ends_.empty() ? 0 : ends_.back();
  }
  /// Tokens joined by single spaces.
  std::string joined() const;

 private:
  void grow(std::size_t count);

  std::vector<char> bytes_;  // the first size_ count
  std::size_t size_ = 0;
  std::vector<std::uint32_t> ends_;
};

}  // namespace vernier::text
