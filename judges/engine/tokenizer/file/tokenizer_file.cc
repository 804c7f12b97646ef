#include "judges/engine/tokenizer/file/tokenizer_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

#include "judges/engine/tokenizer/file/bpe_file.h"
#include "judges/engine/tokenizer/file/parts_file.h"

namespace vernier::engine {
namespace {

// A trie takes steps in proportion to the length of tokens at every place of a text; real tokens
// have tens of bytes.
constexpr std::size_t kMostTokenBytes = 4096;

AddedToken read_added_token(const FileNode& node, const Vocabulary& vocabulary) {
  AddedToken token;
  token.id = node.at("id").id();
  const FileNode content = node.at("content");
  token.text = content.text();
  token.single_word = node.flag("single_word", false);
  token.strip_left = node.flag("lstrip", false);
  token.strip_right = node.flag("rstrip", false);
  token.special = node.flag("special", false);
  token.normalized = node.flag("normalized", !token.special);
  if (token.text.empty() || token.text.size() > kMostTokenBytes) {
    content.fail(
        fmt::format("expected 1 to {} bytes, found {}", kMostTokenBytes, token.text.size()));
  }
  const TokenId in_vocabulary = vocabulary.find(token.text);
  if (in_vocabulary != kNoToken && in_vocabulary != token.id) {
    node.fail(fmt::format("{} has id {} here and {} in model.vocab", in_quotes(token.text),
                          token.id, in_vocabulary));
  }
  if (in_vocabulary == kNoToken && vocabulary.has(token.id)) {
    node.fail(fmt::format("id {} of {} belongs to {} in model.vocab", token.id,
                          in_quotes(token.text), in_quotes(vocabulary.text(token.id))));
  }
  return token;
}

std::vector<AddedToken> read_added_tokens(const FileNode& file, const Vocabulary& vocabulary) {
  std::vector<AddedToken> tokens;
  const auto list = file.find("added_tokens");
  if (!list) return tokens;
  std::unordered_set<std::string> texts;
  std::unordered_set<TokenId> ids;
  list->for_each([&](const FileNode& node) {
    AddedToken token = read_added_token(node, vocabulary);
    if (!texts.insert(token.text).second)
      node.fail(fmt::format("{} stands twice", in_quotes(token.text)));
    if (!ids.insert(token.id).second) {
      node.fail(fmt::format("id {} belongs to two added tokens", token.id));
    }
    tokens.push_back(std::move(token));
  });
  return tokens;
}

void add_missing(std::span<const std::string_view> more, const Vocabulary& vocabulary,
                 TokenId& size, std::vector<AddedToken>& tokens) {
  for (const std::string_view text : more) {
    if (vocabulary.find(text) != kNoToken ||
        std::ranges::find(tokens, text, &AddedToken::text) != tokens.end()) {
      continue;
    }
    AddedToken& token = tokens.emplace_back();
    token.id = size++;
    token.text = text;
    token.special = true;
  }
}

}  // namespace

TokenizerParts read_tokenizer_file(std::string_view json, const std::string& file,
                                   std::span<const std::string_view> more) {
  simdjson::dom::parser parser;
  const FileNode root = parse_file(parser, json, file);
  if (const auto version = root.find("version"); version && version->text() != "1.0") {
    version->fail(fmt::format("expected \"1.0\", found {}", in_quotes(version->text())));
  }
  Normalizer normalizer = read_normalizer(root);
  SplitSteps split = read_pre_tokenizer(root);
  Bpe bpe = read_bpe(root.at("model"), split.byte_level);
  std::vector<AddedToken> tokens = read_added_tokens(root, bpe.vocabulary());
  TokenId size = bpe.vocabulary().size();
  for (const AddedToken& token : tokens) size = std::max(size, token.id + 1);
  add_missing(more, bpe.vocabulary(), size, tokens);
  AddedTokens added(std::move(tokens), normalizer);
  PostProcessor post_processor = read_post_processor(root, size);
  return {std::move(normalizer),
          std::move(added),
          std::move(split.steps),
          std::move(bpe),
          std::move(post_processor),
          read_decoder(root),
          size};
}

}  // namespace vernier::engine
