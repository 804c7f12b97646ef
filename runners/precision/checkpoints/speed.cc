#include "runners/precision/checkpoints/speed.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "base/error.h"

namespace vernier {
namespace {

constexpr int kRepeats = 3;

/// Microjoules that all of the machine's processors have used, where it says so. The counters of
/// parts of a processor ("intel-rapl:0:1") are in those of the whole.
std::optional<double> energy() {
  namespace fs = std::filesystem;
  std::error_code unknown;
  double sum = 0;
  bool found = false;
  for (const auto& zone : fs::directory_iterator("/sys/class/powercap", unknown)) {
    const std::string name = zone.path().filename();
    if (std::ranges::count(name, ':') != 1) continue;
    double value = 0;
    if (std::ifstream file(zone.path() / "energy_uj"); file >> value) {
      sum += value;
      found = true;
    }
  }
  return found ? std::optional(sum) : std::nullopt;
}

struct Asked {
  double seconds = 0;
  std::size_t tokens_in = 0, tokens_out = 0;
};

Asked ask(chat::LocalModel& model, const chat::ChatRequest& request) {
  Asked out;
  const auto begin = std::chrono::steady_clock::now();
  model.run(std::span(&request, 1), [&](std::size_t, const chat::ChatAnswer& answer) {
    if (answer.failure != chat::ChatFailure::kNone) throw Error(ExitCode::kBadInput, answer.error);
    out.tokens_in = answer.tokens_in;
    out.tokens_out = answer.tokens_out;
  });
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return out;
}

}  // namespace

SpeedFigures measure_speed(chat::LocalModel& model, std::span<const chat::ChatRequest> requests) {
  SpeedFigures out;
  double reading = 0, writing = 0, joules = 0;
  bool told = true;
  for (const chat::ChatRequest& request : requests) {
    chat::ChatRequest first = request;
    first.most_new = 1;
    double fastest = 0, again = 0, answered = 0;
    Asked asked;
    for (int i = 0; i < kRepeats; ++i) {
      model.forget();
      const Asked cold = ask(model, first);
      const Asked warm = ask(model, first);  // the prompt is known
      const std::optional<double> before = energy();
      asked = ask(model, request);
      const std::optional<double> after = energy();
      told = told && before && after && *after >= *before;
      if (told && i == 0) joules += (*after - *before) * 1e-6;
      if (i == 0 || cold.seconds < fastest) fastest = cold.seconds;
      if (i == 0 || warm.seconds < again) again = warm.seconds;
      if (i == 0 || asked.seconds < answered) answered = asked.seconds;
    }
    reading += fastest - again;
    writing += answered - again;
    out.prompt_tokens += asked.tokens_in;
    out.new_tokens += asked.tokens_out - 1;
  }
  out.prompt_tokens_per_second = static_cast<double>(out.prompt_tokens) / reading;
  out.new_tokens_per_second = static_cast<double>(out.new_tokens) / writing;
  if (told && out.new_tokens > 0) {
    out.joules_per_new_token = joules / static_cast<double>(out.new_tokens);
  }
  return out;
}

}  // namespace vernier
