// What servers say, and requests to ask them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "judges/chat/chat_model.h"
#include "tests/support/stub_server.h"

namespace vernier::tests {

using Json = nlohmann::json;

inline const std::string kCompletionsPath = "/v1/chat/completions", kModelsPath = "/v1/models";

/// A model's answer; `tokens`: what `logprobs` holds (nothing: null).
inline Json completion(const std::string& text, Json tokens = nullptr) {
  Json logprobs = nullptr;
  if (!tokens.is_null()) logprobs = {{"content", std::move(tokens)}};
  return {{"id", "x"},
          {"object", "chat.completion"},
          {"model", "m"},
          {"choices",
           {{{"index", 0},
             {"message", {{"role", "assistant"}, {"content", text}}},
             {"finish_reason", "stop"},
             {"logprobs", logprobs}}}},
          {"usage",
           {{"prompt_tokens", 7},
            {"completion_tokens", 3},
            {"total_tokens", 10},
            {"prompt_tokens_details", {{"cached_tokens", 4}}}}}};
}

/// A token of `logprobs`: the first of `top` is the one that was taken.
inline Json token(const std::vector<std::pair<std::string, double>>& top) {
  Json out = {{"token", top[0].first}, {"logprob", top[0].second}, {"top_logprobs", Json::array()}};
  for (const auto& [text, value] : top) {
    out["top_logprobs"].push_back({{"token", text}, {"logprob", value}});
  }
  return out;
}

inline Json models(const std::vector<std::string>& names) {
  Json out = {{"object", "list"}, {"data", Json::array()}};
  for (const std::string& name : names) out["data"].push_back({{"id", name}, {"object", "model"}});
  return out;
}

inline StubReply reply(const Json& json, int status = 200) {
  StubReply out;
  out.status = status;
  out.body = json.dump();
  return out;
}

inline StubReply error_reply(int status, const std::string& message) {
  return reply({{"error", {{"message", message}, {"code", status}}}}, status);
}

/// Text of the user's last message.
inline std::string asked_text(const StubRequest& request) {
  const Json content = Json::parse(request.body).at("messages").back().at("content");
  return content.is_string() ? content.get<std::string>()
                             : content.back().value("text", std::string());
}

inline chat::ChatRequest question(const std::string& text) {
  chat::ChatRequest request;
  request.messages = {{engine::ChatRole::kUser, {{false, text}}}};
  request.most_new = 16;
  return request;
}

}  // namespace vernier::tests
