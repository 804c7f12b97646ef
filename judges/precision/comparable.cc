#include "judges/precision/comparable.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/model/checkpoint_model.h"
#include "judges/engine/tokenizer/tokenizer.h"

namespace vernier::logits {
namespace {

using engine::Tokenizer;

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ExitCode::kIncomplete,
              fmt::format("the models cannot be compared token by token: {}", what));
}

std::string text_of(const Tokenizer& tokenizer, std::uint32_t id) {
  const std::string_view text = id < tokenizer.size() ? tokenizer.token_of(id) : "";
  if (text.empty()) return "none";
  return fmt::format("\"{}\"{}", printable(text), tokenizer.is_special(id) ? " (special)" : "");
}

void check_tokens(const Tokenizer& a, const Tokenizer& b) {
  for (std::uint32_t id = 0; id < std::max(a.size(), b.size()); ++id) {
    if (id < std::min(a.size(), b.size()) && a.token_of(id) == b.token_of(id) &&
        a.is_special(id) == b.is_special(id)) {
      continue;
    }
    const std::string of_a = text_of(a, id), of_b = text_of(b, id);
    if (of_a != of_b) refuse(fmt::format("token {} is {} in A and {} in B", id, of_a, of_b));
  }
}

}  // namespace

void check_comparable(const chat::LocalModel& a, const chat::LocalModel& b) {
  const engine::ModelConfig &config_a = a.checkpoint().config(),
                            &config_b = b.checkpoint().config();
  if (config_a.text.vocabulary != config_b.text.vocabulary) {
    refuse(fmt::format("A has logits of {} tokens, B of {}", config_a.text.vocabulary,
                       config_b.text.vocabulary));
  }
  check_tokens(a.tokenizer(), b.tokenizer());
  if (config_a.end_tokens != config_b.end_tokens) {
    refuse("other tokens end an answer in A than in B (eos_token_id in generation_config.json)");
  }
  if (a.template_name() != b.template_name()) {
    refuse(fmt::format("A's chat template is {}, B's {}; give both the same one", a.template_name(),
                       b.template_name()));
  }
}

}  // namespace vernier::logits
