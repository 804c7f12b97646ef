// The key goes into one header line and nowhere else.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/judges/chat/remote/remote_fixture.h"

namespace vernier::chat {
namespace {

using namespace vernier::tests;

const std::string kKey = "sk-vernier-hunter2-0123456789";

class RemoteKey : public RemoteTest {
 protected:
  void SetUp() override {
    RemoteTest::SetUp();
    setenv("VERNIER_API_KEY", kKey.c_str(), 1);
  }
};

/// Everything that a model and its answers say.
std::string everything(const Heard& heard) {
  std::string out = heard.error + "\n";
  for (const auto& [index, answer] : heard.answers) {
    out += answer.error + "\n" + answer.text + "\n";
    for (const TokenChance& chance : answer.top) out += chance.text + "\n";
  }
  return out;
}

TEST_F(RemoteKey, IsSentWithEveryRequest) {
  StubServer server(lists_m(echo));
  RemoteModel model(quick_options(server.url()));
  const Heard heard = hear(model, questions(10));
  EXPECT_EQ(heard.answers.size(), 10U);
  EXPECT_FALSE(contains(everything(heard) + model.signature(), kKey));
  for (const StubRequest& request : server.requests()) {
    EXPECT_EQ(request.headers.at("authorization"), "Bearer " + kKey);
    EXPECT_EQ(request.head.find(kKey), request.head.rfind(kKey)) << "once";
    EXPECT_FALSE(contains(request.body, kKey));
    EXPECT_FALSE(contains(request.path, kKey));
  }
}

TEST_F(RemoteKey, IsKeptFromMessagesWhateverTheServerEchoes) {
  const auto echoing = [](int status) {
    return [status](const StubRequest& request) {
      const std::string line = request.headers.at("authorization");
      const Json tokens = Json::array({token({{line, -0.5}})});
      return status == 200 ? reply(completion(line, tokens)) : error_reply(status, line);
    };
  };
  std::string said;
  for (const int status : {200, 301, 400, 401, 403, 404, 429, 500}) {
    // From the first call on, from the trial on, and during a run.
    StubServer first(echoing(status));
    said += refused(quick_options(first.url())).error + "\n";
    StubServer second([&](const StubRequest& request) {
      return request.path == kModelsPath ? reply(models({"m"})) : echoing(status)(request);
    });
    said += refused(quick_options(second.url())).error + "\n";
    StubServer third(lists_m(echoing(status)));
    RemoteModel model(quick_options(third.url()));
    std::vector<ChatRequest> requests = questions(3);
    for (ChatRequest& request : requests) request.choices = {"a"};
    said += everything(hear(model, requests)) + model.signature() + "\n";
    // As the name of a model.
    StubServer fourth([&](const StubRequest& request) {
      if (request.path != kModelsPath) return reply(completion("yes"));
      return reply(models({"x-" + kKey}));
    });
    said += RemoteModel(quick_options(fourth.url())).signature() + "\n";
  }
  EXPECT_FALSE(contains(said, "hunter2")) << said;
  EXPECT_TRUE(contains(said, "[key]"));
}

TEST_F(RemoteKey, IsNotInAnswersThatAreNoJson) {
  StubServer server(lists_m([](const StubRequest& request) {
    StubReply out;
    out.status = 500;
    out.body = "<html>" + request.head;
    return out;
  }));
  RemoteModel model(quick_options(server.url()));
  EXPECT_FALSE(contains(everything(hear(model, questions(3))), "hunter2"));
}

TEST_F(RemoteKey, WrongOrMissingIsSaidAtOnce) {
  for (const int status : {401, 403}) {
    StubServer server([&](const StubRequest&) { return error_reply(status, "Unauthorized"); });
    Heard heard = refused(quick_options(server.url()));
    EXPECT_EQ(heard.code, ExitCode::kResource);
    EXPECT_TRUE(contains(heard.error, "VERNIER_API_KEY is wrong")) << heard.error;
    unsetenv("VERNIER_API_KEY");
    heard = refused(quick_options(server.url()));
    EXPECT_TRUE(contains(heard.error, "VERNIER_API_KEY is missing")) << heard.error;
    EXPECT_EQ(server.requests().size(), 2U) << "no second try";
    setenv("VERNIER_API_KEY", kKey.c_str(), 1);

    // Some servers list their models to everybody; some take keys back.
    StubServer open(lists_m([&](const StubRequest& request) {
      return asked_text(request) == "q3" ? error_reply(status, "expired") : echo(request);
    }));
    RemoteOptions options = quick_options(open.url());
    options.in_flight = 1;
    RemoteModel model(options);
    heard = hear(model, questions(10));
    EXPECT_EQ(heard.code, ExitCode::kResource);
    EXPECT_EQ(heard.answers.size(), 3U) << "what was answered before";
  }
}

TEST_F(RemoteKey, IsNotSentInTheOpenToOtherMachines) {
  RemoteOptions options = quick_options("http://198.51.100.1:9/v1");
  options.limit = std::chrono::milliseconds(50);
  Heard heard = refused(options);
  EXPECT_EQ(heard.code, ExitCode::kUsage);
  EXPECT_TRUE(contains(heard.error, "unencrypted")) << heard.error;
  options.allow_plain_key = true;
  EXPECT_NE(refused(options).code, ExitCode::kUsage);
  options.allow_plain_key = false;
  unsetenv("VERNIER_API_KEY");
  EXPECT_NE(refused(options).code, ExitCode::kUsage);
}

TEST_F(RemoteKey, IsRefusedInTheUrl) {
  for (const std::string& url : {"http://" + kKey + "@localhost", "http://localhost?key=" + kKey,
                                 "http://localhost/" + kKey + "/v1"}) {
    const Heard heard = refused(quick_options(url));
    EXPECT_EQ(heard.code, ExitCode::kUsage);
    EXPECT_FALSE(contains(heard.error, "hunter2"));
  }
}

TEST_F(RemoteKey, GoesPastProxiesToThisMachine) {
  StubServer proxy(echo);
  setenv("http_proxy", proxy.url().c_str(), 1);
  StubServer server(lists_m(echo));
  RemoteModel model(quick_options(server.url()));
  EXPECT_EQ(hear(model, questions(2)).answers.size(), 2U);
  unsetenv("http_proxy");
  EXPECT_TRUE(proxy.requests().empty());
}

}  // namespace
}  // namespace vernier::chat
