// The way to the HTTP plugin.
#pragma once

#include <memory>
#include <string_view>

#include "judges/chat/remote/http/http_client.h"

namespace vernier::chat {

/// Opens the plugin: lib/vernier/vernier_http.so beside the folder of the running program. The
/// program itself does without libcurl, which would cost each of its starts 3.5 ms. Throws
/// Error(kResource) where this build has none. Any thread.
std::unique_ptr<HttpClient> open_http_client();

/// Its name for base/process/plugin.h.
constexpr std::string_view kHttpPlugin = "vernier_http.so";

}  // namespace vernier::chat
