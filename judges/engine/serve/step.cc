#include "judges/engine/serve/step.h"

#include <algorithm>

#include "judges/engine/model/model.h"
#include "judges/engine/serve/embedding.h"

namespace vernier::engine {
namespace {

/// Rows whose logits are in memory at a time: 32 of 50,000 numbers are 6 MiB.
constexpr std::size_t kLogitRows = 32;

}  // namespace

Step::Step(Model& model, std::size_t chunk)
    : model_(model),
      chunk_(chunk),
      rows_(model.backend().allocate(chunk * model.language().shape().width)),
      logits_(model.backend().allocate(kLogitRows * model.language().shape().vocabulary)),
      host_logits_(logits_->floats()) {}

void Step::run(std::span<const std::unique_ptr<Sequence>> live, PagePool& pool, PrefixTree& tree) {
  std::vector<Part> parts;
  std::vector<Stretch> stretches;
  std::vector<std::uint32_t> wanted;
  std::size_t used = 0;
  const auto take = [&](Sequence& s, std::size_t rows) {
    parts.push_back({&s, used, rows});
    stretches.push_back({used, rows, s.computed(), s.grow(rows, pool, tree)});
    for (std::size_t r = 0; r < rows; ++r) {
      if (s.wants(s.computed() + r)) wanted.push_back(static_cast<std::uint32_t>(used + r));
    }
    used += rows;
  };
  // Those that generate go first: a long prompt must not hold them up.
  for (const auto& s : live) {
    if (s->pending() == 1 && used < chunk_) take(*s, 1);
  }
  for (const auto& s : live) {
    const std::size_t rows = std::min(s->pending(), chunk_ - used);
    if (s->pending() > 1 && rows > 0) take(*s, rows);
  }
  const Rows x{rows_->data(), used, model_.language().shape().width};
  embed(parts, x);
  const Rows hidden = model_.language().run(x, stretches, wanted);
  observe(parts, wanted, hidden);
  for (const Part& part : parts) part.sequence->advance(part.rows, tree);
  // Features are kept while a sequence still has tokens of theirs to read.
  std::map<std::uint64_t, std::unique_ptr<Memory>> kept;
  for (const auto& s : live) {
    for (const PromptImage& image : s->task().prompt.images) {
      const auto found = features_.find(image.input->hash);
      if (found != features_.end() && image.places.back() >= s->computed()) {
        kept.insert(features_.extract(found));
      }
    }
  }
  features_ = std::move(kept);
}

void Step::embed(std::span<const Part> parts, Rows x) {
  std::vector<std::uint32_t> ids;
  ids.reserve(x.count);
  const Matrix& table = model_.language().embedding();
  for (const Part& part : parts) {
    const auto some = part.sequence->ids().subspan(part.sequence->computed(), part.rows);
    const std::vector<std::uint32_t> known = table_ids(some, table.rows);
    ids.insert(ids.end(), known.begin(), known.end());
  }
  model_.backend().embed(table, ids, x);
  const auto features = [this](const VisionInput& input) { return features_of(input); };
  for (const Part& part : parts) {
    for (const PromptImage& image : part.sequence->task().prompt.images) {
      place_image(model_.backend(), image, part.sequence->computed(), features,
                  x.from(part.first_row, part.rows));
    }
  }
}

Rows Step::features_of(const VisionInput& input) {
  std::unique_ptr<Memory>& memory = features_[input.hash];
  const std::size_t width = model_.language().shape().width;
  if (memory == nullptr) {
    memory = model_.backend().allocate(input.tokens * width);
    model_.look(input, {memory->data(), input.tokens, width});
  }
  return {memory->data(), input.tokens, width};
}

void Step::observe(std::span<const Part> parts, std::span<const std::uint32_t> wanted,
                   Rows hidden) {
  Backend& backend = model_.backend();
  const std::size_t vocabulary = model_.language().shape().vocabulary;
  std::vector<float> sums(kLogitRows);
  std::vector<std::uint32_t> best(kLogitRows);
  std::size_t part = 0;
  for (std::size_t first = 0; first < wanted.size(); first += kLogitRows) {
    const std::size_t n = std::min(kLogitRows, wanted.size() - first);
    const Rows logits{logits_->data(), n, vocabulary};
    model_.language().head(hidden.from(first, n), logits);
    backend.log_sum_exp(logits, std::span(sums).first(n));
    backend.argmax(logits, std::span(best).first(n));
    backend.to_host(logits.data, std::span(host_logits_).first(n * vocabulary));
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t row = wanted[first + i];
      while (row >= parts[part].first_row + parts[part].rows) ++part;
      Sequence& s = *parts[part].sequence;
      const std::span<const float> own =
          std::span(host_logits_).subspan(i * vocabulary, vocabulary);
      s.observe(s.computed() + row - parts[part].first_row, {best[i], own[best[i]], sums[i], own});
    }
  }
}

}  // namespace vernier::engine
