// Settings by key, with the default of what is absent, and messages that say what was expected.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/config/json/config_file.h"

namespace simdjson::dom {
class element;
}

namespace vernier::engine {

/// Bounds of a whole number, both allowed.
struct Range {
  std::int64_t least;
  std::int64_t most;
};

/// An object of a config, or the absence of one: all its keys are absent then. null counts as
/// absent. A value of another type or out of its range throws Error(kResource) with the file, the
/// path of the key, the value and what was expected.
class ConfigObject {
 public:
  /// The whole file. Throws for a key that stands twice, as object() does.
  explicit ConfigObject(const ConfigFile& file);

  /// None at all; `file` is named in messages.
  static ConfigObject absent(const ConfigFile& file) { return {file, "", nullptr}; }

  bool present() const { return object_ != nullptr; }
  bool has(std::string_view key) const;

  std::optional<std::int64_t> whole(std::string_view key, Range range) const;
  std::uint32_t whole(std::string_view key, std::uint32_t absent, Range range) const;
  /// One number or a list of at most `most` numbers.
  std::optional<std::vector<std::int64_t>> wholes(std::string_view key, Range range,
                                                  std::size_t most) const;
  /// Finite and above zero.
  std::optional<double> positive(std::string_view key) const;
  double positive(std::string_view key, double absent) const;
  bool flag(std::string_view key, bool absent) const;
  std::optional<std::string> text(std::string_view key) const;
  /// Three finite numbers.
  std::array<double, 3> triple(std::string_view key, const std::array<double, 3>& absent) const;
  /// Lists of two whole numbers each, at most `most` of them.
  std::optional<std::vector<std::array<std::int64_t, 2>>> pairs(std::string_view key, Range range,
                                                                std::size_t most) const;
  ConfigObject object(std::string_view key) const;
  bool is_object(std::string_view key) const;
  bool is_text(std::string_view key) const;
  /// There, but null.
  bool is_null(std::string_view key) const;

  /// Refuses the value of a key.
  [[noreturn]] void refuse(std::string_view key, std::string_view expected) const;

 private:
  ConfigObject(ConfigFile file, std::string path,
               std::shared_ptr<const simdjson::dom::object> object);
  std::optional<simdjson::dom::element> find(std::string_view key) const;
  std::int64_t whole_value(std::string_view key, const simdjson::dom::element& value,
                           Range range) const;

  ConfigFile file_;
  std::string path_;                                     // with its dot; empty for the whole file
  std::shared_ptr<const simdjson::dom::object> object_;  // null: absent
};

}  // namespace vernier::engine
