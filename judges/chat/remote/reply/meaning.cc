#include "judges/chat/remote/reply/meaning.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "judges/chat/remote/exchange/retry.h"
#include "judges/chat/remote/reply/reply_json.h"

namespace vernier::chat {
namespace {

bool is_redirect(int status) { return status >= 300 && status < 400; }

bool is_unusable(int status) {
  return status == 401 || status == 403 || status == 404 || status == 405 || is_redirect(status);
}

/// Servers word it differently, and some say 500; all name the field, or the switch of
/// llama-cpp-python's server that allows it.
bool is_about_logprobs(const HttpReply& reply) {
  if (reply.status < 400) return false;
  std::string words = error_text(reply.body);
  std::ranges::transform(words, words.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return words.find("logprob") != std::string::npos ||
         words.find("logits_all") != std::string::npos;
}

}  // namespace

ReplyMeaning meaning_of(const HttpReply& reply) {
  if (reply.trouble == HttpTrouble::kUntrusted) return ReplyMeaning::kUnusable;
  if (reply.trouble != HttpTrouble::kNone) {
    return may_pass(reply) ? ReplyMeaning::kPasses : ReplyMeaning::kFailed;
  }
  if (reply.status == 200) return ReplyMeaning::kAnswer;
  if (is_unusable(reply.status)) return ReplyMeaning::kUnusable;
  if (is_about_logprobs(reply)) return ReplyMeaning::kNoLogprobs;
  if (may_pass(reply)) return ReplyMeaning::kPasses;
  return reply.status >= 400 ? ReplyMeaning::kRefused : ReplyMeaning::kFailed;
}

std::string describe(const HttpReply& reply, const Secret& key) {
  if (reply.trouble != HttpTrouble::kNone) return key.message(reply.error);
  const std::string words = key.message(error_text(reply.body));
  return fmt::format("HTTP {}{}{}", reply.status, words.empty() ? "" : ": ", words);
}

std::string why_unusable(const HttpReply& reply, const Secret& key) {
  const std::string what = describe(reply, key);
  if (reply.trouble != HttpTrouble::kNone) {
    return fmt::format("{}; the server's certificate must be one that this machine trusts", what);
  }
  if (reply.status == 401 || reply.status == 403) {
    return fmt::format("the server does not let us in ({}): VERNIER_API_KEY is {}", what,
                       key.empty() ? "missing" : "wrong");
  }
  if (is_redirect(reply.status)) {
    // Behind '?' may stand anything.
    const std::string_view to =
        std::string_view(reply.redirect).substr(0, reply.redirect.find('?'));
    return fmt::format("the server sends us elsewhere (HTTP {}{}{}): give the final URL",
                       reply.status, to.empty() ? "" : ", to ", key.message(to));
  }
  return fmt::format("{}; check the URL and the model's name", what);
}

}  // namespace vernier::chat
