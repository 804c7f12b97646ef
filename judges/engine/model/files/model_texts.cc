#include "judges/engine/model/files/model_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/families/profile.h"
#include "judges/engine/tokenizer/chat/template_folder.h"

namespace vernier::engine {
namespace {

namespace fs = std::filesystem;

std::string text_folder(const std::string& folder, const ModelConfig& config) {
  const std::string_view below = profile_of(config.family).text_folder;
  return below.empty() ? folder : (fs::path(folder) / below).string();
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

void fit_to_template(const ModelTexts& texts, ModelConfig& config) {
  const std::vector<ChatMessage> messages = {{ChatRole::kUser, {{true, ""}, {false, "?"}}},
                                             {ChatRole::kAssistant, {{false, "!"}}}};
  const ChatPrompt chat = texts.chat.render(messages, false);
  const std::size_t behind_image = chat.images.front() + texts.chat.placeholder().size();
  if (chat.text[behind_image] == '\n') config.image_end.clear();
  const std::string behind = chat.text.substr(chat.quoted.back().end);
  const auto ids = texts.tokenizer.encode(behind, {.add_special = false});
  if (ids.empty() || !texts.tokenizer.is_special(ids.front())) return;
  if (std::ranges::find(config.end_tokens, ids.front()) != config.end_tokens.end()) return;
  config.end_tokens.push_back(ids.front());
}

}  // namespace

Tokenizer load_tokenizer(const std::string& folder, const ModelConfig& config) {
  const fs::path path(text_folder(folder, config));
  const fs::path file = path / "tokenizer.json";
  if (!is_there(file)) {
    for (const char* other : {"tokenizer.model", "vocab.json"}) {
      if (!is_there(path / other)) continue;
      throw Error(ExitCode::kResource,
                  fmt::format("{}: has {}, but no tokenizer.json; make it once, with transformers: "
                              "AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER)",
                              printable(path.string()), other));
    }
  }
  return Tokenizer::load(file.string(), profile_of(config.family).added_tokens);
}

ModelTexts load_model_texts(const std::string& folder, ModelConfig& config,
                            const std::string& name) {
  const FamilyProfile& profile = profile_of(config.family);
  Tokenizer tokenizer = load_tokenizer(folder, config);
  std::string usual;
  if (profile.usual_template != nullptr) usual = profile.usual_template(config, tokenizer);
  ChatTemplate chat = read_chat_template(text_folder(folder, config),
                                         name.empty() ? config.chat_template : name, usual);
  ModelTexts texts{std::move(tokenizer), std::move(chat)};
  if (profile.follows_template) fit_to_template(texts, config);
  return texts;
}

}  // namespace vernier::engine
