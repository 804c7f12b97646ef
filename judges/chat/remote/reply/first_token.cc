#include "judges/chat/remote/reply/first_token.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

namespace vernier::chat {
namespace {

constexpr std::size_t kMostBlanks = 4;
// Servers round, some of them 16-bit numbers.
constexpr double kMostMass = 1.01;

// What stands for a blank at a token's front: itself, SentencePiece's mark, byte-level BPE's.
constexpr std::array<std::string_view, 3> kBlankMarks = {" ", "\u2581", "\u0120"};

// How servers spell the token that ends an answer; llama-server's may be nothing.
constexpr std::array<std::string_view, 12> kEnds = {
    "",           "</s>",  "<|im_end|>", "<|eot_id|>",    "<|endoftext|>",      "<|end|>",
    "<|eom_id|>", "<eos>", "<|eot|>",    "<end_of_turn>", "<end_of_utterance>", "[EOS]"};

std::string_view without_blank(std::string_view token) {
  for (const std::string_view mark : kBlankMarks) {
    if (token.starts_with(mark)) return token.substr(mark.size());
  }
  return token;
}

bool is_blank_byte(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_blank(std::string_view token) {
  while (!token.empty()) {
    const std::string_view rest = without_blank(token);
    if (rest.size() == token.size() && !is_blank_byte(token[0])) return false;
    token = rest.size() == token.size() ? token.substr(1) : rest;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank_byte(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank_byte(text.back())) text.remove_suffix(1);
  return text;
}

double log_of_sum(double a, double b) {
  const double high = std::max(a, b), low = std::min(a, b);
  return high + std::log1p(std::exp(low - high));
}

/// Tokens with their chances, each text once.
class Chances {
 public:
  void add(const std::string& text, double log_probability) {
    const auto same = std::ranges::find(chances_, text, &TokenChance::text);
    if (same == chances_.end()) {
      chances_.push_back({text, log_probability});
    } else {
      same->log_probability = log_of_sum(same->log_probability, log_probability);
    }
  }
  std::vector<TokenChance> best_first() && {
    std::ranges::stable_sort(chances_, std::greater<>{}, &TokenChance::log_probability);
    return std::move(chances_);
  }

 private:
  std::vector<TokenChance> chances_;
};

/// The first place behind `skipped` bytes; none where a token crosses the border.
std::span<const TokenPlace> places_behind(std::span<const TokenPlace> places, std::size_t skipped) {
  std::size_t at = 0, i = 0;
  while (at < skipped && i < places.size()) at += places[i++].text.size();
  return at == skipped ? places.subspan(i) : std::span<const TokenPlace>();
}

std::vector<TokenChance> first_chances(std::span<const TokenPlace> places,
                                       std::span<const std::string> choices) {
  Chances all;
  double before = 0;  // of the blanks that were looked through
  for (std::size_t i = 0; i < places.size(); ++i) {
    const TokenPlace& place = places[i];
    const bool through = i < kMostBlanks && i + 1 < places.size() && place.log_probability &&
                         !places[i + 1].top.empty() && is_blank(place.text) &&
                         std::ranges::find(choices, place.text) == choices.end();
    bool seen = false;  // the token itself, which need not be among the likeliest
    for (const TokenChance& chance : place.top) {
      const bool itself = !seen && chance.text == place.text;
      seen = seen || itself;
      if (!(itself && through)) all.add(chance.text, before + chance.log_probability);
    }
    if (through) {
      before += *place.log_probability;
      continue;
    }
    if (!seen && place.log_probability) all.add(place.text, before + *place.log_probability);
    break;
  }
  return std::move(all).best_first();
}

}  // namespace

std::size_t repeated_start(std::string_view text, std::string_view start) {
  const std::string_view words = trimmed(start);
  std::size_t begin = 0;
  while (begin < text.size() && is_blank_byte(text[begin])) ++begin;
  return words.empty() || !text.substr(begin).starts_with(words) ? 0 : begin + words.size();
}

std::string fill_first_token(std::span<const TokenPlace> places, std::size_t skipped,
                             std::span<const std::string> choices, ChatAnswer& answer, bool ends) {
  answer.choices.assign(choices.size(), std::numeric_limits<double>::quiet_NaN());
  answer.top = first_chances(places_behind(places, skipped), choices);
  for (const TokenChance& chance : answer.top) {
    answer.top_mass += std::exp(chance.log_probability);
    if (ends && std::ranges::find(kEnds, chance.text) != kEnds.end()) {
      double& end = answer.end_choice;
      end = std::isnan(end) ? chance.log_probability : log_of_sum(end, chance.log_probability);
      continue;
    }
    auto choice = std::ranges::find(choices, chance.text);
    if (choice == choices.end()) choice = std::ranges::find(choices, without_blank(chance.text));
    if (choice == choices.end()) continue;
    double& known = answer.choices[static_cast<std::size_t>(choice - choices.begin())];
    known = std::isnan(known) ? chance.log_probability : log_of_sum(known, chance.log_probability);
  }
  if (answer.top_mass > kMostMass) return "log-probabilities that add up to more than 1";
  answer.top_mass = std::min(answer.top_mass, 1.0);
  return "";
}

}  // namespace vernier::chat
