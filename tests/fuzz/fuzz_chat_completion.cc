// Any bytes as what a server answers: a whole answer, or a failure that says why in one line.
#include <cmath>

#include "base/printable.h"
#include "judges/chat/remote/reply/completion.h"
#include "judges/chat/remote/reply/meaning.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;

const std::string kKey = "sk-fuzzed-key";

chat::ChatRequest request_of(unsigned bits) {
  chat::ChatRequest request;
  request.messages = {{engine::ChatRole::kUser, {{false, "?"}}}};
  if ((bits & 1) != 0) request.choices = {"8", " 8", "yes", "\n"};
  if ((bits & 2) != 0) request.answer_start = "Score: ";
  if ((bits & 4) != 0) request.stop = {"\n", ".", ""};
  if ((bits & 8) != 0) request.most_new = 0;
  return request;
}

void require_message(const std::string& text) {
  require(!text.empty() && text.size() <= 200);
  require(printable(text, 1000) == text);
  require(text.find(kKey) == std::string::npos);
}

void check_chances(const chat::ChatAnswer& answer) {
  require(answer.top_mass >= 0 && answer.top_mass <= 1);
  double before = 1;
  for (const chat::TokenChance& chance : answer.top) {
    require(std::isfinite(chance.log_probability) && chance.log_probability <= before);
    before = chance.log_probability;
    fuzz::require_utf8(chance.text);
  }
  for (const double choice : answer.choices) require(std::isnan(choice) || choice < 0.01);
}

void check_completion(std::string_view body, unsigned bits) {
  const chat::ChatRequest request = request_of(bits);
  const chat::Completion done = parse_chat_completion(body, request, chat::Secret(kKey));
  const chat::ChatAnswer& answer = done.answer;
  if (answer.failure != chat::ChatFailure::kNone) {
    require(answer.failure == chat::ChatFailure::kService);
    require_message(answer.error);
    require(answer.text.empty() && answer.top.empty() && answer.choices.empty());
    require(!answer.finished && answer.tokens_in == 0 && answer.tokens_out == 0);
    return;
  }
  require(answer.error.empty() && !done.again && answer.reused <= answer.tokens_in);
  require(answer.choices.size() == request.choices.size());
  fuzz::require_utf8(answer.text);
  require(answer.text.find(kKey) == std::string::npos);
  for (const std::string& stop : request.stop) {
    require(stop.empty() || answer.text.find(stop) == std::string::npos);
  }
  check_chances(answer);
}

void check_error(std::string_view body, int status) {
  const chat::Secret key(kKey);
  chat::HttpReply reply;
  reply.status = status;
  reply.body = body;
  chat::meaning_of(reply);
  require_message(describe(reply, key));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const unsigned bits = input.byte();
  check_completion(input.rest(), bits);
  check_error(input.rest(), (bits & 16) != 0 ? 400 : 500);
  const chat::ModelList list = chat::parse_model_list(input.rest());
  for (const std::string& name : list.names) fuzz::require_utf8(name);
  return 0;
}
