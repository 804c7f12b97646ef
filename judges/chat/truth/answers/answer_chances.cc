#include "judges/chat/truth/answers/answer_chances.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace vernier::chat {
namespace {

using View = std::string_view;

constexpr View kBlanks = " \t\r\n";
constexpr View kDigits = "0123456789";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

View without_blanks_before(View text) {
  return text.substr(std::min(text.find_first_not_of(kBlanks), text.size()));
}

/// Bytes of the first token of a text that is not empty, with the blanks before it.
std::size_t token_size(View text) {
  const std::size_t begin = text.size() - without_blanks_before(text).size();
  std::size_t end = begin;
  while (end < text.size() && is_letter(text[end])) ++end;
  return std::min(std::max(end, begin + 1), text.size());
}

std::string form_of(View token) {
  std::string out(without_blanks_before(token));
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

/// The end of `start` that is the beginning of an answer.
View beginning_in(View start, const std::vector<AnswerChance>& all) {
  for (std::size_t i = 0; i < start.size(); ++i) {
    const bool inside = i > 0 && (is_letter(start[i - 1]) || is_digit(start[i - 1]));
    if (inside && (is_letter(start[i]) || is_digit(start[i]))) continue;
    const View end = start.substr(i);
    if (std::any_of(all.begin(), all.end(),
                    [&](const AnswerChance& one) { return one.text.starts_with(end); })) {
      return end;
    }
  }
  return {};
}

bool all_numbers(const std::vector<AnswerChance>& all) {
  return std::all_of(all.begin(), all.end(), [](const AnswerChance& one) {
    return one.text.find_first_not_of(kDigits) == std::string::npos;
  });
}

double logarithm(double probability) { return probability > 0 ? std::log(probability) : kNever; }

}  // namespace

AnswerChances::AnswerChances(const std::vector<AnswerChance>& all, View answer_start) {
  const View begun = beginning_in(answer_start, all);
  const bool numbers = all_numbers(all);
  const bool ended =
      begun.empty() && numbers && !answer_start.empty() && is_digit(answer_start.back());
  double sum = 0;
  for (const AnswerChance& one : all) {
    if (ended || !one.text.starts_with(begun)) continue;
    sum += one.probability;
    rest_.push_back({one.text.substr(begun.size()), one.probability});
  }
  if (!(sum > 0)) {
    // No answer that can come goes on so: it ends there.
    rest_ = {{std::string(), 1}};
    sum = 1;
  }
  for (AnswerChance& one : rest_) one.probability /= sum;
}

std::vector<double> AnswerChances::choices(std::span<const std::string> tokens) const {
  std::vector<double> out;
  std::vector<std::string> seen;
  for (const std::string& token : tokens) {
    if (token.empty() || token_size(token) != token.size()) {
      out.push_back(std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    const std::string form = form_of(token);
    const bool again = std::find(seen.begin(), seen.end(), form) != seen.end();
    seen.push_back(form);
    double sum = 0;
    for (const AnswerChance& one : rest_) {
      const View text = one.text;
      if (!again && !text.empty() && form_of(text.substr(0, token_size(text))) == form) {
        sum += one.probability;
      }
    }
    out.push_back(logarithm(std::min(sum, 1.0)));
  }
  return out;
}

double AnswerChances::end() const {
  double sum = 0;
  for (const AnswerChance& one : rest_) sum += one.text.empty() ? one.probability : 0;
  return logarithm(std::min(sum, 1.0));
}

const std::string& AnswerChances::likeliest() const {
  return std::max_element(rest_.begin(), rest_.end(),
                          [](const AnswerChance& a, const AnswerChance& b) {
                            return a.probability < b.probability;
                          })
      ->text;
}

WrittenText write_tokens(View text, std::size_t most, std::span<const std::string> stops) {
  WrittenText out;
  View left = text;
  for (; !left.empty() && out.tokens < most; ++out.tokens) left.remove_prefix(token_size(left));
  out.finished = left.empty();
  out.text = text.substr(0, text.size() - left.size());
  for (const std::string& stop : stops) {
    const std::size_t at = stop.empty() ? std::string::npos : out.text.find(stop);
    if (at == std::string::npos) continue;
    out.text.resize(at);
    out.finished = true;
  }
  return out;
}

std::size_t count_tokens(View text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(token_size(text));
  return count;
}

}  // namespace vernier::chat
