// What a command printed with -f json, read again.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace vernier::report {

using Json = nlohmann::ordered_json;  // members in the order of the file

struct PrintedJson {
  std::string name;  ///< of the file, as errors say it
  Json document;     ///< an object
};

/// `command` prints it ("vernier probe NAME -f json"), `flag` takes it ("--probe"; empty: it is
/// named as runs are). Throws Error(kUsage) where the file cannot be opened, Error(kBadInput),
/// naming file and line, where it is no JSON, no object or larger than 64 MiB.
PrintedJson read_printed_json(const std::string& path, std::string_view command,
                              std::string_view flag);

/// Throws Error(kBadInput): "NAME:LINE: MESSAGE".
[[noreturn]] void refuse_printed(const std::string& name, std::size_t line,
                                 const std::string& message);

/// A member of an object; where it is absent or of another type: an empty object, NaN, no text.
const Json& object_in(const Json& object, std::string_view key);
double number_in(const Json& object, std::string_view key);
std::string text_in(const Json& object, std::string_view key);

}  // namespace vernier::report
