#include "runners/run/run_log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include <cstdlib>
#include <fstream>

#include "base/io/byte_sink.h"
#include "base/json_text.h"
#include "base/printable.h"

namespace vernier {
namespace {

// Largest memory of this program in MiB. getrusage() would also count what the process that started
// it had before.
double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  }
  return 0;
}

}  // namespace

RunLog::RunLog(std::vector<std::string> arguments)
    : arguments_(std::move(arguments)),
      started_(std::chrono::system_clock::now()),
      clock_(std::chrono::steady_clock::now()) {}

void RunLog::write(const std::string& run_path, unsigned threads, std::uint64_t samples) const {
  struct stat status {};
  if (run_path == "-" || ::stat(run_path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - clock_).count();
  utsname system{};
  ::uname(&system);
  std::string text = "{\"schema\":\"vernier.log/1\",\"command\":[";
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    if (i > 0) text.push_back(',');
    append_json_string(text, printable(arguments_[i], 4096));  // a path may be any bytes
  }
  text += "],\"host\":";
  append_json_string(text, printable(system.nodename));
  text += fmt::format(
      ",\"system\":\"{} {} {}\",\"started\":\"{:%Y-%m-%dT%H:%M:%S}Z\",\"seconds\":{:.3f},"
      "\"threads\":{},\"samples\":{},\"peak_memory_mib\":{:.1f},\"version\":\"{}\"",
      system.sysname, system.release, system.machine,
      fmt::gmtime(std::chrono::system_clock::to_time_t(started_)), seconds, threads, samples,
      peak_memory(), VERNIER_VERSION);
  for (const auto& [key, note] : notes_) append_json_member(text, key, note);
  text += "}\n";
  ByteSink sink(run_path + ".log");
  sink.write(text);
  sink.commit();
}

}  // namespace vernier
