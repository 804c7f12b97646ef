#include "datasets/image_ids.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace vernier {
namespace {

constexpr std::array kRules = {IdRule::kExact, IdRule::kNumeric, IdRule::kFileStem,
                               IdRule::kFileNumber};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view digits(std::string_view text, std::size_t pos) {
  std::size_t end = pos;
  while (end < text.size() && is_digit(text[end])) ++end;
  return text.substr(pos, end - pos);
}

/// The integer that a decimal number stands for, without leading zeros; "" when the text is no
/// number or the number no integer of at most 40 digits.
std::string_view integer(std::string_view id, std::string& buffer) {
  const bool negative = id.starts_with('-');
  std::size_t pos = negative ? 1 : 0;
  const std::string_view whole = digits(id, pos);
  if (whole.empty()) return {};
  pos += whole.size();
  std::string_view fraction;
  if (pos < id.size() && id[pos] == '.') {
    fraction = digits(id, pos + 1);
    if (fraction.empty()) return {};
    pos += 1 + fraction.size();
  }
  int exponent = 0;
  if (pos < id.size() && (id[pos] == 'e' || id[pos] == 'E')) {
    ++pos;
    if (pos < id.size() && id[pos] == '+') ++pos;
    const auto [end, error] = std::from_chars(id.data() + pos, id.data() + id.size(), exponent);
    if (error != std::errc()) return {};
    pos = static_cast<std::size_t>(end - id.data());
  }
  if (pos != id.size() || exponent < -40 || exponent > 40) return {};
  std::string number(whole);
  number += fraction;
  std::ptrdiff_t zeros = exponent - static_cast<std::ptrdiff_t>(fraction.size());
  for (; zeros < 0 && number.ends_with('0'); ++zeros) number.pop_back();
  if (number.find_first_not_of('0') == std::string::npos) zeros = 0;
  if (zeros < 0) return {};
  number.append(static_cast<std::size_t>(zeros), '0');
  const std::size_t first = std::min(number.find_first_not_of('0'), number.size());
  number.erase(0, first);
  if (number.empty()) number.assign(1, '0');
  if (number.size() > 40) return {};
  buffer.assign(negative && number != "0" ? 1 : 0, '-');
  buffer += number;
  return buffer;
}

/// File name without folders and without an ending of up to five letters and digits that begins
/// with a letter.
std::string_view stem(std::string_view id) {
  const std::size_t slash = id.find_last_of("/\\");
  if (slash != std::string_view::npos) id.remove_prefix(slash + 1);
  const std::size_t dot = id.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return id;
  const std::string_view ending = id.substr(dot + 1);
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool known = !ending.empty() && ending.size() <= 5 && is_letter(ending[0]) &&
                     std::all_of(ending.begin(), ending.end(),
                                 [&](char c) { return is_letter(c) || is_digit(c); });
  return known ? id.substr(0, dot) : id;
}

/// The digits that end the stem, if nothing but digits follows the last separator, without leading
/// zeros.
std::string_view file_number(std::string_view id) {
  std::string_view name = stem(id);
  const std::size_t separator = name.find_last_of("_-. ");
  if (separator != std::string_view::npos) name.remove_prefix(separator + 1);
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_digit)) return {};
  return name.substr(std::min(name.find_first_not_of('0'), name.size() - 1));
}

using Ids = std::vector<std::string_view>;

Ids distinct(std::span<const std::string_view> ids) {
  std::unordered_set<std::string_view> seen;
  Ids result;
  for (const std::string_view id : ids) {
    if (seen.insert(id).second) result.push_back(id);
  }
  return result;
}

/// The keys of distinct ids; empty when two of them have one key.
std::unordered_set<std::string> keys(IdRule rule, const Ids& ids) {
  std::unordered_set<std::string> result;
  std::string buffer;
  for (const std::string_view id : ids) {
    if (!result.emplace(IdMatcher::key(rule, id, buffer)).second) return {};
  }
  return result;
}

}  // namespace

std::string_view IdMatcher::key(IdRule rule, std::string_view id, std::string& buffer) {
  std::string_view found;
  switch (rule) {
    case IdRule::kExact:
      break;
    case IdRule::kNumeric:
      found = integer(id, buffer);
      break;
    case IdRule::kFileStem:
      found = stem(id);
      break;
    case IdRule::kFileNumber:
      found = file_number(id);
      break;
  }
  return found.empty() ? id : found;
}

IdMatcher::IdMatcher(std::span<const std::string_view> candidates,
                     std::span<const std::string_view> references) {
  const Ids candidate_ids = distinct(candidates);
  const Ids reference_ids = distinct(references);
  candidates_ = candidate_ids.size();
  for (const IdRule rule : kRules) {
    const auto candidate_keys = keys(rule, candidate_ids);
    const auto reference_keys = keys(rule, reference_ids);
    std::size_t matched = 0;
    for (const std::string& key : candidate_keys) matched += reference_keys.count(key);
    if (matched > matched_) {
      matched_ = matched;
      rule_ = rule;
    }
    if (matched_ == candidates_) return;
  }
}

const char* IdMatcher::description() const {
  switch (rule_) {
    case IdRule::kExact:
      return "exact";
    case IdRule::kNumeric:
      return "numeric value";
    case IdRule::kFileStem:
      return "file name without ending";
    case IdRule::kFileNumber:
      return "number in the file name";
  }
  return "";
}

MatchedIds match_ids(std::span<const std::string_view> candidates,
                     std::span<const std::string_view> references) {
  const IdMatcher matcher(candidates, references);
  std::unordered_map<std::string, std::size_t> index;
  index.reserve(references.size());
  std::string buffer;
  for (std::size_t i = 0; i < references.size(); ++i) {
    index.emplace(matcher.key(references[i], buffer), i);
  }
  MatchedIds matched;
  matched.rule = matcher.description();
  for (const std::string_view id : candidates) {
    const auto found = index.find(std::string(matcher.key(id, buffer)));
    matched.images.push_back(found == index.end() ? MatchedIds::kNone : found->second);
  }
  return matched;
}

}  // namespace vernier
