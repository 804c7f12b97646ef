#include "judges/chat/remote/http/open_client.h"

#include "base/error.h"
#include "base/process/plugin.h"
#include "judges/chat/remote/http/plugin.h"

namespace vernier::chat {

std::unique_ptr<HttpClient> open_http_client() {
  const Plugin plugin(kHttpPlugin, Plugin::Symbols::kOwn, "this build has no HTTP",
                      "libcurl4-openssl-dev");
  if (plugin.find<decltype(&vernier_http_interface)>("vernier_http_interface")() !=
      kHttpInterface) {
    throw Error(ExitCode::kResource,
                "the HTTP plugin belongs to another version of this program; install both again");
  }
  std::unique_ptr<HttpClient> client(
      plugin.find<decltype(&vernier_http_open)>("vernier_http_open")());
  if (client == nullptr) throw Error(ExitCode::kResource, "libcurl could not be started");
  return client;
}

}  // namespace vernier::chat
