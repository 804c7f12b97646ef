// Any text through every tokeniser: tokens of valid UTF-8, none empty, in total not much longer
// than the text; the same on every call; only ptb looks at the following text, and its tokens hold
// no line break. The first byte chooses a tokeniser or all of them; with one, the second byte may
// repeat the text, so that work that is not linear runs into the time limit; a byte 0xFF begins the
// following text.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "metrics/text/tokenizer.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;

constexpr std::size_t kMostBytes = 64 << 10;

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t pos = 0; pos < text.size(); ++count) text::next_code_point(text, pos);
  return count;
}

template <class Is>
bool holds(std::string_view text, Is is) {
  for (std::size_t pos = 0; pos < text.size();) {
    if (is(text::next_code_point(text, pos))) return true;
  }
  return false;
}

bool is_line_break(char32_t c) { return (c >= '\n' && c <= '\r') || c == 0x2028 || c == 0x2029; }

/// What a token may be, by tokeniser.
void require_token(std::string_view tokenizer, std::string_view token) {
  require(!token.empty());
  fuzz::require_utf8(token);
  if (tokenizer.starts_with("ptb")) {
    require(!holds(token, is_line_break));
  } else if (tokenizer.starts_with("rouge")) {
    require(std::all_of(token.begin(), token.end(),
                        [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }));
  } else if (tokenizer != "icu") {
    require(!holds(token, text::is_python_space));
    if (tokenizer.ends_with("char")) require(code_points(token) == 1);
  }
}

void require_equal(const text::TokenList& a, const text::TokenList& b, std::size_t b_begin) {
  require(a.size() + b_begin == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) require(a[i] == b[b_begin + i]);
}

void check(std::string_view name, const text::Tokenizer& tokenizer, std::string_view text,
           std::string_view following) {
  text::TokenList tokens;
  tokenizer.tokenize(text, following, tokens);
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    require_token(name, tokens[i]);
    bytes += tokens[i].size();
  }
  // A bracket becomes -LRB-; all else grows less.
  require(bytes <= 6 * text.size());
  text::TokenList again;
  again.push("before");
  tokenizer.tokenize(text, name.starts_with("ptb") ? following : "", again);
  require_equal(tokens, again, 1);
}

std::string repeated(const std::string& text) {
  std::string out = text;
  while (!text.empty() && out.size() + text.size() <= kMostBytes) out += text;
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::unique_ptr<text::Tokenizer>> tokenizers = [] {
    std::vector<std::unique_ptr<text::Tokenizer>> all;
    for (const auto& info : text::tokenizers()) all.push_back(text::open_tokenizer(info.name));
    return all;
  }();
  fuzz::Input input(data, size);
  const std::size_t chosen = input.byte();
  const bool all = chosen >= tokenizers.size();
  const bool repeat = input.byte() == 0xFF && !all;
  const std::vector<std::string> texts = fuzz::read_texts(input.rest(), 2);
  const std::string text = repeat ? repeated(texts[0]) : texts[0];
  const std::string following = texts.size() > 1 ? texts[1] : "";
  for (std::size_t i = 0; i < tokenizers.size(); ++i) {
    if (!all && chosen != i) continue;
    check(text::tokenizers()[i].name, *tokenizers[i], text, following);
  }
  return 0;
}
