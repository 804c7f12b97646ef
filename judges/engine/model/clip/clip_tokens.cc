#include "judges/engine/model/clip/clip_tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/error.h"

namespace vernier::engine {

ClipTokens::ClipTokens(const ClipTextConfig& config, const Tokenizer& tokenizer)
    : encoder_(tokenizer), most_(std::min<std::size_t>(kMost, config.positions)) {
  const PostProcessor& around = tokenizer.parts().post_processor;
  behind_ = around.after.size();
  const auto refuse = [](const std::string& what) {
    throw Error(ExitCode::kResource, "tokenizer.json: " + what);
  };
  if (tokenizer.size() > config.vocabulary) {
    refuse(fmt::format("has {} tokens, text_config.vocab_size of config.json is {}",
                       tokenizer.size(), config.vocabulary));
  }
  if (around.before.empty() || around.after.empty()) {
    refuse("its post_processor puts no begin and end around a text, as CLIP's does");
  }
  const TokenId end = around.after.back();
  if (config.largest_token_ends() ? end + 1 != tokenizer.size() : end != config.end_token) {
    refuse(fmt::format("ends a text with token {}, {}", end,
                       config.largest_token_ends()
                           ? fmt::format("which must be its last one, {}, where eos_token_id of "
                                         "config.json is 2",
                                         tokenizer.size() - 1)
                           : fmt::format("eos_token_id of config.json is {}", config.end_token)));
  }
  if (most_ <= around.before.size() + behind_) {
    refuse(fmt::format("leaves no room for a text in {} positions", most_));
  }
}

std::vector<TokenId> ClipTokens::of(std::string_view lead, std::string_view text) {
  std::string whole(lead);
  whole += text;
  const std::array<TextRange, 1> quoted{{{lead.size(), whole.size()}}};
  std::vector<TokenId> ids;
  encoder_.append(whole, {.add_special = true, .quoted = quoted}, ids);
  if (ids.size() > most_) {
    const auto end = ids.end() - static_cast<std::ptrdiff_t>(behind_);
    ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(most_ - behind_), end);
  }
  return ids;
}

}  // namespace vernier::engine
