// Where a server is: what a user may write, and the addresses that follow from it.
#pragma once

#include <string>
#include <string_view>

namespace vernier::chat {

struct ServerUrl {
  std::string origin;  ///< "https://host:8443", lower case, without a port that goes without saying
  std::string base;    ///< the path below which the interface lies: "/v1"
  bool secure = false;    ///< https
  bool loopback = false;  ///< this machine: localhost, 127.0.0.0/8 or [::1]

  std::string models() const { return origin + base + "/models"; }
  std::string completions() const { return origin + base + "/chat/completions"; }
};

/// Takes "http://host:8000", ".../v1", ".../v1/" and the full ".../v1/chat/completions"; "/v1" is
/// added where the path does not end in a version ("/v1", "/v3"). Throws Error(kUsage) for anything
/// else, also for addresses with a user name, a password, a query or `key` (where not empty) in
/// them: those would be written into reports. The message does not repeat such an address.
ServerUrl parse_server_url(std::string_view url, std::string_view key);

}  // namespace vernier::chat
