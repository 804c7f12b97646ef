#include "judges/engine/tokenizer/chat/template_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/tokenizer/file/file_node.h"

namespace vernier::engine {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{16} << 20;

struct Source {
  std::string text, file;
};

std::string file_in(const std::string& folder, const char* name) {
  const std::string path = (std::filesystem::path(folder) / name).string();
  std::error_code error;
  return std::filesystem::exists(path, error) ? path : "";
}

/// The text of a token: "<s>" or {"content": "<s>", ...}.
std::string token_text(const FileNode& file, const char* key) {
  const std::optional<FileNode> member = file.find(key);
  if (!member) return "";
  return std::string(member->is_object() ? member->at("content").text() : member->text());
}

/// "chat_template": a text, or a list of {"name": ..., "template": ...}, of which "default" counts.
std::optional<std::string> template_in(const FileNode& file) {
  const std::optional<FileNode> member = file.find("chat_template");
  if (!member) return std::nullopt;
  if (!member->is_array()) return std::string(member->text());
  std::optional<std::string> found;
  member->for_each([&](const FileNode& entry) {
    if (entry.at("name").text() == "default") found = entry.at("template").text();
  });
  if (!found) member->fail("expected a template named \"default\", found none");
  return found;
}

/// Whole numbers beyond 64 bits as large ones that are not, of the same length: transformers writes
/// 10^30 where a tokenizer has no "model_max_length", and nothing here reads it.
std::string without_huge_numbers(std::string json) {
  constexpr std::size_t kDigits = 18;
  constexpr const char* kNumber = "0123456789";
  bool inside = false;  // a string
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '"') inside = !inside;
    if (json[i] == '\\') ++i;
    if (inside || i >= json.size() || json[i] < '0' || json[i] > '9') continue;
    const std::size_t end = std::min(json.find_first_not_of(kNumber, i), json.size());
    const bool fraction = i > 0 && json[i - 1] == '.';
    const bool goes_on = end < json.size() && (json[end] == '.' || (json[end] | 0x20) == 'e');
    if (end - i > kDigits && !fraction && !goes_on) {
      std::fill_n(json.begin() + static_cast<std::ptrdiff_t>(i), kDigits, '9');
      std::fill(json.begin() + static_cast<std::ptrdiff_t>(i + kDigits),
                json.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    }
    i = end - 1;
  }
  return json;
}

/// What both tokenizer files may say.
void read_config(const std::string& path, ChatTokens& tokens, std::optional<Source>& source) {
  const std::string json = without_huge_numbers(read_model_file(path, kMostBytes));
  simdjson::dom::parser parser;
  const FileNode file = parse_file(parser, json, path);
  if (tokens.bos.empty()) tokens.bos = token_text(file, "bos_token");
  if (tokens.eos.empty()) tokens.eos = token_text(file, "eos_token");
  if (source) return;
  if (auto text = template_in(file)) source = Source{*std::move(text), path};
}

}  // namespace

ChatTemplate read_chat_template(const std::string& folder, const std::string& name,
                                const std::string& usual) {
  ChatTokens tokens;
  std::optional<Source> source;
  if (const std::string path = file_in(folder, "chat_template.jinja"); !path.empty()) {
    source = Source{read_model_file(path, kMostBytes), path};
  }
  for (const char* file :
       {"chat_template.json", "tokenizer_config.json", "special_tokens_map.json"}) {
    const std::string path = file_in(folder, file);
    if (!path.empty()) read_config(path, tokens, source);
  }
  if (!name.empty()) return ChatTemplate::of_name(name, std::move(tokens));
  if (!source && !usual.empty()) return ChatTemplate::of_name(usual, std::move(tokens));
  if (!source) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: no chat template: expected chat_template.jinja, "
                            "chat_template.json or tokenizer_config.json with a \"chat_template\"; "
                            "name one instead",
                            printable(folder)));
  }
  return ChatTemplate::of_source(source->text, std::move(tokens), source->file);
}

}  // namespace vernier::engine
