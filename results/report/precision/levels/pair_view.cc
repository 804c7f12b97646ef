#include "results/report/precision/levels/pair_view.h"

#include <fmt/format.h>

#include <cmath>

#include "results/report/html/text.h"
#include "results/report/samples/excerpt.h"

namespace vernier::report {
namespace {

constexpr std::size_t kLongestLabel = 12, kColours = 6;

std::string in_bold(const std::string& value, const std::string& interval,
                    const PrecisionNumber& number) {
  if (!std::isfinite(number.low) || !std::isfinite(number.high)) {
    return fmt::format("<b>{}</b>", value);
  }
  return fmt::format("<b>{}</b> {}", value, interval);
}

/// The first checkpoint's colour is nobody else's.
std::size_t colour_of(std::size_t number) {
  return number == 0 ? 0 : 1 + (number - 1) % (kColours - 1);
}

}  // namespace

std::string checkpoint_badge(const PrecisionCheckpoint& checkpoint, std::size_t number) {
  return fmt::format("<b class=\"badge run-{}\">{}</b>", colour_of(number),
                     html(cut_text(checkpoint.label, kLongestLabel)));
}

std::string PairView::tone() const { return fmt::format("run-{}", colour_of(number)); }

std::string PairView::open(std::string_view level, std::string_view title) const {
  return fmt::format("<section id=\"{0}-{1}\" class=\"level\"><h{2}>{3}</h{2}>\n", anchor, level,
                     heading, title);
}

std::string interval_html(const PrecisionNumber& number, int decimals) {
  return in_bold(number_text(number.value, decimals),
                 interval_text(number.low, number.high, decimals), number);
}

std::string interval_html(const PrecisionNumber& number) {
  return in_bold(significant_text(number.value), significant_interval_text(number.low, number.high),
                 number);
}

std::string speed_text(double tokens) {
  if (!(tokens >= 100 && tokens < 1e15)) return number_text(tokens, 1);
  return count_text(static_cast<std::uint64_t>(std::llround(tokens)));
}

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  return fmt::format("{} of {} ({}\u00a0%)", count_text(part), count_text(whole),
                     number_text(100 * static_cast<double>(part) / static_cast<double>(whole), 1));
}

}  // namespace vernier::report
