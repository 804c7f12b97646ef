// Prompts against transformers' own (tests/oracles/tokenizer_chats.py) and by hand.
#include "judges/engine/tokenizer/chat/chat_template.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "judges/engine/tokenizer/chat/renderers.h"
#include "judges/engine/tokenizer/chat/sha256.h"
#include "judges/engine/tokenizer/chat/template_folder.h"

namespace vernier::engine {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const ChatTokens kTokens = {"<s>", "</s>"};

ChatPart text_part(const std::string& text) { return {false, text}; }
const ChatPart kImage = {true, ""};

std::vector<ChatMessage> messages_of(const json& list) {
  std::vector<ChatMessage> messages;
  for (const json& item : list) {
    ChatMessage& message = messages.emplace_back();
    const auto role = item["role"].get<std::string>();
    message.role = role == "user"     ? ChatRole::kUser
                   : role == "system" ? ChatRole::kSystem
                                      : ChatRole::kAssistant;
    for (const json& part : item["content"]) {
      const bool image = part["type"] == "image";
      message.content.push_back({image, image ? "" : part["text"].get<std::string>()});
    }
  }
  return messages;
}

std::size_t images_of(const std::vector<ChatMessage>& messages) {
  std::size_t count = 0;
  for (const ChatMessage& message : messages) {
    for (const ChatPart& part : message.content) count += part.image ? 1 : 0;
  }
  return count;
}

void expect_placeholders(const ChatPrompt& prompt, std::string_view placeholder,
                         std::size_t images) {
  EXPECT_EQ(prompt.images.size(), images);
  for (const std::size_t place : prompt.images) {
    EXPECT_EQ(prompt.text.substr(place, placeholder.size()), placeholder);
  }
  EXPECT_EQ(std::set<std::size_t>(prompt.images.begin(), prompt.images.end()).size(), images);
}

TEST(ChatTemplate, PromptsAreThoseOfTransformers) {
  std::ifstream file(fs::path(VERNIER_SOURCE) / "tests/judges/engine/tokenizer/chats.json");
  const json golden = json::parse(file);
  EXPECT_EQ(golden.size(), 11U);
  for (const json& known : golden) {
    const ChatTemplate chat =
        ChatTemplate::of_digest(known["sha256"].get<std::string>(), kTokens, "golden");
    EXPECT_EQ(chat.name(), known["name"].get<std::string>());
    EXPECT_GE(known["rows"].size(), 8U);
    for (const json& row : known["rows"]) {
      SCOPED_TRACE(known["name"].get<std::string>() + " " + row[0].dump());
      const auto messages = messages_of(row[0]);
      const ChatPrompt prompt = chat.render(messages, row[1].get<bool>());
      EXPECT_EQ(prompt.text, row[2].get<std::string>());
      expect_placeholders(prompt, chat.placeholder(), images_of(messages));
    }
  }
}

std::string message_of(auto action, ExitCode code) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "expected an error";
  return "";
}

class ChatFolder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const char* name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  ChatTemplate read(const std::string& name = "") const {
    return read_chat_template(folder_.string(), name);
  }
  fs::path folder_;
};

const std::vector<ChatMessage> kQuestion = {{ChatRole::kUser, {kImage, text_part("A?")}}};

/// The template that export.py writes, taken out of the Python source.
std::string own_template() {
  std::ifstream file(fs::path(VERNIER_SOURCE) / "judges/model/tokenizer.py");
  std::string line, source;
  bool inside = false;
  while (std::getline(file, line)) {
    if (inside && line == ")") break;
    if (inside) {
      std::string part = line.substr(5, line.size() - 6);
      for (std::size_t at = 0; (at = part.find("\\\\", at)) != std::string::npos; ++at) {
        part.erase(at, 1);
      }
      source += part;
    }
    if (line == "TEMPLATE = (") inside = true;
  }
  return source;
}

TEST_F(ChatFolder, OurOwnModelsTemplateIsKnown) {
  write("chat_template.jinja", own_template() + "\n");
  write("tokenizer_config.json", R"({"bos_token": "<s>", "eos_token": {"content": "</s>"}})");
  EXPECT_EQ(read().name(), "vernier");
  const ChatPrompt prompt = read().render(kQuestion, true);
  EXPECT_EQ(prompt.text, "<s>USER: <image>\nA? ASSISTANT:");
  EXPECT_FALSE(prompt.add_special) << "<s> stands there already";
}

// transformers writes int(1e30) for a tokenizer without a longest text.
TEST_F(ChatFolder, ALengthBeyondAllNumbersIsNoMatter) {
  write("chat_template.jinja", own_template());
  write(
      "tokenizer_config.json",
      R"({"model_max_length": 1000000000000000019884624838656, "bos_token": "<b\"1000000000000000019884624838656>",
            "x": 1.1000000000000000019884624838656, "y": [-1000000000000000019884624838656]})");
  EXPECT_TRUE(
      read().render(kQuestion, true).text.starts_with("<b\"1000000000000000019884624838656>"));
}

TEST_F(ChatFolder, FilesAreLookedAtInTransformersOrder) {
  write("tokenizer_config.json",
        json{{"bos_token", "<b>"}, {"chat_template", own_template()}}.dump());
  write("special_tokens_map.json", R"({"bos_token": "<x>", "eos_token": "<e>"})");
  const std::vector<ChatMessage> answered = {{ChatRole::kUser, {text_part("A?")}},
                                             {ChatRole::kAssistant, {text_part("B")}}};
  EXPECT_EQ(read().render(answered, false).text, "<b>USER: A? ASSISTANT: B<e>");
  write("chat_template.json", json{{"chat_template", "another"}}.dump());
  EXPECT_NE(message_of([&] { read(); }, ExitCode::kResource).find("chat_template.json"),
            std::string::npos);
  write("chat_template.jinja", own_template());
  EXPECT_EQ(read().name(), "vernier");
}

TEST_F(ChatFolder, OfNamedTemplatesTheDefaultCounts) {
  json config;
  config["chat_template"] = {{{"name", "tool_use"}, {"template", "x"}},
                             {{"name", "default"}, {"template", own_template()}}};
  write("tokenizer_config.json", config.dump());
  EXPECT_EQ(read().name(), "vernier");
  config["chat_template"].erase(1);
  write("tokenizer_config.json", config.dump());
  EXPECT_NE(message_of([&] { read(); }, ExitCode::kResource).find("default"), std::string::npos);
}

TEST_F(ChatFolder, UnknownTemplatesAreNamedByDigest) {
  write("chat_template.jinja", "abc");
  const std::string message = message_of([&] { read(); }, ExitCode::kResource);
  for (const char* wanted :
       {"chat_template.jinja", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "llava-1.5", "llama-3"}) {
    EXPECT_NE(message.find(wanted), std::string::npos) << message;
  }
  EXPECT_EQ(read("chatml").name(), "chatml") << "a name overrides";
  EXPECT_NE(message_of([&] { read("nothing"); }, ExitCode::kUsage).find("qwen2-vl"),
            std::string::npos);
}

TEST_F(ChatFolder, BrokenFilesAreRefused) {
  EXPECT_NE(message_of([&] { read(); }, ExitCode::kResource).find("no chat template"),
            std::string::npos);
  write("tokenizer_config.json", R"({"chat_template": 5})");
  EXPECT_NE(message_of([&] { read(); }, ExitCode::kResource).find("expected a string"),
            std::string::npos);
  write("tokenizer_config.json", std::string(100000, '['));
  message_of([&] { read(); }, ExitCode::kResource);
  write("tokenizer_config.json", R"({"bos_token": {"content": 1}})");
  message_of([&] { read(); }, ExitCode::kResource);
}

TEST(ChatTemplate, VicunaHasSystemLinesAndEndsAnswers) {
  const ChatTemplate chat = ChatTemplate::of_name("vicuna-v1", kTokens);
  const std::vector<ChatMessage> messages = {{ChatRole::kSystem, {text_part("A chat.")}},
                                             {ChatRole::kUser, {kImage, text_part("What?")}},
                                             {ChatRole::kAssistant, {text_part("A dog.")}},
                                             {ChatRole::kUser, {text_part("Why?")}}};
  const ChatPrompt prompt = chat.render(messages, true);
  EXPECT_EQ(prompt.text, "A chat. USER: <image>\nWhat? ASSISTANT: A dog.</s>USER: Why? ASSISTANT:");
  EXPECT_TRUE(prompt.add_special) << "the tokenizer puts <s>";
  EXPECT_EQ(prompt.images, std::vector<std::size_t>{14});
}

TEST(ChatTemplate, TextsThatLookLikeImagesAreNone) {
  const ChatTemplate chat = ChatTemplate::of_name("llava-1.5", kTokens);
  const std::vector<ChatMessage> messages = {
      {ChatRole::kUser, {text_part("<image> is what?"), kImage}}};
  const ChatPrompt prompt = chat.render(messages, true);
  EXPECT_EQ(prompt.text, "USER: <image>\n<image> is what? ASSISTANT:");
  EXPECT_EQ(prompt.images, std::vector<std::size_t>{6});
}

TEST(ChatTemplate, Llama3CutsWhiteSpaceInFrontOfImagesToo) {
  const ChatTemplate chat = ChatTemplate::of_name("llama-3", kTokens);
  const std::vector<ChatMessage> messages = {
      {ChatRole::kUser, {text_part(" \n"), kImage, text_part("Q "), kImage}}};
  const ChatPrompt prompt = chat.render(messages, false);
  EXPECT_EQ(prompt.text,
            "<s><|start_header_id|>user<|end_header_id|>\n\n<image>\nQ <image><|eot_id|>");
  expect_placeholders(prompt, "<image>", 2);
}

TEST(ChatTemplate, NvilaPutsImagesWhereTheyAre) {
  const ChatTemplate chat = ChatTemplate::of_name("nvila", kTokens);
  const std::vector<ChatMessage> messages = {{ChatRole::kUser, {kImage, text_part(" A?\n")}},
                                             {ChatRole::kAssistant, {text_part("B")}},
                                             {ChatRole::kUser, {text_part("C"), kImage, kImage}}};
  const ChatPrompt prompt = chat.render(messages, true);
  EXPECT_EQ(prompt.text,
            "<|im_start|>system\nYou are a helpful assistant<|im_end|>\n<|im_start|>user\n<image> "
            "A?<|im_end|>\n<|im_start|>assistant\nB<|im_end|>\n<|im_start|>user\nC<image><image>"
            "<|im_end|>\n<|im_start|>assistant\n");
  expect_placeholders(prompt, "<image>", 3);
}

TEST(ChatTemplate, Hermes2IsChatMlWithoutLineEndsBetweenMessages) {
  const ChatTemplate chat = ChatTemplate::of_name("hermes-2", kTokens);
  std::vector<ChatMessage> messages = {{ChatRole::kUser, {kImage, text_part("A?")}},
                                       {ChatRole::kAssistant, {text_part("B")}},
                                       {ChatRole::kUser, {text_part("C?")}}};
  const std::string rest =
      "<|im_end|><|im_start|>user\n<image>\nA?<|im_end|><|im_start|>assistant\nB<|im_end|>"
      "<|im_start|>user\nC?<|im_end|><|im_start|>assistant\n";
  EXPECT_EQ(chat.render(messages, true).text, "<|im_start|>system\nAnswer the questions." + rest);
  messages.insert(messages.begin(), {ChatRole::kSystem, {text_part("Be brief.")}});
  const ChatPrompt prompt = chat.render(messages, true);
  EXPECT_EQ(prompt.text, "<|im_start|>system\nBe brief." + rest);
  expect_placeholders(prompt, "<image>", 1);
}

TEST_F(ChatFolder, AUsualTemplateIsTakenWhereTheFolderHasNone) {
  EXPECT_EQ(read_chat_template(folder_.string(), "", "hermes-2").name(), "hermes-2");
  EXPECT_EQ(read_chat_template(folder_.string(), "chatml", "hermes-2").name(), "chatml");
  write("chat_template.jinja", own_template());
  EXPECT_EQ(read_chat_template(folder_.string(), "", "hermes-2").name(), "vernier");
}

TEST(ChatTemplate, OurModelKnowsNoSystemMessages) {
  const ChatTemplate chat = ChatTemplate::of_name("vernier", kTokens);
  const std::vector<ChatMessage> messages = {{ChatRole::kSystem, {text_part("Be brief.")}}};
  message_of([&] { chat.render(messages, true); }, ExitCode::kUsage);
}

// FIPS 180-4's examples (NIST, SHA256.pdf and SHAVS short messages), and lengths around a block's.
TEST(Sha256, DigestsAreThoseOfTheStandard) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256("\xd3"), "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
  EXPECT_EQ(sha256(std::string(1000000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(sha256(std::string(55, 'a')),
            "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
  EXPECT_EQ(sha256(std::string(56, 'a')),
            "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
  EXPECT_EQ(sha256(std::string(64, 'a')),
            "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

}  // namespace
}  // namespace vernier::engine
