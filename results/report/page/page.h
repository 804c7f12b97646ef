// The page's style and script, which the build puts into the program (cmake/embed.cmake).
#pragma once

#include <string_view>

namespace vernier::report {

/// report.css and report.js as they are.
extern const std::string_view kStyle;
extern const std::string_view kScript;
/// Their SHA-256 as a Content-Security-Policy writes it: "sha256-...". Nothing else on the page may
/// style or run.
extern const std::string_view kStyleHash;
extern const std::string_view kScriptHash;

}  // namespace vernier::report
