#include "metrics/spice/caption/sentences.h"

#include <algorithm>

#include "metrics/text/ptb/ptb_tokenizer.h"

namespace vernier::spice {
namespace {

/// A token that ends a sentence: a full stop, or any number of exclamation and question marks.
bool ends_sentence(std::string_view token) {
  return token == "." ||
         std::all_of(token.begin(), token.end(), [](char c) { return c == '!' || c == '?'; });
}

/// A token that still belongs to the sentence that ended right before it.
bool belongs_to_ended(std::string_view token) {
  constexpr std::string_view kFollowers[] = {")",     "]",     "\"",    "'",      "''",
                                             "-RRB-", "-RSB-", "-RCB-", "\u2019", "\u201D"};
  return std::find(std::begin(kFollowers), std::end(kFollowers), token) != std::end(kFollowers);
}

}  // namespace

SentenceSplitter::SentenceSplitter()
    : tokenizer_(text::make_ptb_tokenizer({.lower_case = false, .drop_punctuation = false})) {}

std::size_t SentenceSplitter::split(std::span<const std::string_view> words) {
  joined_.clear();
  for (const std::string_view word : words) {
    if (!joined_.empty()) joined_ += ' ';
    joined_ += word;
  }
  tokens_.clear();
  tokenizer_->tokenize(joined_, {}, tokens_);
  views_.clear();
  begins_.assign(1, 0);
  for (std::size_t n = 0; n < tokens_.size(); ++n) {
    const std::string_view token = tokens_[n];
    views_.push_back(token);
    const bool fresh = begins_.back() == n;
    if (fresh && n > 0 && belongs_to_ended(token)) {
      begins_.back() = n + 1;
    } else if (ends_sentence(token)) {
      begins_.push_back(n + 1);
    }
  }
  if (begins_.back() != views_.size()) begins_.push_back(views_.size());
  return begins_.size() - 1;
}

}  // namespace vernier::spice
