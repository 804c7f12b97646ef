#include "results/report/samples/matches.h"

#include <algorithm>

#include "base/hash.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::report {
namespace {

/// How far behind the last word found the next one may begin: what lies between are punctuation and
/// words that the tokeniser wrote otherwise.
constexpr std::size_t kReach = 256;

std::string_view tokenizer_name(const RunHeader& header) {
  for (const MetricDescription& metric : header.metrics) {
    if (metric.signature.find("|tok:icu") != std::string::npos) return "icu";
    if (metric.signature.find("|tok:char") != std::string::npos) return "char";
  }
  return "ptb";
}

/// Calls visit(first, length, hash) for all n-grams of up to `longest` tokens.
template <class Visit>
void visit_ngrams(const text::TokenList& tokens, std::size_t longest, Visit visit) {
  for (std::size_t first = 0; first < tokens.size(); ++first) {
    std::uint64_t hash = 0;
    for (std::size_t n = 1; n <= longest && first + n <= tokens.size(); ++n) {
      hash = mix(hash + n, hash_bytes(tokens[first + n - 1]) | 1);
      visit(first, n, hash);
    }
  }
}

bool inside_word(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return false;
  const auto letter = [&](std::size_t i) {
    const auto c = static_cast<unsigned char>(text[i]);
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  };
  return letter(at - 1) && letter(at);
}

/// Where a token lies in a lower-cased text at or behind `from`: at once, else where a word begins.
std::size_t find_token(std::string_view lower, std::string_view token, std::size_t from) {
  const std::string_view window = lower.substr(0, from + kReach + token.size());
  for (std::size_t at = window.find(token, from); at != std::string_view::npos;
       at = window.find(token, at + 1)) {
    if (at == from || !inside_word(lower, at)) return at;
  }
  return std::string_view::npos;
}

bool begins_character(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

/// Appends text[begin, end) with a level; joins it with what lies before where levels are equal.
void append(std::vector<Segment>& out, int level, std::string_view piece) {
  if (piece.empty()) return;
  if (!out.empty() && out.back().level == level) {
    out.back().text = {out.back().text.data(), out.back().text.size() + piece.size()};
  } else {
    out.push_back({level, piece});
  }
}

/// Blanks between two words of one level belong to them.
bool is_blank(std::string_view text) {
  return text.find_first_not_of(' ') == std::string_view::npos;
}

}  // namespace

WordMatcher::WordMatcher(const RunHeader& header)
    : tokenizer_(text::open_tokenizer(tokenizer_name(header))) {}

void WordMatcher::set_references(std::span<const std::string_view> references) {
  ngrams_.clear();
  text::TokenList tokens;
  for (const std::string_view reference : references) {
    tokens.clear();
    tokenizer_->tokenize(reference, "", tokens);
    visit_ngrams(tokens, kLongest,
                 [&](std::size_t, std::size_t, std::uint64_t hash) { ngrams_.insert(hash); });
  }
}

std::vector<Segment> WordMatcher::segments(std::string_view text) const {
  const std::string lower = text::to_lower(text);
  // Some capitals become longer or shorter in lower case; then places do not agree.
  if (lower.size() != text.size() || ngrams_.empty()) return {{0, text}};
  text::TokenList tokens;
  tokenizer_->tokenize(text, "", tokens);
  std::vector<int> levels(tokens.size());
  visit_ngrams(tokens, kLongest, [&](std::size_t first, std::size_t n, std::uint64_t hash) {
    if (!ngrams_.contains(hash)) return;
    for (std::size_t i = first; i < first + n; ++i) {
      levels[i] = std::max(levels[i], static_cast<int>(n));
    }
  });
  std::vector<Segment> out;
  std::size_t done = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::size_t at = find_token(lower, tokens[i], done);
    const std::size_t end = at + tokens[i].size();
    if (at == std::string_view::npos || !begins_character(text, at) ||
        !begins_character(text, end)) {
      continue;
    }
    const std::string_view gap = text.substr(done, at - done);
    const bool joins = !out.empty() && out.back().level == levels[i] && is_blank(gap);
    append(out, joins ? levels[i] : 0, gap);
    append(out, levels[i], text.substr(at, end - at));
    done = end;
  }
  append(out, 0, text.substr(done));
  return out;
}

}  // namespace vernier::report
