// What a run file must not hold because it differs between equal runs: when, where, how long.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace vernier {

/// Written beside a run as RUN.log: one JSON object.
class RunLog {
 public:
  /// Starts the clock. `arguments`: the command line.
  explicit RunLog(std::vector<std::string> arguments);

  /// One more member of the log: what made the numbers.
  void note(const std::string& key, const std::string& text) { notes_.emplace_back(key, text); }

  /// Writes RUN.log for a run file. Throws Error(kOutput). Nothing is written beside standard
  /// output, pipes and devices.
  void write(const std::string& run_path, unsigned threads, std::uint64_t samples) const;

 private:
  std::vector<std::string> arguments_;
  std::vector<std::pair<std::string, std::string>> notes_;
  std::chrono::system_clock::time_point started_;
  std::chrono::steady_clock::time_point clock_;
};

}  // namespace vernier
