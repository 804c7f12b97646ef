#include "judges/engine/tokenizer/parts/added_tokens.h"

#include <algorithm>
#include <utility>

#include "judges/engine/tokenizer/patterns/code_points.h"

namespace vernier::engine {
namespace {

bool ends_with_word(std::string_view text) {
  if (text.empty()) return false;
  std::size_t pos = last_character(text);
  return is_word(text::next_code_point(text, pos));
}

bool starts_with_word(std::string_view text) {
  std::size_t pos = 0;
  return !text.empty() && is_word(text::next_code_point(text, pos));
}

std::size_t without_space_at_end(std::string_view text) {
  while (!text.empty()) {
    const std::size_t last = last_character(text);
    std::size_t pos = last;
    if (!is_white_space(text::next_code_point(text, pos))) break;
    text = text.substr(0, last);
  }
  return text.size();
}

std::size_t space_at_start(std::string_view text) {
  std::size_t size = 0;
  for (std::size_t pos = 0; pos < text.size(); size = pos) {
    if (!is_white_space(text::next_code_point(text, pos))) break;
  }
  return size;
}

bool touches(std::span<const TextRange> ranges, const TextTrie::Match& match) {
  const auto range = std::ranges::upper_bound(ranges, match.begin, {}, &TextRange::end);
  return range != ranges.end() && range->begin < match.end;
}

}  // namespace

void TextTrie::add(std::string_view text, std::uint32_t value) {
  if (nodes_.empty()) nodes_.push_back(kNothing);
  std::uint32_t node = 0;
  for (const char byte : text) {
    const std::uint64_t key = std::uint64_t{node} << 8 | static_cast<std::uint8_t>(byte);
    if (const std::uint32_t* next = edges_.find(key)) {
      node = *next;
      continue;
    }
    node = static_cast<std::uint32_t>(nodes_.size());
    edges_.put(key, node);
    nodes_.push_back(kNothing);
  }
  if (nodes_[node] == kNothing) nodes_[node] = value;
  first_[static_cast<std::uint8_t>(text[0])] = true;
}

bool TextTrie::find(std::string_view text, std::size_t from, Match& match) const {
  for (std::size_t begin = from; begin < text.size(); ++begin) {
    if (!first_[static_cast<std::uint8_t>(text[begin])]) continue;
    match.end = begin;
    std::uint32_t node = 0;
    for (std::size_t pos = begin; pos < text.size();) {
      const std::uint32_t* next =
          edges_.find(std::uint64_t{node} << 8 | static_cast<std::uint8_t>(text[pos]));
      if (next == nullptr) break;
      node = *next;
      ++pos;
      if (nodes_[node] != kNothing) match = {begin, pos, nodes_[node]};
    }
    if (match.end > begin) return true;
  }
  return false;
}

AddedTokens::AddedTokens(std::vector<AddedToken> tokens, const Normalizer& normalizer)
    : tokens_(std::move(tokens)) {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    AddedToken& token = tokens_[i];
    by_text_.try_emplace(token.text, i);
    by_id_.try_emplace(token.id, i);
    token.form = token.text;
    if (token.normalized) normalize(normalizer, token.form);
    if (token.form.empty()) continue;
    (token.normalized ? normalized_ : raw_).add(token.form, static_cast<std::uint32_t>(i));
  }
}

void AddedTokens::split(std::string_view text, bool normalized, std::span<const TextRange> quoted,
                        std::vector<Piece>& pieces) const {
  const TextTrie& trie = normalized ? normalized_ : raw_;
  std::size_t done = 0;
  TextTrie::Match match{};
  for (std::size_t from = 0; !trie.empty() && trie.find(text, from, match); from = match.end) {
    const AddedToken& token = tokens_[match.value];
    if (token.special && touches(quoted, match)) continue;
    if (token.single_word &&
        (ends_with_word(text.substr(0, match.begin)) || starts_with_word(text.substr(match.end)))) {
      continue;
    }
    std::size_t begin = match.begin, end = match.end;
    // The token before may have taken these blanks already.
    if (token.strip_left) begin = std::max(without_space_at_end(text.substr(0, begin)), done);
    if (token.strip_right) end += space_at_start(text.substr(end));
    if (done < begin) pieces.push_back({nullptr, text.substr(done, begin - done)});
    pieces.push_back({&token, text.substr(begin, end - begin)});
    done = end;
  }
  if (done < text.size()) pieces.push_back({nullptr, text.substr(done)});
}

const AddedToken* AddedTokens::find(std::string_view text) const {
  const auto found = by_text_.find(std::string(text));
  return found == by_text_.end() ? nullptr : &tokens_[found->second];
}

const AddedToken* AddedTokens::find(TokenId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &tokens_[found->second];
}

}  // namespace vernier::engine
