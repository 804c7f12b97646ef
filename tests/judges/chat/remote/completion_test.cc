#include "judges/chat/remote/reply/completion.h"

#include <gtest/gtest.h>

#include <cmath>

#include "judges/chat/remote/reply/reply_json.h"
#include "tests/judges/chat/remote/chat_replies.h"

namespace vernier::chat {
namespace {

using tests::completion;
using tests::Json;
using tests::question;
using tests::token;

Completion parse(const std::string& body, const ChatRequest& request = question("?")) {
  return parse_chat_completion(body, request, Secret("secret-key-1"));
}
Completion parse(const Json& body, const ChatRequest& request = question("?")) {
  return parse(body.dump(), request);
}

ChatRequest with_choices(std::vector<std::string> choices) {
  ChatRequest request = question("?");
  request.choices = std::move(choices);
  return request;
}

void expect_failure(const Completion& done, const std::string& words, bool again) {
  EXPECT_EQ(done.answer.failure, ChatFailure::kService) << words;
  EXPECT_NE(done.answer.error.find(words), std::string::npos) << done.answer.error;
  EXPECT_LE(done.answer.error.size(), 200U);
  EXPECT_EQ(done.answer.error.find('\n'), std::string::npos);
  EXPECT_EQ(done.answer.error.find("secret-key-1"), std::string::npos);
  EXPECT_EQ(done.again, again) << words;
  EXPECT_TRUE(done.answer.text.empty() && done.answer.top.empty() && done.answer.choices.empty());
  EXPECT_FALSE(done.answer.finished);
  EXPECT_EQ(done.answer.tokens_in + done.answer.tokens_out + done.answer.reused, 0U);
}

TEST(Completion, ReadsAnAnswer) {
  const ChatAnswer answer = parse(completion("A dog.")).answer;
  EXPECT_EQ(answer.failure, ChatFailure::kNone) << answer.error;
  EXPECT_EQ(answer.text, "A dog.");
  EXPECT_TRUE(answer.finished);
  EXPECT_EQ(answer.tokens_in, 7U);
  EXPECT_EQ(answer.tokens_out, 3U);
  EXPECT_EQ(answer.reused, 4U);
  EXPECT_TRUE(answer.choices.empty());
}

TEST(Completion, CutAtTheLimit) {
  Json body = completion("A");
  body["choices"][0]["finish_reason"] = "length";
  EXPECT_FALSE(parse(body).answer.finished);
  EXPECT_EQ(parse(body).answer.text, "A");
}

TEST(Completion, CountsMayBeLeftOut) {
  Json body = completion("A");
  body["usage"] = nullptr;
  EXPECT_EQ(parse(body).answer.failure, ChatFailure::kNone);
  EXPECT_EQ(parse(body).answer.tokens_in, 0U);
  body["usage"] = {{"prompt_tokens", 5}, {"prompt_tokens_details", nullptr}};
  EXPECT_EQ(parse(body).answer.tokens_in, 5U);
  body["usage"] = {{"prompt_tokens", 5}, {"prompt_tokens_details", {{"cached_tokens", 9}}}};
  EXPECT_EQ(parse(body).answer.reused, 5U);
}

TEST(Completion, EndsBeforeStopsAndDoesNotRepeatTheStart) {
  ChatRequest request = question("?");
  request.answer_start = "Score: ";
  request.stop = {"\n", ".", ""};
  ChatAnswer answer = parse(completion("Score: 85.\nGood"), request).answer;
  EXPECT_EQ(answer.text, "85");
  EXPECT_TRUE(answer.finished);
  EXPECT_EQ(parse(completion("85"), request).answer.text, "85");
  EXPECT_EQ(parse(completion("Score:85"), request).answer.text, "85");
  request.most_new = 0;
  EXPECT_EQ(parse(completion("85"), request).answer.text, "");
}

TEST(Completion, TellsChances) {
  const Json tokens = Json::array({token({{"yes", -0.5}, {"no", -1.5}, {" yes", -3}})});
  const Completion done = parse(completion("yes", tokens), with_choices({"no", "maybe", "yes"}));
  EXPECT_TRUE(done.tells_chances);
  EXPECT_DOUBLE_EQ(done.answer.choices[0], -1.5);
  EXPECT_TRUE(std::isnan(done.answer.choices[1]));
  EXPECT_NEAR(done.answer.choices[2], std::log(std::exp(-0.5) + std::exp(-3)), 1e-12);
  ASSERT_EQ(done.answer.top.size(), 3U);
  EXPECT_EQ(done.answer.top[1].text, "no");
  EXPECT_NEAR(done.answer.top_mass, std::exp(-0.5) + std::exp(-1.5) + std::exp(-3), 1e-12);
}

TEST(Completion, ChancesBehindARepeatedStart) {
  ChatRequest request = with_choices({"8"});
  request.answer_start = "Score: ";
  const Json tokens = Json::array({token({{"Score", -0.01}}), token({{":", -0.01}}),
                                   token({{" 8", -0.5}, {" 9", -2}}), token({{"5", -0.5}})});
  ChatAnswer answer = parse(completion("Score: 85", tokens), request).answer;
  EXPECT_DOUBLE_EQ(answer.choices[0], -0.5);
  EXPECT_EQ(answer.text, "85");
  // Tokens that do not make up the text are not placed by it.
  answer = parse(completion("Score:  85", Json::array({token({{"?", -0.5}}), token({{"8", -1}})})),
                 request)
               .answer;
  EXPECT_TRUE(std::isnan(answer.choices[0]));
}

TEST(Completion, NoChancesAreNoFailure) {
  const ChatRequest request = with_choices({"yes", "no"});
  for (const Json& tokens : {Json(nullptr), Json::array()}) {
    const Completion done = parse(completion("yes", tokens), request);
    EXPECT_EQ(done.answer.failure, ChatFailure::kNone);
    EXPECT_EQ(done.tells_chances, tokens.is_array());
    ASSERT_EQ(done.answer.choices.size(), 2U);
    EXPECT_TRUE(std::isnan(done.answer.choices[0]));
    EXPECT_TRUE(done.answer.top.empty());
  }
  Json body = completion("yes");
  body["choices"][0].erase("logprobs");
  EXPECT_EQ(parse(body, request).answer.failure, ChatFailure::kNone);
}

TEST(Completion, WhatIsNoJsonMayBeWholeTheNextTime) {
  const std::string whole = completion("A dog.").dump();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    expect_failure(parse(whole.substr(0, size)), "cannot be used", true);
  }
  expect_failure(parse(std::string("")), "an empty body", true);
  expect_failure(parse(std::string(" \r\n")), "an empty body", true);
  expect_failure(parse(std::string("<!DOCTYPE html><p>Bad gateway")), "HTML", true);
  expect_failure(parse(std::string("Internal Server Error")), "not JSON", true);
  expect_failure(parse(std::string("[1]")), "not a JSON object", true);
  expect_failure(parse(std::string("null")), "not a JSON object", true);
  expect_failure(parse(std::string("{\"a\":NaN}")), "not JSON", true);
  expect_failure(parse(std::string("{\"a\":-Infinity}")), "not JSON", true);
  expect_failure(parse(std::string("{\"a\":1e999}")), "not JSON", true);
  expect_failure(parse(std::string("{\"a\":\"\xFF\"}")), "not JSON", true);
  expect_failure(parse(std::string("\x1F\x8B\x08\0gzip", 8)), "not JSON", true);
  expect_failure(parse(std::string(1'000'000, '[')), "not JSON", true);
  expect_failure(parse("{\"choices\":" + std::string(1'000'000, '[')), "not JSON", true);
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  expect_failure(parse("{\"choices\":" + deep + "}"), "not JSON", true);
}

TEST(Completion, OtherShapesAreNoAnswers) {
  const auto change = [](const std::string& pointer, const Json& value) {
    Json body = completion("A", Json::array({token({{"A", -0.5}})}));
    body[Json::json_pointer(pointer)] = value;
    return parse(body, with_choices({"A"}));
  };
  expect_failure(parse(Json::object()), "no \"choices\"", false);
  expect_failure(change("/choices", Json::array()), "\"choices\" is empty", true);
  expect_failure(change("/choices", "x"), "\"choices\" is not a list", false);
  expect_failure(change("/choices", nullptr), "no \"choices\"", false);
  expect_failure(change("/choices/0", 1), "no object", false);
  expect_failure(change("/choices/0/message", nullptr), "no \"message\"", false);
  expect_failure(change("/choices/0/message", Json::array()), "\"message\"", false);
  expect_failure(change("/choices/0/message/content", nullptr), "\"content\" is null", false);
  expect_failure(change("/choices/0/message/content", Json::array()), "not a text", false);
  expect_failure(change("/choices/0/message/content", 3), "not a text", false);
  expect_failure(change("/choices/0/finish_reason", nullptr), "finish_reason", false);
  expect_failure(change("/choices/0/finish_reason", 1), "finish_reason", false);
  expect_failure(change("/choices/0/finish_reason", "content_filter"), "content_filter", false);
  expect_failure(change("/choices/0/finish_reason", "abort"), "abort", true);
  expect_failure(change("/choices/0/finish_reason", std::string(9999, '\n')), "finish_reason",
                 false);
  expect_failure(change("/usage", 1), "\"usage\"", false);
  expect_failure(change("/usage/prompt_tokens", -1), "\"prompt_tokens\"", false);
  expect_failure(change("/usage/prompt_tokens", 1.5), "\"prompt_tokens\"", false);
  expect_failure(change("/usage/completion_tokens", "3"), "\"completion_tokens\"", false);
  expect_failure(change("/choices/0/logprobs", "x"), "\"logprobs\"", false);
  expect_failure(change("/choices/0/logprobs/content", 1), "\"content\"", false);
  expect_failure(change("/choices/0/logprobs/content/0", 1), "no token", false);
  expect_failure(change("/choices/0/logprobs/content/0/token", 1), "\"token\"", false);
  expect_failure(change("/choices/0/logprobs/content/0/logprob", "a"), "\"logprob\"", false);
  expect_failure(change("/choices/0/logprobs/content/0/logprob", 3), "above 0", false);
  expect_failure(change("/choices/0/logprobs/content/0/top_logprobs", 3), "\"top_logprobs\"",
                 false);
  expect_failure(change("/choices/0/logprobs/content/0/top_logprobs/0", 3), "no token", false);
  expect_failure(change("/choices/0/logprobs/content/0/top_logprobs/0/token", nullptr), "\"token\"",
                 false);
  expect_failure(change("/error", {{"message", "out of memory, secret-key-1"}}),
                 "says: out of memory, [key]", true);
}

TEST(Completion, ARefusalIsNoAnswer) {
  Json body = completion("A");
  body["choices"][0]["message"] = {{"content", nullptr}, {"refusal", "I will not."}};
  expect_failure(parse(body), "the model refuses: I will not.", false);
}

TEST(Completion, AServerThatEchoesTheKeyDoesNotSpreadIt) {
  const Json tokens = Json::array({token({{"secret-key-1", -0.5}})});
  const ChatAnswer answer =
      parse(completion("It is secret-key-1.", tokens), with_choices({"A"})).answer;
  EXPECT_EQ(answer.text, "It is [key].");
  EXPECT_EQ(answer.top[0].text, "[key]");
}

TEST(ErrorText, FindsTheWords) {
  EXPECT_EQ(error_text(R"({"error":{"message":"too long","code":400}})"), "too long");
  EXPECT_EQ(error_text(R"({"error":"too long"})"), "too long");
  EXPECT_EQ(error_text(R"({"object":"error","message":"too long"})"), "too long");
  EXPECT_EQ(error_text(R"({"detail":"Not Found"})"), "Not Found");
  EXPECT_EQ(error_text(R"({"detail":[{"loc":["body"],"msg":"field required"}]})"),
            "field required");
  EXPECT_EQ(error_text("<html>Bad Gateway"), "<html>Bad Gateway");
  EXPECT_EQ(error_text(R"({"error":7})"), R"({"error":7})");
  EXPECT_EQ(error_text(""), "");
}

TEST(ModelListing, NamesOrWhatIsWrong) {
  EXPECT_EQ(parse_model_list(tests::models({"a", "b"}).dump()).names,
            (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(parse_model_list(R"({"data":[]})").error.empty());
  for (const char* body : {"", "[]", "{}", R"({"data":1})", R"({"data":[1]})", R"({"data":[{}]})",
                           R"({"data":[{"id":1}]})", R"({"data":[{"id":""}]})"}) {
    EXPECT_FALSE(parse_model_list(body).error.empty()) << body;
  }
}

}  // namespace
}  // namespace vernier::chat
