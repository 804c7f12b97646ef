// A progress line on stderr, only where a person looks at it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace vernier {

class Progress {
 public:
  /// Silent when `quiet`, when stderr is no terminal, or for work of less than half a second.
  Progress(std::string label, bool quiet);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// `total` 0: not known.
  void update(std::uint64_t done, std::uint64_t total);
  void clear();
  /// Ends the line and begins another one.
  void restart(std::string label);

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_;
  bool enabled_, shown_ = false;
  Clock::time_point start_, next_;
};

}  // namespace vernier
