// Verdicts as JSON ("judge-verdict/1", docs/judge.md).
#pragma once

#include <string>
#include <string_view>

#include "judges/visce/verdict/verdict.h"

namespace vernier::visce {

/// Members of an object, from "status" on, without the braces: what determines the numbers, in the
/// same bytes whenever they are the same.
void append_verdict(std::string& out, const Verdict& verdict, Scale scale);

/// Reads them back out of an object. Throws std::runtime_error for what append_verdict() did not
/// write. `context` stays null: it is kept by picture, not by caption.
Verdict read_verdict(std::string_view json);

/// A context as an object of its own, and back.
void append_context(std::string& out, const VisualContext& context);

}  // namespace vernier::visce
