#include "judges/visce/rating/number_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

namespace vernier::visce {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '*' || c == '_'; }

/// A number as it stands in the text.
struct Found {
  std::size_t begin, end;
  double value;
  bool whole;  ///< without decimals
  bool negative = false;
  double of = 0;  ///< "/10", "out of 10", "%": 10, 10, 100; 0: none
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {
    lower_ = text;
    for (char& c : lower_) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
  }

  std::vector<Found> numbers() const {
    std::vector<Found> out;
    for (std::size_t i = 0; i < text_.size();) {
      if (!is_digit(text_[i])) {
        ++i;
        continue;
      }
      Found found = number_at(i);
      i = found.end;
      if (part_of_word(found)) continue;
      i = std::max(i, scale_behind(found));
      out.push_back(found);
    }
    return out;
  }

  /// Whether "score" or "rating" stands before this place, with nothing but a few words that lead
  /// up to the number between.
  bool cued(const Found& found) const {
    constexpr std::array<std::string_view, 3> kCues = {"score", "rating", "rate "};
    std::size_t best = std::string::npos;
    for (const std::string_view cue : kCues) {
      const std::size_t at = lower_.rfind(cue, found.begin);
      if (at != std::string::npos && at < found.begin && (best == std::string::npos || at > best)) {
        best = at + cue.size();
      }
    }
    if (best == std::string::npos || best > found.begin) return false;
    const std::string_view between = std::string_view(lower_).substr(best, found.begin - best);
    constexpr std::size_t kFar = 40;
    return between.size() <= kFar && between.find_first_of("0123456789.!?\n") == between.npos;
  }

  /// "0-100", "0 to 100", "from 0", "between 0 and 100": the scale that was asked for, said again.
  bool in_range(const Found& found) const {
    const std::string_view after = trimmed_after(found.end);
    const std::string_view before = trimmed_before(found.begin);
    const auto ends = [&](std::string_view word) {
      return before.ends_with(word) &&
             (before.size() == word.size() || !is_letter(before[before.size() - word.size() - 1]));
    };
    const auto digits_before = [&](std::string_view word) {
      std::string_view rest = before.substr(0, before.size() - word.size());
      while (!rest.empty() && is_blank(rest.back())) rest.remove_suffix(1);
      return !rest.empty() && is_digit(rest.back());
    };
    for (const std::string_view word : {"to", "-", "\xe2\x80\x93", "and"}) {
      if (before.ends_with(word) && digits_before(word)) return true;
      if (!after.starts_with(word)) continue;
      std::string_view rest = after.substr(word.size());
      while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
      if (!rest.empty() && is_digit(rest.front())) return true;
    }
    return ends("scale of") || ends("from") || ends("between");
  }

  /// "1. First ..." at the beginning of a line.
  bool numbers_a_list(const Found& found) const {
    const std::string_view before = std::string_view(text_).substr(0, found.begin);
    const std::size_t line = before.find_last_of('\n') + 1;
    if (before.find_first_not_of(" \t", line) != before.npos) return false;
    if (found.end + 1 >= text_.size()) return false;
    return (text_[found.end] == '.' || text_[found.end] == ')') && is_blank(text_[found.end + 1]) &&
           found.end + 2 < text_.size();
  }

 private:
  Found number_at(std::size_t begin) const {
    std::size_t end = begin;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    bool whole = true;
    const bool decimal = end + 1 < text_.size() && (text_[end] == '.' || text_[end] == ',') &&
                         is_digit(text_[end + 1]);
    if (decimal) {
      whole = false;
      for (++end; end < text_.size() && is_digit(text_[end]);) ++end;
    }
    std::string digits(text_.substr(begin, end - begin));
    std::ranges::replace(digits, ',', '.');
    Found found{begin, end, std::strtod(digits.c_str(), nullptr), whole};
    found.negative = begin > 0 && text_[begin - 1] == '-' &&
                     (begin < 2 || is_blank(text_[begin - 2]) || text_[begin - 2] == ':');
    return found;
  }

  bool part_of_word(const Found& found) const {
    const bool before = found.begin > 0 && is_letter(text_[found.begin - 1]);
    const bool after = found.end < text_.size() && is_letter(text_[found.end]);
    // 12:30, 3.5.2, 2024-05-01
    const auto joined = [&](char c) { return c == ':' || c == '.' || c == '-' || c == '/'; };
    const bool clock =
        found.end + 1 < text_.size() && text_[found.end] == ':' && is_digit(text_[found.end + 1]);
    const bool more = found.begin > 1 && joined(text_[found.begin - 1]) &&
                      is_digit(text_[found.begin - 2]) && text_[found.begin - 1] != '/' &&
                      text_[found.begin - 1] != '-';
    return before || after || clock || more;
  }

  /// Reads "/10", "out of 10", "%" behind a number; where it ends.
  std::size_t scale_behind(Found& found) const {
    std::size_t at = found.end;
    while (at < text_.size() && is_blank(text_[at])) ++at;
    if (at < text_.size() && text_[at] == '%') {
      found.of = 100;
      return at + 1;
    }
    if (std::string_view(lower_).substr(at).starts_with("percent")) {
      found.of = 100;
      return at + 7;
    }
    if (at < text_.size() && text_[at] == '/') {
      ++at;
    } else if (std::string_view(lower_).substr(at).starts_with("out of")) {
      at += 6;
    } else {
      return found.end;
    }
    while (at < text_.size() && is_blank(text_[at])) ++at;
    if (at >= text_.size() || !is_digit(text_[at])) return found.end;
    const Found whole = number_at(at);
    found.of = whole.value;
    return whole.end;
  }

  std::string_view trimmed_after(std::size_t at) const {
    std::string_view rest = std::string_view(lower_).substr(at);
    while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
    return rest;
  }
  std::string_view trimmed_before(std::size_t at) const {
    std::string_view rest = std::string_view(lower_).substr(0, at);
    while (!rest.empty() && is_blank(rest.back())) rest.remove_suffix(1);
    return rest;
  }

  std::string_view text_;
  std::string lower_;
};

std::optional<double> on_scale(const Found& found, const NumberTextOptions& options) {
  const double low = options.scale.low, high = options.scale.high;
  if (found.negative) return std::nullopt;
  double value = found.value;
  if (found.of > 0) {
    if (value > found.of) return std::nullopt;
    value = low + value / found.of * (high - low);
  } else if (options.unit_interval) {
    if (value > 1) return std::nullopt;
    value = low + value * (high - low);
  }
  if (value < low || value > high) return std::nullopt;
  return value;
}

bool is_year(const Found& found) {
  return found.whole && found.end - found.begin == 4 && found.value >= 1000 && found.value < 3000;
}

}  // namespace

std::optional<double> read_number(std::string_view text, const NumberTextOptions& options) {
  const Scanner scanner(text);
  std::optional<double> cued, any;
  for (const Found& found : scanner.numbers()) {
    if (is_year(found) && found.of == 0) continue;
    if (found.of == 0 && (scanner.in_range(found) || scanner.numbers_a_list(found))) continue;
    const std::optional<double> value = on_scale(found, options);
    if (!value) continue;
    any = value;
    if (scanner.cued(found)) cued = value;
  }
  return cued ? cued : any;
}

}  // namespace vernier::visce
