#include "results/report/html/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/printable.h"

namespace vernier::report {
namespace {

constexpr std::string_view kUndefined = "–";

std::string with_minus(std::string text) {
  if (text.starts_with('-')) text.replace(0, 1, "−");
  return text;
}

/// Nothing but zeros is left of a small number: no minus.
bool rounds_to_zero(std::string_view text) {
  return text.find_first_not_of("-0.") == std::string_view::npos;
}

}  // namespace

std::string visible(std::string_view text) { return printable(text, text.size()); }
std::string html(std::string_view text) { return escape_markup(visible(text)); }

std::string script_json(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 16);
  for (const char c : json) {
    // Outside of strings JSON has none of these; inside they may be escapes.
    if (c == '<' || c == '>' || c == '&') {
      out += fmt::format("\\u{:04x}", c);
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string count_text(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count_text(count), what, count == 1 ? "" : "s");
}

int decimals_for(double value) { return std::abs(value) <= 10 || std::isnan(value) ? 4 : 2; }

std::string number_text(double value, int decimals) {
  if (!std::isfinite(value)) return std::string(kUndefined);
  const std::string text = fmt::format("{:.{}f}", value, decimals);
  return rounds_to_zero(text) ? text.substr(text.starts_with('-')) : with_minus(text);
}

std::string signed_text(double value, int decimals) {
  if (!std::isfinite(value)) return std::string(kUndefined);
  return with_minus(fmt::format("{:+.{}f}", value, decimals));
}

std::string interval_text(double low, double high, int decimals) {
  if (!std::isfinite(low) || !std::isfinite(high)) return std::string(kUndefined);
  return fmt::format("[{}, {}]", number_text(low, decimals), number_text(high, decimals));
}

std::string signed_interval_text(double low, double high, int decimals) {
  if (!std::isfinite(low) || !std::isfinite(high)) return std::string(kUndefined);
  return fmt::format("[{}, {}]", signed_text(low, decimals), signed_text(high, decimals));
}

std::string probability_text(double p) {
  if (!std::isfinite(p)) return std::string(kUndefined);
  return p < 0.0001 ? "< 0.0001" : fmt::format("{:.4f}", p);
}

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string power_of_ten_text(int power) {
  constexpr std::array<std::string_view, 10> kRaised = {"⁰", "¹", "²", "³", "⁴",
                                                        "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out = power < 0 ? "10⁻" : "10";
  for (const char digit : std::to_string(std::abs(power))) {
    out += kRaised[static_cast<std::size_t>(digit - '0')];
  }
  return out;
}

std::string significant_text(double value, int digits) {
  if (!std::isfinite(value)) return std::string(kUndefined);
  if (value == 0) return "0";
  // As it is rounded: 9.9996 has the size of 10.
  const std::string rounded = fmt::format("{:.{}e}", value, digits - 1);
  const std::size_t at = rounded.find('e');
  const int power = std::stoi(rounded.substr(at + 1));
  if (power < -4 || power > 5) {
    return with_minus(fmt::format("{}·{}", rounded.substr(0, at), power_of_ten_text(power)));
  }
  return number_text(value, std::max(0, digits - 1 - power));
}

std::string significant_interval_text(double low, double high, int digits) {
  if (!std::isfinite(low) || !std::isfinite(high)) return std::string(kUndefined);
  return fmt::format("[{}, {}]", significant_text(low, digits), significant_text(high, digits));
}

}  // namespace vernier::report
