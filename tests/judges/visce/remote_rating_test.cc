// The same verdicts by a server that has the same model.
#include <gtest/gtest.h>

#include "judges/chat/local/local_model.h"
#include "judges/visce/comparer.h"
#include "judges/visce/rater.h"
#include "tests/judges/chat/remote/remote_fixture.h"
#include "tests/support/drawn_picture.h"

namespace vernier::visce {
namespace {

using tests::Json;

class RemoteRating : public tests::RemoteTest {};

std::string decode_base64(std::string_view text) {
  const std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned value = 0, bits = 0;
  for (const char c : text) {
    const std::size_t at = letters.find(c);
    if (at == std::string_view::npos) break;
    value = value << 6 | static_cast<unsigned>(at);
    if ((bits += 6) >= 8) out += static_cast<char>(value >> (bits -= 8) & 0xff);
  }
  return out;
}

/// A body of chat completions as the request that it was.
chat::ChatRequest request_of(const Json& body) {
  chat::ChatRequest request;
  for (const Json& message : body["messages"]) {
    engine::ChatMessage out;
    const bool user = message["role"] == "user";
    out.role = user ? engine::ChatRole::kUser : engine::ChatRole::kAssistant;
    if (message["content"].is_string()) {
      out.content.push_back({false, message["content"].get<std::string>()});
    } else {
      for (const Json& part : message["content"]) {
        if (part["type"] == "text") {
          out.content.push_back({false, part["text"].get<std::string>()});
          continue;
        }
        const auto uri = part["image_url"]["url"].get<std::string>();
        auto picture = std::make_shared<chat::Picture>();
        picture->name = "sent";
        picture->bytes = decode_base64(std::string_view(uri).substr(uri.find(',') + 1));
        request.pictures.push_back(picture);
        out.content.push_back({true, {}});
      }
    }
    request.messages.push_back(std::move(out));
  }
  if (body.value("continue_final_message", false)) {
    request.answer_start = request.messages.back().content.back().text;
    request.messages.pop_back();
  }
  request.most_new = body["max_tokens"].get<std::size_t>();
  return request;
}

/// A server with `model` behind it, which tells the 20 likeliest tokens that a rating can go on
/// with.
tests::StubReply serve(chat::ChatModel& model, const tests::StubRequest& asked) {
  const Json body = Json::parse(asked.body);
  chat::ChatRequest request = request_of(body);
  for (const char* text : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "\n", " ", ".", "/"}) {
    request.choices.emplace_back(text);
  }
  request.choose_end = true;
  if (body.contains("logprobs")) {
    request.most_new = 0;
  } else {
    request.choices.clear();
    request.choose_end = false;
  }
  Json out;
  model.run(std::span(&request, 1), [&](std::size_t, chat::ChatAnswer answer) {
    if (answer.failure != chat::ChatFailure::kNone) {
      out = nullptr;
      return;
    }
    std::vector<std::pair<std::string, double>> top;
    for (std::size_t i = 0; i < request.choices.size(); ++i) {
      if (!std::isnan(answer.choices[i])) top.emplace_back(request.choices[i], answer.choices[i]);
    }
    if (!std::isnan(answer.end_choice)) top.emplace_back("</s>", answer.end_choice);
    std::ranges::sort(top, std::greater<>(), &std::pair<std::string, double>::second);
    Json tokens = nullptr;
    if (body.contains("logprobs")) tokens = Json::array({tests::token(top)});
    out = tests::completion(answer.text, tokens);
    out["usage"]["prompt_tokens"] = answer.tokens_in;
  });
  return out.is_null() ? tests::error_reply(400, "no such picture") : tests::reply(out);
}

TEST_F(RemoteRating, IsTheEmbeddedOne) {
  chat::LocalModel local({.folder = std::string(VERNIER_SOURCE) + "/judges/model/default",
                          .chat_template = "",
                          .threads = 1,
                          .limits = {}});
  tests::StubServer server(
      tests::lists_m([&](const tests::StubRequest& asked) { return serve(local, asked); }));
  chat::RemoteOptions options = tests::quick_options(server.url());
  options.answer_start = chat::AnswerStart::kMessage;
  chat::RemoteModel remote(options);
  const prompts::PromptSet prompts = prompts::open_prompts("scenes");
  std::vector<RatingCase> cases;
  for (std::uint64_t scene = 0; scene < 4; ++scene) {
    for (const char* caption :
         {"A small red circle.", "A large blue star and a small green square."}) {
      cases.push_back({caption, {}, see(tests::drawn_picture(scene)), nullptr});
    }
  }
  for (const RatingMode mode : {RatingMode::kDirect, RatingMode::kVisce}) {
    const RaterOptions how{.mode = mode};
    const std::vector<Verdict> here = Rater(local, prompts, how).rate(cases);
    const std::vector<Verdict> there = Rater(remote, prompts, how).rate(cases);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      ASSERT_EQ(there[i].status, VerdictStatus::kOk) << there[i].error;
      // Log-probabilities travel as decimal text of doubles: nothing is lost.
      EXPECT_EQ(there[i].score, here[i].score) << i;
      EXPECT_EQ(there[i].rating->mass, here[i].rating->mass) << i;
      EXPECT_EQ(there[i].deciles, here[i].deciles) << i;
      if (mode == RatingMode::kVisce) {
        EXPECT_EQ(there[i].context->text, here[i].context->text);
      }
    }
  }
}

}  // namespace
}  // namespace vernier::visce
