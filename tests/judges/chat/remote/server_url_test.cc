#include "judges/chat/remote/address/server_url.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace vernier::chat {
namespace {

TEST(ServerUrl, TakesWhatUsersWrite) {
  const std::pair<const char*, const char*> cases[] = {
      {"http://host:8000", "http://host:8000/v1/chat/completions"},
      {"http://host:8000/", "http://host:8000/v1/chat/completions"},
      {"http://host:8000/v1", "http://host:8000/v1/chat/completions"},
      {"http://host:8000/v1///", "http://host:8000/v1/chat/completions"},
      {"http://host:8000/v1/chat/completions", "http://host:8000/v1/chat/completions"},
      {"http://host:8000/v1/chat/completions/", "http://host:8000/v1/chat/completions"},
      {"HTTPS://Host.Example", "https://host.example/v1/chat/completions"},
      {"https://host:443/v1", "https://host/v1/chat/completions"},
      {"http://host:80", "http://host/v1/chat/completions"},
      {"https://host:80", "https://host:80/v1/chat/completions"},
      {"http://[::1]:8000", "http://[::1]:8000/v1/chat/completions"},
      {"http://[2001:DB8::2]", "http://[2001:db8::2]/v1/chat/completions"},
      {"https://gate/openai/v3", "https://gate/openai/v3/chat/completions"},
      {"https://gate/openai", "https://gate/openai/v1/chat/completions"},
      {"https://gate/x/chat/completions", "https://gate/x/chat/completions"},
  };
  for (const auto& [url, full] : cases) EXPECT_EQ(parse_server_url(url, "").completions(), full);
  EXPECT_EQ(parse_server_url("http://h:1/v1/chat/completions", "").models(),
            "http://h:1/v1/models");
}

TEST(ServerUrl, KnowsThisMachine) {
  for (const char* url : {"http://localhost", "http://LOCALHOST:1", "http://127.0.0.1:8000",
                          "http://127.1.2.3", "http://[::1]:9", "http://a.localhost"}) {
    EXPECT_TRUE(parse_server_url(url, "").loopback) << url;
  }
  for (const char* url : {"http://127.0.0.1.example.com", "http://localhost.example.com",
                          "http://127.evil.com", "http://[::2]", "http://host", "http://127.1"}) {
    EXPECT_FALSE(parse_server_url(url, "").loopback) << url;
  }
  EXPECT_TRUE(parse_server_url("https://h", "").secure);
  EXPECT_FALSE(parse_server_url("http://h", "").secure);
}

TEST(ServerUrl, RefusesTheRestInOneLine) {
  using namespace std::string_literals;
  for (const std::string& url : {""s,
                                 "host:8000"s,
                                 "localhost"s,
                                 "ftp://host"s,
                                 "file:///etc/passwd"s,
                                 "http://"s,
                                 "http:///v1"s,
                                 "http://:80"s,
                                 "http://host:"s,
                                 "http://host:0"s,
                                 "http://host:65536"s,
                                 "http://host:80x"s,
                                 "http://host:-1"s,
                                 "http://ho st"s,
                                 "http://host/a b"s,
                                 "http://host/\n"s,
                                 "http://ho\0st"s,
                                 "http://host/\0"s,
                                 "http://[::1"s,
                                 "http://[x]"s,
                                 "http://["s,
                                 "http://]"s,
                                 "http://[]"s,
                                 "http://h\xC3\xB6st"s,
                                 "://"s,
                                 "http://" + std::string(5000, 'a'),
                                 "\xFF\xFE"s}) {
    try {
      parse_server_url(url, "");
      ADD_FAILURE() << url;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kUsage);
      EXPECT_LT(std::string_view(error.what()).size(), 300U);
      EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos);
    }
  }
}

TEST(ServerUrl, RepeatsNoSecret) {
  for (const char* url :
       {"http://user:hunter22@host", "http://hunter22@host", "https://host/v1?api-key=hunter22",
        "https://host/v1#hunter22", "http:/user:hunter22@host", "https://host/hunter22/v1"}) {
    try {
      parse_server_url(url, "hunter22");
      ADD_FAILURE() << url;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kUsage);
      EXPECT_EQ(std::string_view(error.what()).find("hunter22"), std::string_view::npos);
    }
  }
}

}  // namespace
}  // namespace vernier::chat
