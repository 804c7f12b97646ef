// vernier caption against a server.
#include <gtest/gtest.h>

#include "tests/judges/chat/remote/remote_fixture.h"
#include "tests/runners/model/drawn_scenes.h"

namespace vernier {
namespace {

using namespace vernier::tests;

const std::string kKey = "sk-vernier-hunter2-0123456789";

class RemoteCommand : public RemoteTest {
 protected:
  /// Everything that lies in the test's folder, names included.
  std::string all_files() const {
    std::string all;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(scenes_.path("set/.."))) {
      all += entry.path().string() + "\n";
      if (entry.is_regular_file()) all += read_file(entry.path()) + "\n";
    }
    return all;
  }
  Finished caption(const StubServer& server, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"caption",    "--images", scenes_.images(),
                                          "-o",         output_,    "--judge-url",
                                          server.url(), "--tries",  "1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return tests::vernier(arguments);
  }

  DrawnScenes scenes_{12};
  std::string output_ = scenes_.path("out.jsonl");
};

TEST_F(RemoteCommand, TheKeyIsInNoFileAndNoMessage) {
  setenv("VERNIER_API_KEY", kKey.c_str(), 1);
  std::size_t asked = 0;
  StubServer server(lists_m([&](const StubRequest& request) {
    // A server that echoes what it was sent, in answers and in errors.
    const std::string line = request.headers.at("authorization");
    return ++asked == 9 ? error_reply(500, line) : reply(completion("seen by " + line));
  }));
  const Finished broken = caption(server);
  EXPECT_EQ(broken.code, 5) << broken.err;
  EXPECT_TRUE(std::filesystem::exists(output_ + ".part"));
  std::string everything = all_files() + broken.out + broken.err;
  const Finished done = caption(server, {"--resume"});
  EXPECT_EQ(done.code, 0) << done.err;
  everything += all_files() + done.out + done.err;
  EXPECT_EQ(everything.find("hunter2"), std::string::npos);
  EXPECT_NE(everything.find("seen by Bearer [key]"), std::string::npos);
  EXPECT_EQ(json_lines(read_file(output_)).size(), 12U);
  bool sent = false;
  for (const StubRequest& request : server.requests()) {
    sent = sent || request.headers.at("authorization") == "Bearer " + kKey;
  }
  EXPECT_TRUE(sent);
}

TEST_F(RemoteCommand, FailuresWithinTheBudgetAreCounted) {
  StubServer server(lists_m([&](const StubRequest& request) {
    // Of one picture, however often it is asked.
    static std::string bad;
    if (bad.empty()) bad = request.body;
    return request.body == bad ? error_reply(500, "out of memory")
                               : reply(completion("A picture."));
  }));
  const Finished done = caption(server, {"--max-failures", "0.1"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.err.find("out of memory"), std::string::npos) << done.err;
  EXPECT_NE(done.err.find("1 of 12 got no answer"), std::string::npos) << done.err;
  EXPECT_EQ(json_lines(read_file(output_)).size(), 11U);
}

TEST_F(RemoteCommand, SaysWhatCannotBe) {
  StubServer server(lists_m(echo));
  const Finished judged = tests::vernier({"judge", scenes_.captions(), "--images", scenes_.images(),
                                          "--judge-url", server.url(), "--mode", "likelihood"});
  EXPECT_EQ(judged.code, 2);
  EXPECT_NE(judged.err.find("--mode likelihood needs a model that is run here"), std::string::npos)
      << judged.err;
  EXPECT_EQ(caption(server, {"--model", "x"}).code, 2);
  const Finished secret = tests::vernier({"caption", "--images", scenes_.images(), "--judge-url",
                                          "http://user:hunter2@localhost:1", "-o", output_});
  EXPECT_EQ(secret.code, 2);
  EXPECT_EQ(secret.err.find("hunter2"), std::string::npos) << secret.err;
  EXPECT_FALSE(std::filesystem::exists(output_ + ".log"));
  server.stop();
  const Finished nobody = caption(server);
  EXPECT_EQ(nobody.code, 4) << nobody.err;
}

}  // namespace
}  // namespace vernier
