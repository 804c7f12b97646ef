// RemoteModel with servers that do what they should.
#include "judges/chat/remote/remote_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "base/process/plugin.h"
#include "tests/judges/chat/remote/remote_fixture.h"

namespace vernier::chat {
namespace {

using namespace vernier::tests;

using RemoteModelTest = RemoteTest;

TEST(OpenHttpClient, OpensThePluginOrSaysThatThereIsNone) {
  try {
    EXPECT_NE(open_http_client(), nullptr);
    EXPECT_TRUE(std::filesystem::exists(plugin_path(kHttpPlugin)));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kResource);
    EXPECT_TRUE(contains(error.what(), "this build has no HTTP")) << error.what();
    EXPECT_FALSE(std::filesystem::exists(plugin_path(kHttpPlugin)));
  }
}

TEST_F(RemoteModelTest, AnswersEveryRequestOnceWithoutMixingThemUp) {
  StubServer server(lists_m([](const StubRequest& request) {
    StubReply answer = echo(request);
    // Later requests are answered sooner.
    answer.delay = std::chrono::milliseconds(request.body.size() * 7919 % 13);
    return answer;
  }));
  RemoteModel model(quick_options(server.url()));
  EXPECT_FALSE(model.scores_texts());
  const Heard heard = hear(model, questions(60));
  EXPECT_EQ(heard.error, "");
  ASSERT_EQ(heard.answers.size(), 60U);
  for (const auto& [index, answer] : heard.answers) {
    EXPECT_EQ(answer.failure, ChatFailure::kNone) << answer.error;
    EXPECT_EQ(answer.text, "re: q" + std::to_string(index));
    EXPECT_EQ(answer.tokens_in, 7U);
    EXPECT_TRUE(answer.finished);
  }
  for (const StubRequest& request : server.requests()) {
    EXPECT_EQ(request.method, request.path == kModelsPath ? "GET" : "POST");
    EXPECT_FALSE(request.headers.contains("authorization"));
    EXPECT_FALSE(request.headers.contains("expect"));
    if (request.method == "POST") {
      EXPECT_EQ(request.headers.at("content-type"), "application/json");
      EXPECT_EQ(Json::parse(request.body)["model"], "m");
    }
  }
}

TEST_F(RemoteModelTest, KeepsSoManyInFlightAndNoMore) {
  StubServer server(lists_m([](const StubRequest& request) {
    StubReply answer = echo(request);
    answer.delay = std::chrono::milliseconds(40);
    return answer;
  }));
  RemoteOptions options = quick_options(server.url());
  options.in_flight = 5;
  RemoteModel model(options);
  EXPECT_EQ(hear(model, questions(20)).answers.size(), 20U);
  EXPECT_EQ(server.most_at_a_time(), 5U);
}

TEST_F(RemoteModelTest, PicturesArriveWhole) {
  std::string bytes = "\xFF\xD8\xFF\xE0";
  for (unsigned i = 0; i < 1'000'000; ++i) bytes.push_back(static_cast<char>(i * i >> 3));
  std::string url;
  StubServer server(lists_m([&](const StubRequest& request) {
    EXPECT_FALSE(request.headers.contains("expect")) << "it would cost a second";
    const std::size_t begin = request.body.find("data:");
    url = request.body.substr(begin, request.body.find('"', begin) - begin);
    return reply(completion("A dog."));
  }));
  RemoteModel model(quick_options(server.url()));
  std::vector<ChatRequest> requests = questions(2);
  requests[0].messages[0].content.insert(requests[0].messages[0].content.begin(), {true, ""});
  requests[0].pictures = {std::make_shared<const Picture>(Picture{"a", bytes})};
  requests[1].messages[0].content.push_back({true, ""});
  requests[1].pictures = {std::make_shared<const Picture>(Picture{"b", "<html>"})};
  const Heard heard = hear(model, requests);
  EXPECT_EQ(heard.answers.at(0).text, "A dog.");
  EXPECT_EQ(heard.answers.at(1).failure, ChatFailure::kPicture);
  EXPECT_TRUE(url.starts_with("data:image/jpeg;base64,/9j/4"));
  EXPECT_EQ(url.size(), std::string("data:image/jpeg;base64,").size() + (bytes.size() + 2) / 3 * 4);
}

TEST_F(RemoteModelTest, AServerThatDropsPicturesIsFoundOut) {
  std::size_t with_picture = 7;
  StubServer server([&](const StubRequest& request) {
    if (request.path == kModelsPath) return reply(models({"m"}));
    Json json = completion("yes");
    if (contains(request.body, "image_url")) json["usage"]["prompt_tokens"] = with_picture;
    return reply(json);
  });
  std::vector<ChatRequest> requests = questions(3);
  requests[1].messages[0].content.push_back({true, ""});
  requests[1].pictures = {std::make_shared<const Picture>(Picture{"a", "GIF89a"})};
  RemoteOptions options = quick_options(server.url());
  RemoteModel model(options);
  EXPECT_EQ(hear(model, questions(2)).code, ExitCode::kOk);
  for (int i = 0; i < 2; ++i) {
    const Heard heard = hear(model, requests);
    EXPECT_EQ(heard.code, ExitCode::kResource);
    EXPECT_TRUE(contains(heard.error, "does not look at pictures")) << heard.error;
    EXPECT_TRUE(heard.answers.empty());
  }
  with_picture = 8;
  EXPECT_EQ(hear(model, requests).answers.size(), 3U);
  const std::size_t asked = server.count(kCompletionsPath);
  EXPECT_EQ(hear(model, requests).answers.size(), 3U);
  EXPECT_EQ(server.count(kCompletionsPath), asked + 3) << "it is checked once";
  with_picture = 7;
  options.trust_pictures = true;
  RemoteModel trusting(options);
  EXPECT_EQ(hear(trusting, requests).answers.size(), 3U);
}

TEST_F(RemoteModelTest, TheSignatureSaysWhatIsAsked) {
  StubServer server(lists_m(echo));
  RemoteOptions options = quick_options(server.url() + "/v1/chat/completions");
  const std::string where = "|url:http://127.0.0.1:" + std::to_string(server.port()) + "/v1";
  EXPECT_EQ(
      RemoteModel(options).signature(),
      "remote|model:m" + where + "|logprobs:20|answer-start:in-text|temperature:0|seed:0|v:1");
  options.model = "a|b\n";
  options.top_logprobs = 0;
  options.answer_start = AnswerStart::kMessage;
  EXPECT_EQ(RemoteModel(options).signature(),
            "remote|model:a%7Cb\\n" + where +
                "|logprobs:none|answer-start:message|temperature:0|seed:0|v:1");
}

TEST_F(RemoteModelTest, TakesTheOnlyModelAndListsSeveral) {
  std::vector<std::string> names = {"one", "two"};
  StubServer server([&](const StubRequest& request) {
    return request.path == kModelsPath ? reply(models(names)) : reply(completion("yes"));
  });
  const RemoteOptions options = quick_options(server.url());
  Heard heard = refused(options);
  EXPECT_EQ(heard.code, ExitCode::kUsage);
  EXPECT_TRUE(contains(heard.error, "2 models, name one of them: one, two")) << heard.error;
  names.clear();
  EXPECT_TRUE(contains(refused(options).error, "0 models"));
  for (int i = 0; i < 30; ++i) names.push_back("n" + std::to_string(i));
  EXPECT_TRUE(contains(refused(options).error, "n19 and 10 more"));
  names = {"one"};
  EXPECT_TRUE(contains(RemoteModel(options).signature(), "|model:one|"));
}

TEST_F(RemoteModelTest, AServerNeedNotListModels) {
  StubServer server([&](const StubRequest& request) {
    return request.path == kModelsPath ? error_reply(404, "no list") : reply(completion("yes"));
  });
  RemoteOptions options = quick_options(server.url());
  EXPECT_EQ(refused(options).code, ExitCode::kResource);
  EXPECT_TRUE(contains(refused(options).error, "HTTP 404: no list")) << refused(options).error;
  options.model = "m";
  EXPECT_EQ(refused(options).error, "");
}

TEST_F(RemoteModelTest, TellsChances) {
  StubServer server(lists_m([](const StubRequest&) {
    return reply(completion("8", Json::array({token({{"8", -0.25}, {" 8", -2}, {"9", -4}})})));
  }));
  RemoteModel model(quick_options(server.url()));
  std::vector<ChatRequest> requests = questions(1);
  requests[0].choices = {"9", "8", "7"};
  const ChatAnswer answer = hear(model, requests).answers.at(0);
  EXPECT_DOUBLE_EQ(answer.choices[0], -4);
  EXPECT_NEAR(answer.choices[1], std::log(std::exp(-0.25) + std::exp(-2)), 1e-12);
  EXPECT_TRUE(std::isnan(answer.choices[2]));
  EXPECT_EQ(answer.top.size(), 3U);
}

/// Refuses more than `most` log-probabilities.
StubServer::Answer refuses_more_than(unsigned most, int status) {
  return [=](const StubRequest& request) {
    if (request.path == kModelsPath) return reply(models({"m"}));
    const Json body = Json::parse(request.body);
    if (body.value("top_logprobs", 0U) > most) {
      return error_reply(status, "top_logprobs must be at most " + std::to_string(most));
    }
    return reply(completion(
        "yes", body.contains("logprobs") ? Json::array({token({{"yes", -0.5}})}) : Json(nullptr)));
  };
}

TEST_F(RemoteModelTest, MakesDoWithFewerChances) {
  for (const auto& [most, status, told] :
       {std::tuple{5U, 400, "|logprobs:5|"}, {0U, 422, "|logprobs:none|"}, {0U, 500, "none"}}) {
    StubServer server(refuses_more_than(most, status));
    RemoteModel model(quick_options(server.url()));
    EXPECT_TRUE(contains(model.signature(), told)) << model.signature();
    std::vector<ChatRequest> requests = questions(3);
    for (ChatRequest& request : requests) request.choices = {"yes"};
    for (const auto& [index, answer] : hear(model, requests).answers) {
      EXPECT_EQ(answer.failure, ChatFailure::kNone) << answer.error;
      EXPECT_EQ(std::isnan(answer.choices[0]), most == 0);
    }
    const std::size_t trials = most == 5 ? 2 : 3;
    EXPECT_EQ(server.count(kCompletionsPath), trials + 3) << "it is remembered";
  }
}

TEST_F(RemoteModelTest, ChancesThatAreTakenBackDuringARun) {
  StubServer server(lists_m([](const StubRequest& request) {
    const Json body = Json::parse(request.body);
    if (body.value("top_logprobs", 0) > 5) return error_reply(400, "logprobs: at most 5");
    return reply(completion("yes", Json::array({token({{"yes", -0.5}})})));
  }));
  RemoteModel model(quick_options(server.url()));
  EXPECT_TRUE(contains(model.signature(), "|logprobs:20|"));
  std::vector<ChatRequest> requests = questions(20);
  for (ChatRequest& request : requests) request.choices = {"yes"};
  const Heard heard = hear(model, requests);
  EXPECT_EQ(heard.count(ChatFailure::kNone), 20U) << heard.error;
  EXPECT_TRUE(contains(model.signature(), "|logprobs:5|"));
}

TEST_F(RemoteModelTest, AServerThatKeepsSilentAboutChances) {
  StubServer server([](const StubRequest& request) {
    return request.path == kModelsPath ? reply(models({"m"})) : reply(completion("yes"));
  });
  EXPECT_TRUE(contains(RemoteModel(quick_options(server.url())).signature(), "|logprobs:none|"));
}

TEST_F(RemoteModelTest, WhatDoneThrowsEndsEverything) {
  StubServer server(lists_m(echo));
  RemoteModel model(quick_options(server.url()));
  int calls = 0;
  EXPECT_THROW(model.run(questions(50),
                         [&](std::size_t, const ChatAnswer&) {
                           if (++calls == 3) throw std::logic_error("enough");
                         }),
               std::logic_error);
  EXPECT_EQ(calls, 3);
  // The model can be asked again.
  EXPECT_EQ(hear(model, questions(5)).answers.size(), 5U);
  EXPECT_TRUE(hear(model, {}).answers.empty());
}

TEST_F(RemoteModelTest, OptionsThatMakeNoSense) {
  const auto refuses = [](auto change) {
    RemoteOptions options = quick_options("http://127.0.0.1:1");
    change(options);
    return refused(options).code == ExitCode::kUsage;
  };
  EXPECT_TRUE(refuses([](RemoteOptions& o) { o.url = "nonsense"; }));
  EXPECT_TRUE(refuses([](RemoteOptions& o) { o.in_flight = 0; }));
  EXPECT_TRUE(refuses([](RemoteOptions& o) { o.in_flight = 5000; }));
  EXPECT_TRUE(refuses([](RemoteOptions& o) { o.limit = std::chrono::milliseconds(0); }));
  EXPECT_TRUE(refuses([](RemoteOptions& o) { o.budget = std::chrono::milliseconds(-1); }));
  EXPECT_TRUE(refuses([](RemoteOptions& o) { o.retry.tries = 0; }));
  EXPECT_TRUE(refuses([](RemoteOptions& o) { o.most_failures = 1.5; }));
  EXPECT_TRUE(refuses([](RemoteOptions& o) { o.most_failures = std::nan(""); }));
}

}  // namespace
}  // namespace vernier::chat
