#include "judges/engine/tokenizer/encoder.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/error.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::engine {

Encoder::Encoder(Tokenizer tokenizer, std::size_t cached_words)
    : tokenizer_(std::move(tokenizer)), cache_(cached_words) {}

void Encoder::append(std::string_view text, const EncodeOptions& options,
                     std::vector<TokenId>& ids) {
  std::string repaired;
  if (text::find_invalid_utf8(text) != std::string_view::npos) {
    repaired = text;
    text::replace_invalid_utf8(repaired);
    text = repaired;
  }
  if (text.size() >= std::size_t{1} << 31) {
    throw Error(ExitCode::kBadInput, "text: expected less than 2 GiB");
  }
  const TokenizerParts& parts = tokenizer_.parts();
  if (options.add_special) {
    ids.insert(ids.end(), parts.post_processor.before.begin(), parts.post_processor.before.end());
  }
  raw_.clear();
  parts.added.split(text, false, options.quoted, raw_);
  for (const AddedTokens::Piece& piece : raw_) {
    if (piece.token != nullptr) {
      ids.push_back(piece.token->id);
    } else {
      append_raw(piece.text, static_cast<std::size_t>(piece.text.data() - text.data()), options,
                 ids);
    }
  }
  if (options.add_special) {
    ids.insert(ids.end(), parts.post_processor.after.begin(), parts.post_processor.after.end());
  }
}

void Encoder::append_raw(std::string_view piece, std::size_t place, const EncodeOptions& options,
                         std::vector<TokenId>& ids) {
  const TokenizerParts& parts = tokenizer_.parts();
  const bool begins_text = place == 0;
  quote_normalized(piece, place, options.quoted);
  if (!parts.normalizer.empty()) {
    normalized_ = piece;
    normalize(parts.normalizer, normalized_);
    piece = normalized_;
  }
  inner_.clear();
  parts.added.split(piece, true, quoted_, inner_);
  for (const AddedTokens::Piece& inner : inner_) {
    if (inner.token != nullptr) {
      ids.push_back(inner.token->id);
    } else {
      append_words(inner.text, begins_text && inner.text.data() == piece.data(), ids);
    }
  }
}

// Normalizers work on characters, so that a beginning's form is the form's beginning (composition
// across the edge of a quotation aside).
void Encoder::quote_normalized(std::string_view piece, std::size_t place,
                               std::span<const TextRange> quoted) {
  const Normalizer& normalizer = tokenizer_.parts().normalizer;
  const auto in_form = [&](std::size_t bytes) {
    if (normalizer.empty() || bytes == 0) return bytes;
    std::string before(piece.substr(0, bytes));
    normalize(normalizer, before);
    return before.size();
  };
  quoted_.clear();
  for (const TextRange& range : quoted) {
    const std::size_t begin = std::max(range.begin, place);
    const std::size_t end = std::min(range.end, place + piece.size());
    if (begin < end) quoted_.push_back({in_form(begin - place), in_form(end - place)});
  }
}

void Encoder::append_words(std::string_view piece, bool begins_text, std::vector<TokenId>& ids) {
  const TokenizerParts& parts = tokenizer_.parts();
  words_.set(piece, begins_text);
  words_.apply(parts.pre_tokenizer);
  words_.for_each([&](std::string_view word) {
    if (cache_.append(word, ids)) return;
    const std::size_t before = ids.size();
    parts.bpe.append(word, scratch_, ids);
    cache_.put(word, std::span<const TokenId>(ids).subspan(before));
  });
}

}  // namespace vernier::engine
