#include "results/report/precision/charts/log_scale.h"

#include <algorithm>
#include <cmath>

#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr int kFarthest = 9;
constexpr std::size_t kStripTicks = 6;

}  // namespace

double Decades::exponent(double value) const {
  return value > 0 ? std::clamp<double>(std::log10(value), low, high) : low;
}

std::vector<int> Decades::ticks(std::size_t most) const {
  const int step = 1 + (high - low) / static_cast<int>(most);
  std::vector<int> out;
  for (int power = low; power <= high; power += step) out.push_back(power);
  return out;
}

Decades decades_of(std::span<const double> values) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double value : values) {
    if (!std::isfinite(value) || !(value > 0)) continue;
    low = std::min(low, std::log10(value));
    high = std::max(high, std::log10(value));
  }
  if (low > high) return {};
  Decades out;
  out.low = static_cast<int>(std::clamp<double>(std::floor(low), -kFarthest, kFarthest - 1));
  out.high = static_cast<int>(std::clamp<double>(std::ceil(high), out.low + 1, kFarthest));
  return out;
}

StripScale strip_scale(const Decades& decades) {
  StripScale scale{static_cast<double>(decades.low), static_cast<double>(decades.high), {}, {}};
  for (const int power : decades.ticks(kStripTicks)) scale.lines.push_back(power);
  return scale;
}

std::string strip_words_svg(const Decades& decades) {
  std::vector<StripWord> words;
  for (const int power : decades.ticks(kStripTicks)) {
    words.push_back({static_cast<double>(power), power_of_ten_text(power)});
  }
  return strip_words_svg(strip_scale(decades), words);
}

}  // namespace vernier::report
