// Short names for results that were made in different ways.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace vernier::report {

/// By signature ("visce|mode:visce|dtype:F16|..."): its parts that not all of them have, such as
/// "dtype:F16". Empty where there is one signature, where
/// nothing differs, and where everything does.
std::vector<std::string> signature_titles(std::span<const std::string> signatures);

}  // namespace vernier::report
