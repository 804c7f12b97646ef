#include "judges/engine/tokenizer/tokenizer.h"

#include "judges/engine/tokenizer/encoder.h"
#include "judges/engine/tokenizer/file/file_node.h"
#include "judges/engine/tokenizer/stream_decoder.h"

namespace vernier::engine {
namespace {

// The largest ones in use have 20 to 35 MB.
constexpr std::uint64_t kMostBytes = std::uint64_t{128} << 20;

}  // namespace

Tokenizer Tokenizer::load(const std::string& path, std::span<const std::string_view> more) {
  return parse(read_model_file(path, kMostBytes), path, more);
}

Tokenizer Tokenizer::parse(std::string_view json, const std::string& name,
                           std::span<const std::string_view> more) {
  return Tokenizer(read_tokenizer_file(json, name, more));
}

std::vector<TokenId> Tokenizer::encode(std::string_view text, const EncodeOptions& options) const {
  std::vector<TokenId> ids;
  Encoder(*this, 0).append(text, options, ids);
  return ids;
}

std::string Tokenizer::decode(std::span<const TokenId> ids, bool skip_special) const {
  StreamDecoder decoder(*this, skip_special);
  std::string text;
  for (const TokenId id : ids) decoder.push(id, text);
  decoder.finish(text);
  return text;
}

std::optional<TokenId> Tokenizer::id_of(std::string_view token) const {
  if (const AddedToken* added = parts_->added.find(token)) return added->id;
  const TokenId id = parts_->bpe.vocabulary().find(token);
  return id == kNoToken ? std::nullopt : std::optional(id);
}

std::string_view Tokenizer::token_of(TokenId id) const {
  if (const AddedToken* added = parts_->added.find(id)) return added->text;
  return parts_->bpe.vocabulary().text(id);
}

bool Tokenizer::is_special(TokenId id) const {
  const AddedToken* added = parts_->added.find(id);
  return added != nullptr && added->special;
}

}  // namespace vernier::engine
