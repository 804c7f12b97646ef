#include "judges/probes/answers/yes_no/parsers.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/printable.h"
#include "judges/probes/answers/yes_no/published.h"
#include "judges/probes/answers/yes_no/strict.h"

namespace vernier::probes {
namespace {

constexpr YesNoParser kParsers[] = {
    {"pope-official", "a word No, not or no before the first full stop is no, all else yes",
     read_pope_official},
    {"contains", "\"no\" anywhere, inside words too, is no; all else yes", read_contains},
    {"contains-yes-first", "\"yes\" anywhere is yes, else \"no\" anywhere is no",
     read_contains_yes_first},
    {"first4", "\"yes\", else \"no\", within the first four characters", read_first4},
    {"exact", "the whole answer is yes or no, in any case", read_exact},
    {"vlmevalkit", "without punctuation, one of the words yes and no but not both",
     read_vlmevalkit},
    {"strict", "the answer's own yes or no, else a negation; what is neither or both is unclear",
     [](std::string_view answer) { return read_strict(answer).verdict; }},
};

}  // namespace

std::span<const YesNoParser> yes_no_parsers() { return kParsers; }

const YesNoParser& yes_no_parser(std::string_view name) {
  std::string known;
  for (const YesNoParser& parser : kParsers) {
    if (parser.name == name) return parser;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", parser.name);
  }
  throw Error(ExitCode::kUsage,
              fmt::format("no parser '{}'; known are {}", printable(name, 40), known));
}

const char* verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kYes:
      return "yes";
    case Verdict::kNo:
      return "no";
    case Verdict::kUnclear:
      break;
  }
  return "unclear";
}

}  // namespace vernier::probes
