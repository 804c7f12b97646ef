#include "judges/engine/config/json/config_file.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <filesystem>
#include <system_error>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/container/file/mapped_file.h"

namespace vernier::engine {
namespace {

[[noreturn]] void fail(const std::string& name, const std::string& what) {
  throw Error(ExitCode::kResource,
              fmt::format("{}: {}; download or write the file again", name, what));
}

}  // namespace

struct ConfigFile::Document {
  std::string name;
  simdjson::dom::parser parser;  // owns what `object` refers to
  simdjson::dom::object object;
};

ConfigFile::ConfigFile(std::string_view text, const std::string& name) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.size() > kMaxConfigBytes) {
    fail(name, fmt::format("has {} bytes, expected at most {}", text.size(), kMaxConfigBytes));
  }
  const auto document = std::make_shared<Document>();
  document->name = name;
  simdjson::dom::element root;
  auto error = document->parser.allocate(text.size(), kMaxConfigDepth);
  if (error == simdjson::SUCCESS) {
    error = document->parser.parse(text.data(), text.size()).get(root);
  }
  if (error != simdjson::SUCCESS) {
    fail(name, fmt::format("is not JSON: {}", simdjson::error_message(error)));
  }
  if (root.get(document->object) != simdjson::SUCCESS) fail(name, "is not a JSON object");
  document_ = document;
}

const std::string& ConfigFile::name() const { return document_->name; }

std::shared_ptr<const simdjson::dom::object> ConfigFile::object() const {
  return {document_, &document_->object};
}

ConfigFile ConfigFile::open(const std::string& path) {
  const MappedFile file(path);
  return {{reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()}, file.name()};
}

std::optional<ConfigFile> ConfigFile::open_if_there(const std::string& path) {
  std::error_code error;
  const auto type = std::filesystem::status(path, error).type();
  if (type == std::filesystem::file_type::not_found) return std::nullopt;
  return open(path);
}

}  // namespace vernier::engine
