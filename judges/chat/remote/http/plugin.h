// What the HTTP plugin offers the program: functions found by name.
#pragma once

#include "judges/chat/remote/http/http_client.h"

namespace vernier::chat {

/// Counts the shapes that http_client.h had: a plugin of another build is not used.
constexpr int kHttpInterface = 1;

}  // namespace vernier::chat

extern "C" {

int vernier_http_interface();
/// A client of the caller's; null where there is no memory.
vernier::chat::HttpClient* vernier_http_open();
}
