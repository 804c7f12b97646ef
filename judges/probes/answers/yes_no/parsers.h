// How an answer becomes yes or no. Published numbers depend on the rule, so each has a name.
#pragma once

#include <span>
#include <string_view>

namespace vernier::probes {

enum class Verdict { kYes, kNo, kUnclear };

struct YesNoParser {
  std::string_view name;
  std::string_view description;  ///< one line
  /// Of valid UTF-8. Never fails; linear in the length.
  Verdict (*read)(std::string_view answer);
};

/// All of them: docs/probes.md shows what each makes of a list of answers.
std::span<const YesNoParser> yes_no_parsers();

/// Throws Error(kUsage), naming the known ones, for a name that is none.
const YesNoParser& yes_no_parser(std::string_view name);

/// "yes", "no", "unclear".
const char* verdict_name(Verdict verdict);

}  // namespace vernier::probes
