#include "judges/engine/tokenizer/decode/decoder.h"

#include <utility>

#include "judges/engine/tokenizer/decode/stages.h"

namespace vernier::engine {
namespace {

/// Where the text ends up.
class Sink final : public DecoderStage {
 public:
  Sink() : DecoderStage(nullptr) {}
  void text(std::string_view part) override { out_ += part; }
  void end_token() override {}
  void finish() override {}
  void take(std::string& out) {
    out += out_;
    out_.clear();
  }

 private:
  std::string out_;
};

}  // namespace

DecoderRun::DecoderRun(const Decoder& decoder) {
  stages_.push_back(std::make_unique<Sink>());
  for (auto step = decoder.rbegin(); step != decoder.rend(); ++step) {
    std::unique_ptr<DecoderStage> stage = make_stage(*step, stages_.back().get());
    stages_.push_back(std::move(stage));
  }
}

void DecoderRun::push(std::string_view token, std::string& out) {
  stages_.back()->text(token);
  stages_.back()->end_token();
  static_cast<Sink&>(*stages_.front()).take(out);
}

void DecoderRun::finish(std::string& out) {
  stages_.back()->finish();
  static_cast<Sink&>(*stages_.front()).take(out);
}

}  // namespace vernier::engine
