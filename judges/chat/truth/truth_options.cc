#include "judges/chat/truth/truth_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::chat {
namespace {

using View = std::string_view;

constexpr View kScheme = "truth:";
constexpr std::array<View, kTruthFlaws> kNames = {
    "length", "first", "obeys", "yes", "recency", "blind", "context", "coarse", "objects-only"};
constexpr double kMostPoints = 1000;  // of an error: far more than the scale has

[[noreturn]] void refuse(const std::string& what) {
  throw Error(
      ExitCode::kUsage,
      fmt::format("--model truth:FOLDER?KEY=VALUE&...: {} (keys: flaws, noise, spread, seed; "
                  "flaws: {})",
                  what, fmt::join(kNames, ", ")));
}

template <class Number>
Number number(View key, View value) {
  Number out{};
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, out);
  if (value.empty() || error != std::errc() || stop != end) {
    refuse(fmt::format("{}: expected a number, found \"{}\"", key, printable(value, 40)));
  }
  return out;
}

double points(View key, View value) {
  const double out = number<double>(key, value);
  if (!(out >= 0 && out <= kMostPoints)) {
    refuse(fmt::format("{}: expected 0 to {}, found {}", key, kMostPoints, printable(value, 40)));
  }
  return out;
}

/// The part before the mark; the text begins behind it then.
View cut_off(View& text, char mark) {
  const std::size_t end = std::min(text.find(mark), text.size());
  const View part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

unsigned flaws_of(View list) {
  unsigned out = 0;
  while (!list.empty()) {
    const View name = cut_off(list, ',');
    if (name == "none") continue;  // as signatures write it
    const auto known = std::find(kNames.begin(), kNames.end(), name);
    if (known == kNames.end()) refuse(fmt::format("unknown flaw \"{}\"", printable(name, 40)));
    out |= 1u << static_cast<unsigned>(known - kNames.begin());
  }
  return out;
}

}  // namespace

View truth_flaw_name(TruthFlaw flaw) { return kNames[static_cast<std::size_t>(flaw)]; }

bool TruthOptions::is_spec(View model) { return model.starts_with(kScheme); }

TruthOptions TruthOptions::parse(View spec) {
  TruthOptions out;
  spec.remove_prefix(is_spec(spec) ? kScheme.size() : 0);
  const std::size_t end = std::min(spec.rfind('?'), spec.size());
  out.folder = spec.substr(0, end);
  if (out.folder.empty()) refuse("expected the folder of drawn scenes");
  View options = spec.substr(std::min(end + 1, spec.size()));
  while (!options.empty()) {
    View value = cut_off(options, '&');
    const View key = cut_off(value, '=');
    if (key == "flaws") {
      out.flaws |= flaws_of(value);
    } else if (key == "noise") {
      out.noise = points(key, value);
    } else if (key == "spread") {
      out.spread = points(key, value);
    } else if (key == "seed") {
      out.seed = number<std::uint64_t>(key, value);
    } else {
      refuse(fmt::format("unknown key \"{}\"", printable(key, 40)));
    }
  }
  return out;
}

}  // namespace vernier::chat
