// A JSON file of settings, as transformers writes them beside a checkpoint.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace simdjson::dom {
class object;
}

namespace vernier::engine {

/// Longer files are refused. Tokenizer settings with a hundred thousand tokens have 20 MB.
constexpr std::size_t kMaxConfigBytes = std::size_t{32} << 20;

/// Deeper objects and arrays are refused; configs have four levels.
constexpr std::size_t kMaxConfigDepth = 64;

/// A parsed document; copies share it.
class ConfigFile {
 public:
  /// `name` names the text in messages. Throws Error(kResource) for what is not a JSON object in
  /// UTF-8 (a byte order mark is skipped) within the limits above.
  ConfigFile(std::string_view text, const std::string& name);

  /// Reads a file; Error(kResource) where it cannot be read, too.
  static ConfigFile open(const std::string& path);
  /// Nothing where there is no file.
  static std::optional<ConfigFile> open_if_there(const std::string& path);

  const std::string& name() const;
  /// The whole of it; lives as long as the pointer.
  std::shared_ptr<const simdjson::dom::object> object() const;

 private:
  struct Document;
  std::shared_ptr<const Document> document_;
};

}  // namespace vernier::engine
