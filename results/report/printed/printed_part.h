// A value of what a command printed, with the way to it, which errors name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "results/report/printed/printed_json.h"

namespace vernier::report {

/// An object. Members are read as what they must be: anything else, and a member that is absent, is
/// Error(kBadInput), naming file, place and what was found. What it is made of must outlive it.
class PrintedPart {
 public:
  /// The whole document; `command` prints it ("vernier judge --audit SCENES -f json").
  PrintedPart(const PrintedJson& printed, std::string_view command);

  bool has(std::string_view key) const;
  std::string text(std::string_view key) const;
  std::string text_or_none(std::string_view key) const;
  /// NaN for null.
  double number(std::string_view key) const;
  double number_or_none(std::string_view key) const;
  /// A number; absent: none.
  std::optional<double> limit(std::string_view key) const;
  std::uint64_t count(std::string_view key) const;
  bool flag(std::string_view key) const;
  PrintedPart object(std::string_view key) const;
  /// At most `most` objects.
  std::vector<PrintedPart> list(std::string_view key, std::size_t most) const;
  std::vector<std::string> texts(std::string_view key, std::size_t most) const;
  /// The members of an object that are objects themselves, with their names; at most `most`.
  std::vector<std::pair<std::string, PrintedPart>> objects(std::string_view key,
                                                           std::size_t most) const;
  /// The members of an object that are numbers or null, with their names; at most `most`.
  std::vector<std::pair<std::string, double>> numbers(std::string_view key, std::size_t most) const;

  /// Throws: "expected EXPECTED as WAY, found ...".
  [[noreturn]] void refuse(std::string_view key, std::string_view expected) const;

 private:
  struct Origin {
    std::string_view file, command;
  };
  PrintedPart(const Json& value, Origin origin, std::string way);

  const Json& at(std::string_view key) const;
  std::string below(std::string_view key) const;
  [[noreturn]] void refuse(const Json& found, const std::string& way,
                           std::string_view expected) const;

  const Json* value_;
  Origin origin_;
  std::string way_;
};

}  // namespace vernier::report
