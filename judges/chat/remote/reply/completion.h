// A server's answer to one request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judges/chat/chat_model.h"
#include "judges/chat/remote/address/secret.h"

namespace vernier::chat {

struct Completion {
  ChatAnswer answer;
  bool again = false;          ///< it failed in a way that may not come again
  bool tells_chances = false;  ///< it has log-probabilities
};

/// Reads the body of a 200. Any bytes: what is not a whole, well-formed answer gives a failure
/// kService that says why in at most 200 printable bytes, never a value that the server did not
/// send. Counts of tokens that it leaves out are 0.
///
/// The text ends before the first of `request.stop`, and does not repeat `request.answer_start`.
Completion parse_chat_completion(std::string_view body, const ChatRequest& request,
                                 const Secret& secret);

/// The names of a list of models. `error`: what is wrong with it; empty: nothing.
struct ModelList {
  std::vector<std::string> names;
  std::string error;
};
ModelList parse_model_list(std::string_view body);

}  // namespace vernier::chat
