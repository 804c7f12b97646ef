// Tokens by id and by text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::engine {

using TokenId = std::uint32_t;

/// Ids are below this: four times the largest vocabulary in use, and a file with one huge id must
/// not make a table of billions.
constexpr TokenId kMostTokens = TokenId{1} << 20;
constexpr TokenId kNoToken = ~TokenId{0};

class Vocabulary {
 public:
  enum class Added { kDone, kTextTwice, kIdTwice };

  /// `id` < kMostTokens; all texts together are below 4 GiB. Nothing changes unless kDone.
  Added add(std::string_view text, TokenId id);

  /// kNoToken where there is none.
  TokenId find(std::string_view text) const;

  /// Empty where there is none; an empty token can be told by has().
  std::string_view text(TokenId id) const {
    return has(id) ? std::string_view(bytes_).substr(entries_[id].begin, entries_[id].size)
                   : std::string_view();
  }
  bool has(TokenId id) const { return id < entries_.size() && entries_[id].size != kFree; }

  std::size_t tokens() const { return used_; }
  /// The largest id and one.
  TokenId size() const { return static_cast<TokenId>(entries_.size()); }

 private:
  static constexpr std::uint32_t kFree = ~std::uint32_t{0};
  struct Entry {
    std::uint32_t begin = 0, size = kFree;
  };

  std::size_t slot_of(std::string_view text) const;
  void grow();

  std::string bytes_;           // texts, one after the other
  std::vector<Entry> entries_;  // by id
  std::vector<TokenId> slots_;  // ids by hash of text, linear probing, half of them free
  std::size_t used_ = 0;
};

}  // namespace vernier::engine
