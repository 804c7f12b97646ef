#include "metrics/text/sacrebleu/mteval.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "metrics/text/unicode/unicode.h"

namespace vernier::text {
namespace {

enum class Byte : std::uint8_t { kWord, kSplitting, kSpace, kSymbol, kHigh };

constexpr std::array<Byte, 256> kBytes = [] {
  std::array<Byte, 256> table{};
  const auto fill = [&](unsigned first, unsigned last, Byte value) {
    for (unsigned c = first; c <= last; ++c) table[c] = value;
  };
  fill('!', '&', Byte::kSymbol);
  fill('(', '+', Byte::kSymbol);
  fill('/', '/', Byte::kSymbol);
  fill(':', '@', Byte::kSymbol);
  fill('[', '`', Byte::kSymbol);
  fill('{', '~', Byte::kSymbol);
  fill(',', '.', Byte::kSplitting);
  fill(0x09, 0x0D, Byte::kSpace);
  fill(0x1C, 0x20, Byte::kSpace);
  fill(0x80, 0xFF, Byte::kHigh);
  return table;
}();

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Range {
  char32_t first, last;
};
// sacreBLEU's table. The two ranges that begin below U+3000 and end in U+2A6D and U+2FA1 were meant
// to be Extension B and the Compatibility Supplement; four-digit escapes cut them short.
constexpr Range kChinese[] = {
    {0x2001, 0x2A6D}, {0x2E80, 0x2EFF}, {0x2F00, 0x2FDF}, {0x2FF0, 0x2FFF}, {0x3000, 0x303F},
    {0x3100, 0x312F}, {0x31A0, 0x31BF}, {0x31C0, 0x31EF}, {0x3200, 0x33FF}, {0x3400, 0x4DB5},
    {0x4E00, 0x9FBB}, {0xF900, 0xFA2D}, {0xFA30, 0xFA6A}, {0xFA70, 0xFAD9}, {0xFE10, 0xFE1F},
    {0xFE30, 0xFE4F}, {0xFF00, 0xFFEF}};

bool is_chinese(char32_t c) {
  const auto* range = std::lower_bound(std::begin(kChinese), std::end(kChinese), c,
                                       [](const Range& r, char32_t x) { return r.last < x; });
  return range != std::end(kChinese) && range->first <= c;
}

// A run is text without white space and symbols. The original substitutes
//   ([^0-9])([.,]) -> "\1 \2 "    then    ([.,])([^0-9]) -> " \1 \2"    then    ([0-9])(-) -> "\1
//   \2 "
// over the whole text; matches of one pattern do not overlap. Hence a mark whose left neighbour was
// itself the mark of a match of the first pattern cannot match it ("1...2" keeps ".2"). Blanks are
// never [.,], so runs do not influence each other.
void push_run(std::string_view run, bool space_before, bool space_after, TokenList& tokens) {
  std::size_t begin = 0;
  const auto cut = [&](std::size_t end) {
    if (end > begin) tokens.push(run.substr(begin, end - begin));
    begin = end;
  };
  bool used = false;  // the character before is the mark of a match of the first pattern
  for (std::size_t i = 0; i < run.size(); ++i) {
    const char c = run[i];
    bool alone = false;
    const bool left_used = used;
    used = false;
    if (c == '.' || c == ',') {
      used = i == 0 ? space_before : !is_digit(run[i - 1]) && !left_used;
      alone = used || (i + 1 == run.size() ? space_after : !is_digit(run[i + 1]));
    } else if (c == '-') {
      alone = i > 0 && is_digit(run[i - 1]);
    }
    if (alone) {
      cut(i);
      cut(i + 1);
    }
  }
  cut(run.size());
}

}  // namespace

void tokenize_mteval(std::string_view text, MtevalRules rules, TokenList& tokens) {
  std::size_t begin = 0;
  bool splitting = false;
  // Ends the run before `end`; `blank`: what follows is a blank, or has one before it.
  const auto end_run = [&](std::size_t end, bool blank) {
    std::string_view run = text.substr(begin, end - begin);
    if (run.empty()) return;
    const bool space_before = rules.padded || begin > 0;
    const bool space_after = rules.padded || end < text.size();
    const bool possessive = rules.possessive && blank && run.ends_with("'s");
    if (possessive) run.remove_suffix(2);
    if (splitting) {
      push_run(run, space_before, space_after, tokens);
      splitting = false;
    } else if (!run.empty()) {
      tokens.push(run);
    }
    if (possessive) tokens.push("'s");
  };
  for (std::size_t pos = 0; pos < text.size();) {
    switch (kBytes[static_cast<unsigned char>(text[pos])]) {
      case Byte::kWord:
        do ++pos;
        while (pos < text.size() && kBytes[static_cast<unsigned char>(text[pos])] == Byte::kWord);
        break;
      case Byte::kSplitting:
        splitting = true;
        ++pos;
        break;
      case Byte::kSpace:
        end_run(pos, text[pos] == ' ');
        begin = ++pos;
        break;
      case Byte::kSymbol:
        end_run(pos, true);
        tokens.push(text.substr(pos, 1));
        begin = ++pos;
        break;
      case Byte::kHigh: {
        const std::size_t at = pos;
        const char32_t c = next_code_point(text, pos);
        if (is_python_space(c)) {
          end_run(at, false);
          begin = pos;
        } else if (rules.chinese && is_chinese(c)) {
          end_run(at, true);
          tokens.push(text.substr(at, pos - at));
          begin = pos;
        }
        break;
      }
    }
  }
  end_run(text.size(), rules.padded);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  std::size_t found = text.find(from);
  if (found == std::string::npos) return;
  std::string out;
  std::size_t pos = 0;
  for (; found != std::string::npos; found = text.find(from, pos)) {
    out.append(text, pos, found - pos).append(to);
    pos = found + from.size();
  }
  text = std::move(out.append(text, pos));
}

void decode_mteval_entities(std::string& text) {
  replace_all(text, "&quot;", "\"");
  replace_all(text, "&amp;", "&");
  replace_all(text, "&lt;", "<");
  replace_all(text, "&gt;", ">");
}

}  // namespace vernier::text
