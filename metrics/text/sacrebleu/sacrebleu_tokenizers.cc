#include "metrics/text/sacrebleu/sacrebleu_tokenizers.h"

#include <unicode/uchar.h>

#include <array>
#include <cstdint>

#include "metrics/text/sacrebleu/mteval.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::text {
namespace {

void tokenize_13a(std::string_view text, TokenList& tokens) {
  constexpr MtevalRules rules{};
  // Not find_first_of(), which calls memchr() for every byte.
  unsigned char special = 0;
  for (const char c : text) {
    special |= static_cast<unsigned char>((c == '<') | (c == '&') | (c == '\n'));
  }
  if (special == 0) {
    tokenize_mteval(text, rules, tokens);
    return;
  }
  std::string decoded(text);
  replace_all(decoded, "<skipped>", "");
  replace_all(decoded, "-\n", "");
  replace_all(decoded, "\n", " ");
  decode_mteval_entities(decoded);
  tokenize_mteval(decoded, rules, tokens);
}

void tokenize_zh(std::string_view text, TokenList& tokens) {
  tokenize_mteval(strip_left(text), {.padded = false, .chinese = true}, tokens);
}

void tokenize_characters(std::string_view text, TokenList& tokens) {
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t begin = pos;
    if (!is_python_space(next_code_point(text, pos))) tokens.push(text.substr(begin, pos - begin));
  }
}

enum class Category : std::uint8_t { kOther, kSpace, kNumber, kPunctuation, kSymbol };

Category category(char32_t c) {
  const std::uint32_t mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  if (mask & U_GC_P_MASK) return Category::kPunctuation;
  if (mask & U_GC_S_MASK) return Category::kSymbol;
  if (mask & U_GC_N_MASK) return Category::kNumber;
  return is_python_space(c) ? Category::kSpace : Category::kOther;
}

// Of the next character; moves `pos` behind it.
Category next_category(std::string_view text, std::size_t& pos) {
  static const std::array<Category, 128> ascii = [] {
    std::array<Category, 128> table{};
    for (char32_t c = 0; c < 128; ++c) table[c] = category(c);
    return table;
  }();
  const auto byte = static_cast<unsigned char>(text[pos]);
  if (byte >= 0x80) return category(next_code_point(text, pos));
  ++pos;
  return ascii[byte];
}

// The original substitutes, without overlapping matches of one pattern,
//   (\P{N})(\p{P}) -> "\1 \2 "    then    (\p{P})(\P{N}) -> " \1 \2"    then    (\p{S}) -> " \1 "
// A punctuation mark that the first pattern took as its second character is no first character of
// its next match; after the first pattern no two marks are adjacent, so the second one never meets
// that case.
void tokenize_international(std::string_view text, TokenList& tokens) {
  std::size_t begin = 0, pos = 0;
  const auto cut = [&](std::size_t end) {
    if (end > begin) tokens.push(text.substr(begin, end - begin));
    begin = end;
  };
  Category left = Category::kNumber;  // before the text no pattern matches either
  Category here = text.empty() ? Category::kOther : next_category(text, pos);
  bool used = false;  // the character before is the mark of a match of the first pattern
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = pos;
    const Category right = end < text.size() ? next_category(text, pos) : Category::kNumber;
    const bool left_used = used;
    used = here == Category::kPunctuation && left != Category::kNumber && !left_used;
    if (here == Category::kSymbol || used ||
        (here == Category::kPunctuation && right != Category::kNumber)) {
      cut(at);
      cut(end);
    } else if (here == Category::kSpace) {
      cut(at);
      begin = end;
    }
    left = here;
    here = right;
    at = end;
  }
  cut(text.size());
}

struct Kind {
  std::string_view name, lower_case_name;
  void (*tokenize)(std::string_view text, TokenList& tokens);
};

// "char" is the name of vernier's own lower-casing tokeniser.
constexpr std::array<Kind, 5> kKinds = {{
    {"13a", "13a-lc", tokenize_13a},
    {"intl", "intl-lc", tokenize_international},
    {"sacrebleu-char", "sacrebleu-char-lc", tokenize_characters},
    {"zh", "zh-lc", tokenize_zh},
    {"none", "none-lc", push_words},
}};

class SacrebleuTokenizerOf final : public Tokenizer {
 public:
  SacrebleuTokenizerOf(const Kind& kind, bool lowercase) : kind_(kind), lowercase_(lowercase) {}

  std::string_view name() const override { return lowercase_ ? kind_.lower_case_name : kind_.name; }
  void tokenize(std::string_view text, std::string_view, TokenList& tokens) const override {
    if (lowercase_) {
      const std::string lower = to_lower(text);
      kind_.tokenize(strip_right(lower), tokens);
    } else {
      kind_.tokenize(strip_right(text), tokens);
    }
  }

 private:
  const Kind& kind_;
  bool lowercase_;
};

}  // namespace

std::unique_ptr<Tokenizer> make_sacrebleu_tokenizer(SacrebleuTokenizer kind, bool lowercase) {
  return std::make_unique<SacrebleuTokenizerOf>(kKinds[static_cast<std::size_t>(kind)], lowercase);
}

}  // namespace vernier::text
