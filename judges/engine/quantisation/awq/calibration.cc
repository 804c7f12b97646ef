#include "judges/engine/quantisation/awq/calibration.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "base/error.h"
#include "judges/engine/serve/embedding.h"

namespace vernier::engine {
namespace {

/// The rows of a prompt; x [at most the prompt's, C].
void embed(Model& model, const Prompt& prompt, Rows x) {
  Backend& backend = model.backend();
  const Matrix& table = model.language().embedding();
  backend.embed(table, table_ids(std::span(prompt.ids).first(x.count), table.rows), x);
  std::unique_ptr<Memory> memory;
  const auto look = [&](const VisionInput& input) {
    memory = backend.allocate(input.tokens * x.width);
    const Rows seen{memory->data(), input.tokens, x.width};
    model.look(input, seen);
    return seen;
  };
  for (const PromptImage& image : prompt.images) place_image(backend, image, 0, look, x);
}

}  // namespace

std::size_t Calibration::count() const {
  return std::accumulate(lengths.begin(), lengths.end(), std::size_t{0});
}

Calibration embed_prompts(Model& model, std::span<const Prompt> prompts, std::size_t most) {
  Calibration out;
  out.width = model.language().shape().width;
  std::size_t rows = 0;
  for (const Prompt& prompt : prompts) {
    std::size_t now = std::min(prompt.ids.size(), model.context());
    if (most > 0) now = std::min(now, most - rows);
    if (now == 0) break;
    out.lengths.push_back(now);
    rows += now;
  }
  if (rows == 0) throw Error(ExitCode::kUsage, "calibration: there is nothing to read");
  out.memory = model.backend().allocate(rows * out.width);
  std::size_t first = 0;
  for (std::size_t i = 0; i < out.lengths.size(); ++i) {
    embed(model, prompts[i], out.rows().from(first, out.lengths[i]));
    first += out.lengths[i];
  }
  return out;
}

}  // namespace vernier::engine
