#include "judges/clip/clip_scorer.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "datasets/images/decode/decode.h"
#include "judges/engine/config/clip_config.h"
#include "judges/engine/config/images/image_processor_config.h"
#include "judges/engine/container/fingerprint.h"
#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/model/clip/clip_model.h"
#include "judges/engine/model/clip/clip_tokens.h"
#include "judges/engine/model/vision_inputs.h"
#include "judges/engine/tokenizer/tokenizer.h"

namespace vernier::clip {
namespace {

std::vector<Embedding> rows_of(std::span<const float> numbers, std::size_t width) {
  std::vector<Embedding> rows;
  rows.reserve(numbers.size() / width);
  for (std::size_t at = 0; at < numbers.size(); at += width) {
    const auto row = numbers.subspan(at, width);
    rows.emplace_back(row.begin(), row.end());
  }
  return rows;
}

}  // namespace

struct ClipScorer::Parts {
  explicit Parts(const ClipOptions& options)
      : name(engine::folder_name(options.folder)),
        config(engine::load_clip_config(options.folder)),
        backend(engine::make_cpu_backend(options.threads)),
        inputs(config.vision,
               engine::load_image_processor_config(options.folder, engine::Family::kClip)),
        tokens(config.text, engine::Tokenizer::load(options.folder + "/tokenizer.json")) {
    engine::TensorStore store = engine::TensorStore::open(options.folder);
    weights = engine::fingerprint(store, options.threads);
    dtype = engine::main_dtype(store);
    model.emplace(config, std::move(store), *backend);
    // Sizes that do not fit show here, not at the first picture.
    inputs.prepare(images::Image({config.vision.image, config.vision.image}));
  }

  std::string name;
  engine::ClipConfig config;
  std::unique_ptr<engine::Backend> backend;
  engine::VisionInputs inputs;
  engine::ClipTokens tokens;
  std::uint64_t weights = 0;
  std::string dtype;
  std::optional<engine::ClipModel> model;
};

ClipScorer::ClipScorer(const ClipOptions& options) : parts_(std::make_unique<Parts>(options)) {}
ClipScorer::~ClipScorer() = default;

std::string ClipScorer::signature() const {
  return fmt::format("model:{}|weights:{:016x}|dtype:{}|compute:fp32|engine:1", parts_->name,
                     parts_->weights, parts_->dtype);
}

std::vector<std::uint32_t> ClipScorer::tokens(std::string_view caption) {
  return parts_->tokens.of(kClipPrefix, caption);
}

images::Image ClipScorer::decode(std::string_view bytes, const std::string& name) const {
  return images::decode(bytes, name, parts_->inputs.decoding());
}

std::vector<float> ClipScorer::pixels(const images::Image& picture) const {
  return parts_->inputs.prepare(picture)->pixels;
}

std::vector<Embedding> ClipScorer::embed_pictures(std::span<const std::vector<float>> pixels) {
  std::vector<float> all;
  for (const std::vector<float>& one : pixels) all.insert(all.end(), one.begin(), one.end());
  std::vector<float> out(pixels.size() * parts_->model->width());
  parts_->model->embed_images(all, out);
  return rows_of(out, parts_->model->width());
}

std::vector<Embedding> ClipScorer::embed_texts(std::span<const std::string_view> captions) {
  std::vector<std::vector<std::uint32_t>> ids;
  ids.reserve(captions.size());
  for (const std::string_view caption : captions) ids.push_back(tokens(caption));
  const std::vector<std::span<const std::uint32_t>> texts(ids.begin(), ids.end());
  std::vector<float> out(captions.size() * parts_->model->width());
  parts_->model->embed_texts(texts, out);
  return rows_of(out, parts_->model->width());
}

}  // namespace vernier::clip
