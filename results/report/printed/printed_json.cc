#include "results/report/printed/printed_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "base/io/byte_source.h"

namespace vernier::report {
namespace {

constexpr std::size_t kLargest = std::size_t{64} << 20;  // bytes; what is printed is far smaller

std::size_t line_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

}  // namespace

void refuse_printed(const std::string& name, std::size_t line, const std::string& message) {
  throw Error(ExitCode::kBadInput, fmt::format("{}:{}: {}", name, line, message));
}

PrintedJson read_printed_json(const std::string& path, std::string_view command,
                              std::string_view flag) {
  const auto source = ByteSource::open(path);
  const std::string text = source->read_rest(kLargest);
  PrintedJson out{source->name(), {}};
  if (text.size() > kLargest) refuse_printed(out.name, 1, "larger than 64 MiB");
  try {
    out.document = Json::parse(text);
  } catch (const Json::parse_error& error) {
    refuse_printed(out.name, line_of(text, error.byte),
                   fmt::format("expected what {} prints, found no JSON, a part of it or more than "
                               "one object{}{}",
                               command, flag.empty() ? "" : "; runs are named without ", flag));
  } catch (const Json::exception&) {  // a number beyond all doubles
    refuse_printed(
        out.name, 1,
        fmt::format("expected what {} prints, found a number that is too large", command));
  }
  if (!out.document.is_object()) {
    refuse_printed(out.name, 1, fmt::format("expected one JSON object, as {} prints it", command));
  }
  return out;
}

const Json& object_in(const Json& object, std::string_view key) {
  static const Json nothing = Json::object();
  const auto found = object.find(key);
  return found != object.end() && found->is_object() ? *found : nothing;
}

double number_in(const Json& object, std::string_view key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<double>()
                                                     : std::numeric_limits<double>::quiet_NaN();
}

std::string text_in(const Json& object, std::string_view key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace vernier::report
