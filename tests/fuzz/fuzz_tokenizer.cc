// Any file as a tokenizer.json: refused in one line as exit code 4, or it encodes and decodes any
// text to valid UTF-8, streamed or not, cached or not. A first byte below 128 takes the rest as a
// file; others choose one of the tokenizers here, and the rest is text.
#include <fmt/format.h>

#include <array>
#include <string>
#include <vector>

#include "judges/engine/tokenizer/encoder.h"
#include "judges/engine/tokenizer/stream_decoder.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using namespace vernier::engine;
using fuzz::require;

constexpr std::string_view kVocabulary =
    R"("vocab":{"<unk>":0,"a":1,"b":2,"ab":3,"_":4,"_ab":5,"<0xC3>":6,"Ġ":7,"Ġa":8,"1":9,"aa":10},)"
    R"("merges":["a b","_ ab",["Ġ","a"],"a a"])";

std::string file_of(std::string_view normalizer, std::string_view pre, std::string_view decoder,
                    std::string_view options) {
  return fmt::format(
      R"({{"added_tokens":[{{"id":20,"content":"<s>","special":true,"lstrip":true}},)"
      R"({{"id":21,"content":"ba","normalized":true,"single_word":true,"rstrip":true}}],)"
      R"("normalizer":{},"pre_tokenizer":{},"decoder":{},"model":{{"type":"BPE",{},{}}}}})",
      normalizer, pre, decoder, options, kVocabulary);
}

std::vector<Tokenizer> tokenizers() {
  const std::array<std::string, 4> files = {
      file_of("null", R"({"type":"ByteLevel","add_prefix_space":true})", R"({"type":"ByteLevel"})",
              R"("ignore_merges":true)"),
      file_of(R"({"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"_"},)"
              R"({"type":"Replace","pattern":{"String":" "},"content":"_"}]})",
              "null",
              R"({"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"_a"},)"
              R"("content":" "},{"type":"ByteFallback"},{"type":"Fuse"},)"
              R"({"type":"Strip","content":"b","start":2,"stop":2}]})",
              R"("unk_token":"<unk>","fuse_unk":true,"byte_fallback":true)"),
      file_of(R"({"type":"NFC"})",
              R"({"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":false},)"
              R"({"type":"Metaspace","replacement":"_","prepend_scheme":"first"}]})",
              R"({"type":"Metaspace","replacement":"_"})", R"("unk_token":"<unk>")"),
      file_of("null", "null", "null", R"("byte_fallback":true)")};
  std::vector<Tokenizer> all;
  all.reserve(files.size());
  for (const std::string& file : files) all.push_back(Tokenizer::parse(file, "fuzz"));
  return all;
}

void check(const Tokenizer& tokenizer, std::string_view text) {
  const std::vector<TokenId> ids = tokenizer.encode(text);
  Encoder encoder(tokenizer, 4);
  for (int pass = 0; pass < 2; ++pass) {
    std::vector<TokenId> again;
    encoder.append(text, {}, again);
    require(again == ids);
  }
  const TextRange half{text.size() / 2, text.size()};
  tokenizer.encode(text, {.add_special = false, .quoted = std::span(&half, 1)});
  for (const bool skip : {false, true}) {
    StreamDecoder decoder(tokenizer, skip);
    std::string all;
    for (const TokenId id : ids) {
      require(id < tokenizer.size());
      std::string part;
      decoder.push(id, part);
      fuzz::require_utf8(part);
      all += part;
    }
    decoder.finish(all);
    fuzz::require_utf8(all);
    require(all == tokenizer.decode(ids, skip));
  }
  // Ids in the order of bytes: sequences that no text gives.
  std::vector<TokenId> any;
  any.reserve(text.size());
  for (const char byte : text) any.push_back(static_cast<std::uint8_t>(byte) % 24U);
  fuzz::require_utf8(tokenizer.decode(any, false));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<Tokenizer> known = tokenizers();
  fuzz::Input input(data, size);
  const std::uint8_t choice = input.byte();
  if (choice >= 128) {
    check(known[choice % known.size()], input.rest());
    return 0;
  }
  fuzz::answered_or_refused(
      [&] {
        check(Tokenizer::parse(input.rest(), "fuzz"), "<s> abba 12\n \xC3\xA9\xFF _ba ba Norm ab");
      },
      ExitCode::kResource);
  return 0;
}
