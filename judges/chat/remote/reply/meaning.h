// What a reply means for the request, and for all others.
#pragma once

#include <cstdint>
#include <string>

#include "judges/chat/remote/address/secret.h"
#include "judges/chat/remote/http/http_client.h"

namespace vernier::chat {

enum class ReplyMeaning : std::uint8_t {
  kAnswer,      ///< 200: the body has the answer
  kNoLogprobs,  ///< log-probabilities are refused, or so many of them
  kPasses,      ///< the same request may fare better later
  kRefused,     ///< the request is refused: too long, a picture that the server cannot read
  kFailed,      ///< no answer to this request
  kUnusable,    ///< no request will be answered: key, address or model's name are wrong
};

ReplyMeaning meaning_of(const HttpReply& reply);

/// In a line of at most 150 bytes: libcurl's words, or "HTTP 400: " and the server's, without the
/// key.
std::string describe(const HttpReply& reply, const Secret& key);

/// What to say about a kUnusable reply, with a hint, behind the address.
std::string why_unusable(const HttpReply& reply, const Secret& key);

}  // namespace vernier::chat
