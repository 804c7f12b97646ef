#include "judges/engine/tokenizer/patterns/split_pattern.h"

#include <array>

#include "judges/engine/tokenizer/patterns/code_points.h"

namespace vernier::engine {
namespace {

constexpr std::string_view kGpt2Expression =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr std::string_view kQwen2Expression =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|)"
    R"(\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kLlama3Expression =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|)"
    R"(\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kClipMarkedExpression =
    R"(<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+)";
constexpr std::string_view kClipMarks = R"(<\|startoftext\|>|<\|endoftext\|>|)";
constexpr std::array kAll = {SplitPattern::kGpt2, SplitPattern::kQwen2, SplitPattern::kLlama3,
                             SplitPattern::kClip, SplitPattern::kClipMarked};

enum class Kind { kLetter, kNumber, kSpace, kLineEnd, kOther, kNothing };

/// The kind of the character at `pos`, which is moved behind it; kNothing at the end.
Kind take(std::string_view text, std::size_t& pos) {
  if (pos == text.size()) return Kind::kNothing;
  const char32_t c = text::next_code_point(text, pos);
  if (is_letter(c)) return Kind::kLetter;
  if (c == '\r' || c == '\n') return Kind::kLineEnd;
  if (is_white_space(c)) return Kind::kSpace;
  return is_number(c) ? Kind::kNumber : Kind::kOther;
}

Kind kind_at(std::string_view text, std::size_t pos) { return take(text, pos); }

/// Behind the characters of a kind that begin at `pos`, `most` at most.
std::size_t run_end(Kind kind, std::string_view text, std::size_t pos,
                    std::size_t most = std::string_view::npos) {
  for (std::size_t next = pos; most > 0 && take(text, next) == kind; --most) pos = next;
  return pos;
}

char fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Length of 's, 't, 're, 've, 'm, 'll or 'd at `pos`, 0 for none.
std::size_t contraction(std::string_view text, std::size_t pos, bool any_case) {
  if (text[pos] != '\'') return 0;
  const auto letter = [&](std::size_t at) {
    if (pos + at >= text.size()) return '\0';
    return any_case ? fold(text[pos + at]) : text[pos + at];
  };
  const char first = letter(1), second = letter(2);
  if (first == 's' || first == 't' || first == 'm' || first == 'd') return 2;
  if ((first == 'r' || first == 'v') && second == 'e') return 3;
  if (first == 'l' && second == 'l') return 3;
  // The long s is an s of another case (measured: Oniguruma takes it, too).
  return any_case && text.substr(pos + 1).starts_with("\u017F") ? 3 : 0;
}

/// White space that no other alternative takes: \s+(?!\S)|\s+ leaves the last character to the next
/// piece, where something follows and it is not the only one. With `lines`, \s*[\r\n]+ comes first.
std::size_t space_end(std::string_view text, const std::size_t pos, bool lines) {
  std::size_t end = pos, last = pos, line = pos;
  for (std::size_t next = pos;;) {
    const Kind kind = take(text, next);
    if (kind != Kind::kSpace && kind != Kind::kLineEnd) break;
    if (kind == Kind::kLineEnd) line = next;
    last = end;
    end = next;
  }
  if (lines && line > pos) return line;
  return end == text.size() || last == pos ? end : last;
}

std::size_t gpt2_end(std::string_view text, std::size_t pos) {
  if (const std::size_t length = contraction(text, pos, false)) return pos + length;
  const std::size_t begin = text[pos] == ' ' ? pos + 1 : pos;
  const Kind kind = kind_at(text, begin);
  if (kind == Kind::kLetter || kind == Kind::kNumber || kind == Kind::kOther) {
    return run_end(kind, text, begin);
  }
  return space_end(text, pos, false);
}

std::size_t lines_end(std::string_view text, std::size_t pos, std::size_t most_numbers) {
  if (const std::size_t length = contraction(text, pos, true)) return pos + length;
  std::size_t second = pos;
  const Kind first = take(text, second);
  if (first == Kind::kLetter) return run_end(Kind::kLetter, text, second);
  if (first == Kind::kNumber) return run_end(Kind::kNumber, text, pos, most_numbers);
  if (first != Kind::kLineEnd && kind_at(text, second) == Kind::kLetter) {
    return run_end(Kind::kLetter, text, second);
  }
  const std::size_t begin = text[pos] == ' ' ? second : pos;
  if (kind_at(text, begin) == Kind::kOther) {
    return run_end(Kind::kLineEnd, text, run_end(Kind::kOther, text, begin));
  }
  return space_end(text, pos, true);
}

std::size_t clip_end(std::string_view text, std::size_t pos, bool marked) {
  if (marked) {
    for (const std::string_view mark : {"<|startoftext|>", "<|endoftext|>"}) {
      if (text.substr(pos).starts_with(mark)) return pos + mark.size();
    }
  }
  if (const std::size_t length = contraction(text, pos, false)) return pos + length;
  std::size_t second = pos;
  const Kind kind = take(text, second);
  if (kind == Kind::kNumber) return second;
  if (kind == Kind::kLetter || kind == Kind::kOther) return run_end(kind, text, second);
  for (std::size_t next = second; next < text.size(); second = next) {
    const Kind following = take(text, next);
    if (following != Kind::kSpace && following != Kind::kLineEnd) break;
  }
  return second;
}

}  // namespace

std::optional<SplitPattern> split_pattern(std::string_view expression) {
  for (const SplitPattern pattern : kAll) {
    if (expression == expression_of(pattern)) return pattern;
  }
  return std::nullopt;
}

std::string_view expression_of(SplitPattern pattern) {
  switch (pattern) {
    case SplitPattern::kGpt2:
      return kGpt2Expression;
    case SplitPattern::kQwen2:
      return kQwen2Expression;
    case SplitPattern::kLlama3:
      return kLlama3Expression;
    case SplitPattern::kClip:
      return kClipMarkedExpression.substr(kClipMarks.size());
    case SplitPattern::kClipMarked:
      return kClipMarkedExpression;
  }
  return {};
}

std::size_t match_end(SplitPattern pattern, std::string_view text, std::size_t pos) {
  if (pattern == SplitPattern::kGpt2) return gpt2_end(text, pos);
  if (leaves_space(pattern)) return clip_end(text, pos, pattern == SplitPattern::kClipMarked);
  return lines_end(text, pos, pattern == SplitPattern::kQwen2 ? 1 : 3);
}

}  // namespace vernier::engine
