#include "runners/pipeline/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace vernier {

Progress::Progress(std::string label, bool quiet)
    : label_(std::move(label)),
      enabled_(!quiet && isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      next_(start_ + std::chrono::milliseconds(500)) {}

void Progress::update(std::uint64_t done, std::uint64_t total) {
  if (!enabled_) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done) / seconds;
  if (total == 0) {
    fmt::print(stderr, "\r\x1b[K{} {} ({:.0f}/s)", label_, done, rate);
  } else {
    const double share = static_cast<double>(done) / static_cast<double>(total);
    const int bars = std::clamp(static_cast<int>(share * 30), 0, 30);
    fmt::print(stderr, "\r\x1b[K{} [{:<30}] {:3.0f}%  {:.0f}/s  {:.0f} s left", label_,
               std::string(static_cast<std::size_t>(bars), '#'), share * 100, rate,
               static_cast<double>(total - done) / rate);
  }
  std::fflush(stderr);
}

void Progress::restart(std::string label) {
  clear();
  label_ = std::move(label);
  start_ = Clock::now();
  next_ = start_ + std::chrono::milliseconds(500);
}

void Progress::clear() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
  shown_ = false;
}

}  // namespace vernier
