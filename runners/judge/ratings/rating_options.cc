#include "runners/judge/ratings/rating_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <string_view>

#include "base/printable.h"
#include "judges/prompts/prompt_set.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

visce::Scale parse_scale(const std::string& text) {
  visce::Scale scale;
  const std::size_t dash = text.find('-');
  const auto number = [](std::string_view digits, int& value) {
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), value);
    return error == std::errc() && end == digits.end();
  };
  const std::string_view all = text;
  if (dash == std::string::npos || !number(all.substr(0, dash), scale.low) ||
      !number(all.substr(dash + 1), scale.high) || scale.low >= scale.high || scale.high > 999) {
    throw CLI::ValidationError(
        "--scale", fmt::format("{}: expected LOW-HIGH, whole numbers from 0 to 999 such as 0-100 "
                               "or 1-5",
                               printable(text, 40)));
  }
  return scale;
}

}  // namespace

void add_rating_options(CLI::App& command, JudgeOptions& options) {
  constexpr const char* kGroup = "Rating";
  command
      .add_option(
          "-r,--references", options.references,
          "reference, clair, capscore, clipscore: captions that people wrote, in any format "
          "(repeatable); default: "
          "those in the records")
      ->type_name("FILE")
      ->group(kGroup);
  command.add_option("--against", options.against, "pairwise: the captions to be compared with")
      ->type_name("FILE")
      ->group(kGroup);
  command
      .add_option("--verdicts", options.verdicts,
                  "Write every verdict: distribution, visual context, flags (JSON Lines)")
      ->type_name("FILE")
      ->group(kGroup);
  command
      .add_option("--prompts", options.prompts,
                  "general, scenes or a file like them (--show-prompts prints one); default: what "
                  "the model was made for")
      ->type_name("NAME")
      ->group(kGroup);
  command
      .add_option_function<std::string>(
          "--show-prompts",
          [](const std::string& name) {
            const std::string_view text = prompts::prompt_set_text(name);
            if (text.empty()) throw CLI::ValidationError("--show-prompts", "general or scenes");
            print(std::string(text));
            throw CLI::Success();
          },
          "Print the prompts general or scenes, and do nothing")
      ->type_name("NAME")
      ->group(kGroup);
  command
      .add_option("--calibrate", options.calibrate,
                  "Add calibrated scores to verdicts, by a map of --audit --calibration")
      ->type_name("FILE")
      ->group(kGroup);
  add_choice_option(
      command, "--layout", options.rater.layout,
      {{"candidate-last", visce::Layout::kCandidateLast}, {"paper", visce::Layout::kPaper}},
      "visce: the caption last (all captions of an image share what is before it), or "
      "before the context, as published")
      ->group(kGroup);
  command
      .add_option_function<std::string>(
          "--scale",
          [&options](const std::string& text) { options.rater.scale = parse_scale(text); },
          "Whole numbers that the model is asked for; the score is from 0 to 100")
      ->type_name("LOW-HIGH")
      ->default_str("0-100")
      ->group(kGroup);
  command.add_flag("--rationale", options.rater.rationale, "Ask why, after the rating")
      ->group(kGroup);
  command
      .add_option("--context-tokens", options.rater.context_tokens,
                  "visce: tokens that a context may have")
      ->check(CLI::Range(16, 4096).description(""))
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_option(
          "--max-unparsed", options.most_unparsed,
          "Share of verdicts (checklist: claims) that may hold no answer of use before the exit "
          "code is 5")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->capture_default_str()
      ->group(kGroup);
}

}  // namespace vernier
