#include "judges/engine/tokenizer/bpe/bpe.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "judges/engine/tokenizer/bpe/byte_alphabet.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::engine {
namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

}  // namespace

Bpe::Bpe(Vocabulary vocabulary, Merges merges, BpeOptions options)
    : vocabulary_(std::move(vocabulary)), merges_(std::move(merges)), options_(std::move(options)) {
  for (unsigned b = 0; b < 256; ++b) {
    std::string letter;
    text::append_utf8(letter,
                      options_.byte_level ? letter_of_byte(static_cast<std::uint8_t>(b)) : b);
    letter_[b] = vocabulary_.find(letter);
    byte_[b] = options_.byte_fallback ? vocabulary_.find(fmt::format("<0x{:02X}>", b)) : kNoToken;
  }
}

/// Collects a word's first symbols.
class Bpe::Starts {
 public:
  Starts(const Bpe& bpe, std::vector<BpeScratch::Symbol>& symbols) : bpe_(bpe), symbols_(symbols) {
    symbols_.clear();
  }

  void add(TokenId id, std::string_view character) {
    if (id == kNoToken) {
      add_unknown(character);
      return;
    }
    finish();
    push(id);
  }

  void finish() {
    if (unknown_) push(bpe_.options_.unknown);
    unknown_ = false;
  }

 private:
  void push(TokenId id) {
    const auto place = static_cast<std::uint32_t>(symbols_.size());
    symbols_.push_back({id, place - 1, place + 1});
  }

  void add_unknown(std::string_view character) {
    const auto token = [&](char byte) { return bpe_.byte_[static_cast<std::uint8_t>(byte)]; };
    if (std::ranges::none_of(character, [&](char b) { return token(b) == kNoToken; })) {
      // An unknown token that waits stays behind these, as in the reference. It matters only where
      // some of the byte tokens are missing.
      for (const char byte : character) push(token(byte));
      return;
    }
    if (bpe_.options_.unknown == kNoToken) return;
    if (!bpe_.options_.fuse_unknown) finish();
    unknown_ = true;
  }

  const Bpe& bpe_;
  std::vector<BpeScratch::Symbol>& symbols_;
  bool unknown_ = false;  // an unknown token is to come
};

TokenId Bpe::last_symbol(std::string_view character, BpeScratch& scratch) const {
  scratch.letters.clear();
  if (options_.byte_level) {
    append_letters(scratch.letters, character);
  } else {
    scratch.letters = character;
  }
  return vocabulary_.find(scratch.letters += options_.word_end);
}

void Bpe::start(std::string_view word, BpeScratch& scratch) const {
  Starts starts(*this, scratch.symbols);
  for (std::size_t pos = 0; pos < word.size();) {
    const auto byte = static_cast<std::uint8_t>(word[pos]);
    if (options_.byte_level) {
      if (pos + 1 == word.size() && !options_.word_end.empty()) {
        starts.add(last_symbol(word.substr(pos, 1), scratch), scratch.letters);
        break;
      }
      scratch.letters.clear();
      if (letter_[byte] == kNoToken) append_letters(scratch.letters, word.substr(pos, 1));
      starts.add(letter_[byte], scratch.letters);
      ++pos;
    } else {
      const std::size_t begin = pos;
      text::next_code_point(word, pos);
      const std::string_view character = word.substr(begin, pos - begin);
      if (pos == word.size() && !options_.word_end.empty()) {
        starts.add(last_symbol(character, scratch), character);
        break;
      }
      starts.add(byte < 0x80 ? letter_[byte] : vocabulary_.find(character), character);
    }
  }
  starts.finish();
}

void Bpe::offer(BpeScratch& scratch, std::uint32_t left) const {
  const auto& symbols = scratch.symbols;
  const std::uint64_t key = pair_key(symbols[left].id, symbols[symbols[left].after].id);
  if (const Merge* merge = merges_.find(key)) {
    scratch.queue.push_back(std::uint64_t{merge->rank} << 32 | left);
    std::ranges::push_heap(scratch.queue, std::greater<>());
  }
}

void Bpe::merge(BpeScratch& scratch) const {
  auto& symbols = scratch.symbols;
  auto& queue = scratch.queue;
  queue.clear();
  symbols.back().after = kNone;
  for (std::uint32_t i = 0; i + 1 < symbols.size(); ++i) offer(scratch, i);
  while (!queue.empty()) {
    std::ranges::pop_heap(queue, std::greater<>());
    const auto rank = static_cast<std::uint32_t>(queue.back() >> 32);
    const auto at = static_cast<std::uint32_t>(queue.back());
    queue.pop_back();
    BpeScratch::Symbol& left = symbols[at];
    if (left.id == kNoToken || left.after == kNone) continue;
    // A rank belongs to one pair: where it is another one now, the offer is an old one.
    const Merge* merge = merges_.find(pair_key(left.id, symbols[left.after].id));
    if (merge == nullptr || merge->rank != rank) continue;
    BpeScratch::Symbol& right = symbols[left.after];
    left.id = merge->result;
    right.id = kNoToken;
    left.after = right.after;
    if (left.after != kNone) {
      symbols[left.after].before = at;
      offer(scratch, at);
    }
    if (at != 0) offer(scratch, left.before);
  }
}

void Bpe::append(std::string_view word, BpeScratch& scratch, std::vector<TokenId>& out) const {
  if (options_.ignore_merges) {
    scratch.letters.clear();
    if (options_.byte_level) append_letters(scratch.letters, word);
    const TokenId whole = vocabulary_.find(options_.byte_level ? scratch.letters : word);
    if (whole != kNoToken) {
      out.push_back(whole);
      return;
    }
  }
  start(word, scratch);
  if (scratch.symbols.empty()) return;
  merge(scratch);
  for (std::uint32_t i = 0; i != kNone; i = scratch.symbols[i].after) {
    out.push_back(scratch.symbols[i].id);
  }
}

}  // namespace vernier::engine
