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
  static constexpr std::size_t kPadding = 64;

  TokenList() : bytes_(256) {}

  void clear() {
    size_ = open_ = 0;
    tokens_.clear();
  }
  std::size_t size() const { return tokens_.size(); }
  bool empty() const { return tokens_.empty(); }
  std::string_view operator[](std::size_t i) const {
    return {bytes_.data() + tokens_[i].begin, tokens_[i].end - tokens_[i].begin};
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
  void close() {
    tokens_.push_back({open_, static_cast<std::uint32_t>(size_)});
    open_ = static_cast<std::uint32_t>(size_);
  }
  /// Removes the last token.
  void pop() {
    size_ = open_ = tokens_.back().begin;
    tokens_.pop_back();
  }

  /// Appends `count` bytes for the caller to fill in: to the open token, or, between tokens, a text
  /// whose parts mark() makes tokens.
  char* extend(std::size_t count) {
    if (bytes_.size() - size_ < count + kPadding) grow(count);
    size_ += count;
    return bytes_.data() + size_ - count;
  }
  /// Appends the bytes `from` that extend() has returned up to `to` as a token. Ascending; begin
  /// no other token before end_marks().
  void mark(const char* from, const char* to) {
    tokens_.push_back({static_cast<std::uint32_t>(from - bytes_.data()),
                       static_cast<std::uint32_t>(to - bytes_.data())});
  }
  void end_marks() { open_ = static_cast<std::uint32_t>(size_); }

  /// Tokens joined by single spaces.
  std::string joined() const;

 private:
  struct Span {
    std::uint32_t begin, end;
  };
  void grow(std::size_t count);

  std::vector<char> bytes_;  // the first size_ count
  std::size_t size_ = 0;
  std::uint32_t open_ = 0;  // where the open token begins
  std::vector<Span> tokens_;
};

}  // namespace vernier::text
