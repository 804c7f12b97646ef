// The way to the HTTP plugin.
#pragma once

#include <memory>
#include <string>

#include "judges/chat/remote/http/http_client.h"

namespace vernier::chat {

/// Opens the plugin: lib/vernier/vernier_http.so beside the folder of the running program. The
/// program itself does without libcurl, which would cost each of its starts 3.5 ms. Throws
/// Error(kResource) where this build has none. Any thread.
std::unique_ptr<HttpClient> open_http_client();

/// Where open_http_client() looks.
std::string http_plugin_path();

}  // namespace vernier::chat
