// From tokens back to text: `decoder` of a tokenizer.json.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::engine {

struct DecoderStep {
  enum class Kind : std::uint8_t {
    kByteLevel,     ///< letters to bytes, bytes to UTF-8; all tokens become one
    kByteFallback,  ///< runs of tokens <0xHH> to UTF-8, or a U+FFFD each
    kFuse,          ///< all tokens become one
    kReplace,       ///< `from` (not empty) by `to` inside of tokens
    kStrip,         ///< up to `start` and `stop` characters `from` at the ends of tokens
    kMetaspace,     ///< `from` becomes a blank; in the first token nothing, with `drop_first`
    kBlanks,        ///< a blank between tokens: what a file without a decoder means
  };
  Kind kind = Kind::kBlanks;
  std::string from, to;
  std::uint32_t start = 0, stop = 0;
  bool drop_first = false;
};

/// Steps in order.
using Decoder = std::vector<DecoderStep>;

/// A step at work: takes tokens in one or more parts and gives them to the next step, as soon as it
/// is certain what they become.
class DecoderStage {
 public:
  virtual ~DecoderStage() = default;
  DecoderStage(const DecoderStage&) = delete;
  DecoderStage& operator=(const DecoderStage&) = delete;

  virtual void text(std::string_view part) = 0;  ///< valid UTF-8
  virtual void end_token() = 0;
  virtual void finish() = 0;  ///< no token follows

 protected:
  explicit DecoderStage(DecoderStage* next) : next_(next) {}
  DecoderStage& next() { return *next_; }

 private:
  DecoderStage* next_;
};

/// Decodes one sequence of tokens.
class DecoderRun {
 public:
  explicit DecoderRun(const Decoder& decoder);

  /// Appends to `out` what the tokens so far are certain to say. `token` is valid UTF-8.
  void push(std::string_view token, std::string& out);
  /// Appends the rest.
  void finish(std::string& out);

 private:
  std::vector<std::unique_ptr<DecoderStage>> stages_;  // the last one first
};

}  // namespace vernier::engine
