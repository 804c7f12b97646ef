#include "judges/engine/tokenizer/decode/stages.h"

#include <algorithm>
#include <charconv>

#include "judges/engine/tokenizer/bpe/byte_alphabet.h"
#include "judges/engine/tokenizer/decode/utf8_tail.h"
#include "judges/engine/tokenizer/parts/normalizer.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::engine {
namespace {

class ByteLevelStage final : public DecoderStage {
 public:
  explicit ByteLevelStage(DecoderStage* next) : DecoderStage(next) {}

  void text(std::string_view part) override { token_ += part; }

  void end_token() override {
    append_bytes_of_letters(bytes_, token_);
    token_.clear();
    give(bytes_.size() - incomplete_tail(bytes_));
  }

  void finish() override {
    give(bytes_.size());
    next().end_token();
    next().finish();
  }

 private:
  void give(std::size_t size) {
    if (size == 0) return;
    std::string decided = bytes_.substr(0, size);
    bytes_.erase(0, size);
    text::replace_invalid_utf8(decided);
    next().text(decided);
  }

  std::string token_, bytes_;
};

/// The byte of a token <0xHH>, -1 for other tokens.
int byte_of_token(std::string_view token) {
  if (token.size() != 6 || !token.starts_with("<0x") || token[5] != '>') return -1;
  int byte = -1;
  const char* end = token.data() + 5;
  const auto [read, error] = std::from_chars(token.data() + 3, end, byte, 16);
  return read == end && byte >= 0 ? byte : -1;
}

/// Whether a run is valid shows at its end, so that a whole run is held back.
class ByteFallbackStage final : public DecoderStage {
 public:
  explicit ByteFallbackStage(DecoderStage* next) : DecoderStage(next) {}

  void text(std::string_view part) override { token_ += part; }

  void end_token() override {
    const int byte = byte_of_token(token_);
    if (byte >= 0) {
      run_.push_back(static_cast<char>(byte));
    } else {
      give_run();
      give(token_);
    }
    token_.clear();
  }

  void finish() override {
    give_run();
    next().finish();
  }

 private:
  void give(std::string_view token) {
    next().text(token);
    next().end_token();
  }

  void give_run() {
    if (text::find_invalid_utf8(run_) == std::string_view::npos) {
      if (!run_.empty()) give(run_);
    } else {
      for (std::size_t i = 0; i < run_.size(); ++i) give("\uFFFD");
    }
    run_.clear();
  }

  std::string token_, run_;
};

class FuseStage final : public DecoderStage {
 public:
  explicit FuseStage(DecoderStage* next) : DecoderStage(next) {}
  void text(std::string_view part) override { next().text(part); }
  void end_token() override {}
  void finish() override {
    next().end_token();
    next().finish();
  }
};

class ReplaceStage final : public DecoderStage {
 public:
  ReplaceStage(const DecoderStep& step, DecoderStage* next) : DecoderStage(next), step_(step) {}

  void text(std::string_view part) override {
    held_ += part;
    std::size_t found = 0, done = 0;
    while ((found = held_.find(step_.from, done)) != std::string::npos) {
      next().text(std::string_view(held_).substr(done, found - done));
      next().text(step_.to);
      done = found + step_.from.size();
    }
    held_.erase(0, done);
    // What could still become the text that is replaced waits for the next part.
    std::size_t wait = std::min(held_.size(), step_.from.size() - 1);
    while (!held_.ends_with(std::string_view(step_.from).substr(0, wait))) --wait;
    next().text(std::string_view(held_).substr(0, held_.size() - wait));
    held_.erase(0, held_.size() - wait);
  }

  void end_token() override {
    next().text(held_);
    held_.clear();
    next().end_token();
  }

  void finish() override { next().finish(); }

 private:
  const DecoderStep& step_;
  std::string held_;
};

class StripStage final : public DecoderStage {
 public:
  StripStage(const DecoderStep& step, DecoderStage* next)
      : DecoderStage(next), step_(step), left_(step.start) {}

  void text(std::string_view part) override {
    while (left_ > 0 && part.starts_with(step_.from)) {
      part.remove_prefix(step_.from.size());
      --left_;
    }
    if (part.empty()) return;
    left_ = 0;
    std::uint32_t ending = 0;  // characters that may be the token's last ones
    std::string_view rest = part;
    while (ending < step_.stop && rest.ends_with(step_.from)) {
      rest.remove_suffix(step_.from.size());
      ++ending;
    }
    // Held characters are followed by others now; of a part that is all like them, only as many
    // as are too many.
    if (!rest.empty()) {
      release(held_);
    } else {
      release(held_ - std::min(held_, step_.stop - ending));
    }
    next().text(rest);
    held_ += ending;
  }

  void end_token() override {
    held_ = 0;
    left_ = step_.start;
    next().end_token();
  }

  void finish() override { next().finish(); }

 private:
  void release(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) next().text(step_.from);
    held_ -= count;
  }

  const DecoderStep& step_;
  std::uint32_t left_;      // characters that may still go at the start
  std::uint32_t held_ = 0;  // characters that go if the token ends here
};

class MetaspaceStage final : public DecoderStage {
 public:
  MetaspaceStage(const DecoderStep& step, DecoderStage* next)
      : DecoderStage(next), step_(step), drop_(step.drop_first) {}

  void text(std::string_view part) override {
    std::string changed(part);
    replace_all(changed, step_.from, drop_ ? "" : " ");
    next().text(changed);
  }

  void end_token() override {
    drop_ = false;
    next().end_token();
  }

  void finish() override { next().finish(); }

 private:
  const DecoderStep& step_;
  bool drop_;
};

class BlanksStage final : public DecoderStage {
 public:
  explicit BlanksStage(DecoderStage* next) : DecoderStage(next) {}

  void text(std::string_view part) override {
    if (begins_ && !first_) next().text(" ");
    begins_ = false;
    next().text(part);
  }

  void end_token() override {
    begins_ = true;
    first_ = false;
    next().end_token();
  }

  void finish() override { next().finish(); }

 private:
  bool first_ = true, begins_ = true;
};

}  // namespace

std::unique_ptr<DecoderStage> make_stage(const DecoderStep& step, DecoderStage* next) {
  switch (step.kind) {
    case DecoderStep::Kind::kByteLevel:
      return std::make_unique<ByteLevelStage>(next);
    case DecoderStep::Kind::kByteFallback:
      return std::make_unique<ByteFallbackStage>(next);
    case DecoderStep::Kind::kFuse:
      return std::make_unique<FuseStage>(next);
    case DecoderStep::Kind::kReplace:
      return std::make_unique<ReplaceStage>(step, next);
    case DecoderStep::Kind::kStrip:
      return std::make_unique<StripStage>(step, next);
    case DecoderStep::Kind::kMetaspace:
      return std::make_unique<MetaspaceStage>(step, next);
    case DecoderStep::Kind::kBlanks:
      return std::make_unique<BlanksStage>(next);
  }
  return nullptr;
}

}  // namespace vernier::engine
