#include "judges/chat/remote/request/chat_body.h"

#include <gtest/gtest.h>

#include "base/encoding/data_uri.h"
#include "tests/judges/chat/remote/chat_replies.h"

namespace vernier::chat {
namespace {

using engine::ChatRole;
using tests::Json;
using tests::question;

std::shared_ptr<const Picture> picture(const std::string& bytes) {
  return std::make_shared<const Picture>(Picture{"a.jpg", bytes});
}

/// An independent decoder: the test's own.
std::string from_base64(const std::string& text) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned value = 0, bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    value = value << 6 | static_cast<unsigned>(letters.find(c));
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<char>(value >> bits & 255));
    }
  }
  return out;
}

TEST(DataUri, Base64OfRfc4648) {
  const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, letters] : cases) {
    std::string out;
    append_base64(out, bytes);
    EXPECT_EQ(out, letters);
  }
  std::string all;
  for (int i = 0; i < 1000; ++i) all.push_back(static_cast<char>(i * 7));
  std::string out;
  append_base64(out, all);
  EXPECT_EQ(from_base64(out), all);
}

TEST(DataUri, KindsAreToldByBytes) {
  using namespace std::string_literals;
  EXPECT_EQ(media_type("\xFF\xD8\xFF\xE0..."), "image/jpeg");
  EXPECT_EQ(media_type("\x89PNG\r\n\x1A\n..."), "image/png");
  EXPECT_EQ(media_type("GIF87a"), "image/gif");
  EXPECT_EQ(media_type("GIF89a"), "image/gif");
  EXPECT_EQ(media_type("RIFF\0\0\0\0WEBPVP8 "s), "image/webp");
  for (const std::string& other :
       {""s, "RIFF\0\0\0\0WAVE"s, "RIFFWEBP"s, "<html>"s, "\xFF\xD8"s, "BM"s, "GIF88a"s}) {
    EXPECT_EQ(media_type(other), "");
  }
}

TEST(ChatBody, HasTheseBytes) {
  ChatRequest request = question("What is \"it\"?\n");
  request.messages.insert(request.messages.begin(), {ChatRole::kSystem, {{false, "Be short."}}});
  request.stop = {"\n", ""};
  EXPECT_EQ(chat_body(request, {"m", AnswerStart::kInText, 20}),
            R"({"model":"m","messages":[{"role":"system","content":"Be short."},)"
            R"({"role":"user","content":"What is \"it\"?\n"}],"max_tokens":16,"temperature":0,)"
            R"("seed":0,"n":1,"stream":false,"stop":["\n"]})");
}

TEST(ChatBody, PicturesAreTheirFilesBytes) {
  const std::string png("\x89PNG\r\n\x1A\n\0\x01\xFE", 11), gif = "GIF89a\xFF";
  ChatRequest request;
  request.pictures = {picture(png), picture(gif)};
  request.messages = {{ChatRole::kUser, {{true, ""}, {false, "First."}, {true, ""}}},
                      {ChatRole::kAssistant, {{false, "Yes."}}},
                      {ChatRole::kUser, {{false, "And "}, {false, "now?"}}}};
  ASSERT_EQ(check_request(request).failure, ChatFailure::kNone);
  const Json body = Json::parse(chat_body(request, {"m", AnswerStart::kInText, 0}));
  const Json& parts = body["messages"][0]["content"];
  ASSERT_EQ(parts.size(), 3U);
  const auto bytes_of = [](const Json& part, const std::string& type) {
    const std::string url = part["image_url"]["url"], before = "data:" + type + ";base64,";
    EXPECT_TRUE(url.starts_with(before)) << url;
    return from_base64(url.substr(before.size()));
  };
  EXPECT_EQ(bytes_of(parts[0], "image/png"), png);
  EXPECT_EQ(parts[1], (Json{{"type", "text"}, {"text", "First."}}));
  EXPECT_EQ(bytes_of(parts[2], "image/gif"), gif);
  EXPECT_EQ(body["messages"][1]["content"], "Yes.");
  EXPECT_EQ(body["messages"][2]["content"], "And now?");
}

TEST(ChatBody, AsksForChancesWhereChoicesAreWanted) {
  ChatRequest request = question("?");
  EXPECT_FALSE(Json::parse(chat_body(request, {"m", {}, 20})).contains("logprobs"));
  request.choices = {"yes"};
  Json body = Json::parse(chat_body(request, {"m", {}, 20}));
  EXPECT_EQ(body["logprobs"], true);
  EXPECT_EQ(body["top_logprobs"], 20);
  EXPECT_FALSE(Json::parse(chat_body(request, {"m", {}, 0})).contains("logprobs"));
}

TEST(ChatBody, TheAnswersStartEndsTheLastText) {
  ChatRequest request = question("Rate it.");
  request.answer_start = "Score: ";
  Json body = Json::parse(chat_body(request, {"m", AnswerStart::kInText, 0}));
  EXPECT_EQ(body["messages"][0]["content"], "Rate it.\nScore: ");
  EXPECT_FALSE(body.contains("continue_final_message"));

  request.messages.push_back({ChatRole::kAssistant, {{false, "Hm."}}});
  body = Json::parse(chat_body(request, {"m", AnswerStart::kInText, 0}));
  EXPECT_EQ(body["messages"][2]["content"], "Score: ");

  request.messages = {{ChatRole::kUser, {{false, "Look:"}, {true, ""}}}};
  request.pictures = {picture("GIF89a")};
  body = Json::parse(chat_body(request, {"m", AnswerStart::kInText, 0}));
  EXPECT_EQ(body["messages"][0]["content"][2]["text"], "Score: ");
}

TEST(ChatBody, TheAnswersStartMayBeAMessage) {
  ChatRequest request = question("Rate it.");
  request.answer_start = "Score: ";
  const Json body = Json::parse(chat_body(request, {"m", AnswerStart::kMessage, 0}));
  EXPECT_EQ(body["messages"][0]["content"], "Rate it.");
  EXPECT_EQ(body["messages"][1], (Json{{"role", "assistant"}, {"content", "Score: "}}));
  EXPECT_EQ(body["continue_final_message"], true);
  EXPECT_EQ(body["add_generation_prompt"], false);
}

TEST(ChatBody, IsJsonWhateverTheTextsAre) {
  ChatRequest request = question(std::string("\xFF\xC3\0\x1B\"\\ \xE2\x80\xA8", 9));
  request.most_new = 0;
  request.stop = {"\xFE"};
  const Json body = Json::parse(chat_body(request, {"m\xFF", {}, 0}));
  EXPECT_EQ(body["model"], "m\uFFFD");
  EXPECT_EQ(body["max_tokens"], 1);
}

TEST(CheckRequest, SaysWhatIsWrong) {
  ChatRequest request = question("?");
  request.forced = "yes";
  EXPECT_EQ(check_request(request).failure, ChatFailure::kRequest);
  EXPECT_NE(check_request(request).error.find("needs a model with scores_texts"),
            std::string::npos);

  request = question("?");
  request.pictures = {picture("GIF89a")};
  EXPECT_EQ(check_request(request).failure, ChatFailure::kRequest);
  request.messages[0].content.insert(request.messages[0].content.begin(), {true, ""});
  EXPECT_EQ(check_request(request).failure, ChatFailure::kNone);
  request.pictures = {picture("")};
  EXPECT_EQ(check_request(request).failure, ChatFailure::kPicture);
  EXPECT_EQ(check_request(request).error, "a.jpg: is empty");
  request.pictures = {picture("<html>")};
  EXPECT_EQ(check_request(request).failure, ChatFailure::kPicture);
  request.pictures = {nullptr};
  EXPECT_EQ(check_request(request).failure, ChatFailure::kPicture);
  EXPECT_EQ(check_request({}).failure, ChatFailure::kRequest);
}

}  // namespace
}  // namespace vernier::chat
