// The question that a sample's candidate answers.
#pragma once

#include <string>
#include <string_view>

namespace vernier::report {

/// "question" of a sample's meta (a JSON object, or empty), where that is a text; else empty. As it
/// is: not escaped.
std::string question_of(std::string_view meta);

}  // namespace vernier::report
