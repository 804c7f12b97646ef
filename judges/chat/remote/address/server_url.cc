#include "judges/chat/remote/address/server_url.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::chat {
namespace {

constexpr std::size_t kMostUrl = 2048;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

[[noreturn]] void refuse(const std::string& what) { throw Error(ExitCode::kUsage, what); }

/// The address may be shown: it holds nothing that looks like a secret.
[[noreturn]] void refuse(std::string_view url, const char* what) {
  refuse(fmt::format("{}: {}; expected http://HOST:PORT/v1 or https://...", printable(url), what));
}

void refuse_secrets(std::string_view url, std::string_view key) {
  if (!key.empty() && url.find(key) != std::string_view::npos) {
    refuse("the server's URL holds the key: give the key by VERNIER_API_KEY only");
  }
  // Anywhere: what follows a mistyped scheme may be a password, too.
  if (url.find('@') != std::string_view::npos) {
    refuse(
        "a server's URL with a user name or password is not taken: it would end up in reports; "
        "give a key by VERNIER_API_KEY");
  }
  if (url.find_first_of("?#") != std::string_view::npos) {
    refuse(
        "a server's URL with '?' or '#' is not taken: keys in it would end up in reports; give "
        "a key by VERNIER_API_KEY");
  }
}

/// An IPv4 address as it is written everywhere: four numbers. (Others begin with 127, too.)
bool is_ipv4_loopback(const std::string& host) {
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && host.starts_with("127.");
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host.ends_with(".localhost") || host == "[::1]" ||
         is_ipv4_loopback(host);
}

bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    in6_addr address{};
    const std::string inside(host.substr(1, host.size() - 2));
    return host.ends_with(']') && inet_pton(AF_INET6, inside.c_str(), &address) == 1;
  }
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return is_digit(c) || is_letter(c) || c == '.' || c == '-' || c == '_';
  });
}

bool is_path_character(char c) {
  constexpr std::string_view kOthers = "/-._~!$&'()*+,;=:%";
  return is_digit(c) || is_letter(c) || kOthers.find(c) != std::string_view::npos;
}

/// "", ":80" where it is to be written, or nothing for what is no port.
std::optional<std::string> port_suffix(std::string_view port, bool secure) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (port.empty() || error != std::errc{} || end != port.data() + port.size() || number == 0 ||
      number > 65535) {
    return std::nullopt;
  }
  return number == (secure ? 443U : 80U) ? "" : fmt::format(":{}", number);
}

bool is_version(std::string_view segment) {
  return segment.size() > 1 && segment[0] == 'v' &&
         std::ranges::all_of(segment.substr(1), is_digit);
}

std::string base_of(std::string_view path) {
  const auto trim = [&] {
    while (path.ends_with('/')) path.remove_suffix(1);
  };
  trim();
  constexpr std::string_view kFull = "/chat/completions";
  if (path.ends_with(kFull)) {
    path.remove_suffix(kFull.size());
    trim();
    return std::string(path);
  }
  const std::size_t slash = path.rfind('/');
  const bool versioned = slash != std::string_view::npos && is_version(path.substr(slash + 1));
  return std::string(path) + (versioned ? "" : "/v1");
}

}  // namespace

ServerUrl parse_server_url(std::string_view url, std::string_view key) {
  refuse_secrets(url, key);
  if (url.size() > kMostUrl) refuse(url, "is too long");
  const std::size_t colon = url.find("://");
  const std::string scheme = lower(url.substr(0, std::min(colon, url.size())));
  if (colon == std::string_view::npos || (scheme != "http" && scheme != "https")) {
    refuse(url, "is not an http:// or https:// address");
  }
  ServerUrl out;
  out.secure = scheme == "https";
  const std::string_view rest = url.substr(colon + 3);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view place = rest.substr(0, slash), path = rest.substr(slash);
  // The last colon, unless it is one of an IPv6 address.
  const std::size_t bracket = place.rfind(']');
  std::size_t port = place.rfind(':');
  if (bracket != std::string_view::npos && port != std::string_view::npos && port < bracket) {
    port = std::string_view::npos;
  }
  const std::string host = lower(place.substr(0, std::min(port, place.size())));
  if (!is_host(host)) refuse(url, "has no host that could be called");
  std::string suffix;
  if (port != std::string_view::npos) {
    const std::optional<std::string> written = port_suffix(place.substr(port + 1), out.secure);
    if (!written) refuse(url, "has no port from 1 to 65535");
    suffix = *written;
  }
  if (!std::ranges::all_of(path, is_path_character)) {
    refuse(url, "has characters that an address does not have");
  }
  out.origin = fmt::format("{}://{}{}", scheme, host, suffix);
  out.base = base_of(path);
  out.loopback = is_loopback(host);
  return out;
}

}  // namespace vernier::chat
