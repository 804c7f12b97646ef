#include "metrics/spice/fast/network.h"

#include <algorithm>
#include <limits>

#include "metrics/spice/fast/word_features.h"

namespace vernier::spice {

Network::Network(const Weights& weights, const Kernels& kernels)
    : weights_(weights), kernels_(kernels), relation_scores_(weights.relation_columns) {}

const float* Network::word_vector(std::string_view word) {
  const std::size_t width = weights_.width;
  if (const auto found = known_.find(word); found != known_.end()) {
    return known_vectors_.data() + found->second * width;
  }
  if (known_.size() == kMostKnown) {
    known_.clear();
    known_vectors_.clear();
  }
  const std::string key(word);
  const auto entry = weights_.words.find(key);
  const std::uint32_t row = entry == weights_.words.end() ? Weights::kUnknownWord : entry->second;
  std::vector<std::int32_t> sum(width);
  const auto add = [&](const std::vector<std::int8_t>& table, std::size_t at) {
    for (std::size_t c = 0; c < width; ++c) sum[c] += table[at * width + c];
  };
  add(weights_.word_table, row);
  const auto affixes = affix_hashes(word);
  for (std::size_t n = 0; n < kAffixes; ++n) {
    add(weights_.affix_table, n * weights_.affix_rows + affixes[n] % weights_.affix_rows);
  }
  const std::size_t number = known_.size();
  known_.emplace(key, number);
  known_vectors_.resize((number + 1) * width);
  float* const out = known_vectors_.data() + number * width;
  for (std::size_t c = 0; c < width; ++c) {
    out[c] = static_cast<float>(sum[c]) * weights_.table_factor;
  }
  return out;
}

void Network::run_block(const Weights::Block& block, std::size_t rows) {
  const std::size_t width = weights_.width;
  std::int8_t* const first = inputs_.data() + width;
  kernels_.normalise(x_.data(), rows, width, block.in.input_scale, first);
  const PackedMatrix in = block.in.packed();
  if (block.kind == 'C') {
    // Three rows one behind the other are the window of the middle one.
    kernels_.multiply(inputs_.data(), rows, width, in, sums_.data());
    kernels_.add_relu(sums_.data(), in, rows, x_.data());
    return;
  }
  kernels_.multiply(first, rows, width, in, sums_.data());
  kernels_.gated_sums(sums_.data(), in, rows, block.out.input_scale, work_.data(), first);
  const PackedMatrix out = block.out.packed();
  kernels_.multiply(first, rows, width, out, sums_.data());
  kernels_.add(sums_.data(), out, rows, x_.data());
}

void Network::read(std::span<const std::string_view> words) {
  const std::size_t rows = words.size(), width = weights_.width;
  const std::size_t columns = weights_.heads.columns, arc = weights_.arc;
  x_.resize(rows * width);
  work_.resize(rows * 2 * width);
  inputs_.resize((rows + 2) * width);
  std::fill_n(inputs_.begin(), width, std::int8_t{0});
  std::fill_n(inputs_.end() - static_cast<std::ptrdiff_t>(width), width, std::int8_t{0});
  sums_.resize(rows * std::max(2 * width, columns));
  output_.resize(rows * columns);
  for (std::size_t r = 0; r < rows; ++r) {
    std::copy_n(word_vector(words[r]), width, x_.begin() + static_cast<std::ptrdiff_t>(r * width));
  }
  for (const Weights::Block& block : weights_.blocks) run_block(block, rows);
  kernels_.normalise(x_.data(), rows, width, weights_.heads.input_scale, inputs_.data() + width);
  const PackedMatrix heads = weights_.heads.packed();
  kernels_.multiply(inputs_.data() + width, rows, width, heads, sums_.data());
  kernels_.expand(sums_.data(), heads, rows, output_.data());

  head_scores_.resize(rows * (rows + 1));
  const std::size_t dependent = weights_.tags.size(), head = dependent + arc;
  for (std::size_t d = 0; d < rows; ++d) {
    float* const scores = head_scores_.data() + d * (rows + 1);
    scores[0] = kernels_.dot(output(d, dependent), weights_.root.data(), arc);
    for (std::size_t h = 0; h < rows; ++h) {
      scores[h + 1] = kernels_.dot(output(d, dependent), output(h, head), arc);
    }
  }
}

Label Network::tag(std::size_t word) const {
  const float* const scores = output(word, 0);
  const float* const best = std::max_element(scores, scores + weights_.tags.size());
  return weights_.tags[static_cast<std::size_t>(best - scores)];
}

Relation Network::relation(std::size_t word, std::size_t head) {
  if (head == 0) return Relation::kRoot;
  const std::size_t first = weights_.tags.size() + 2 * weights_.arc, hidden = weights_.hidden;
  const float* const of_head = output(head - 1, first + hidden);
  std::copy(weights_.relation_bias.begin(), weights_.relation_bias.end(), relation_scores_.begin());
  kernels_.add_hidden(output(word, first), of_head, hidden, weights_.relation.data(),
                      weights_.relation_columns, relation_scores_.data());
  Relation best = Relation::kDep;
  float highest = -std::numeric_limits<float>::infinity();
  for (std::size_t n = 0; n < weights_.relations.size(); ++n) {
    const Relation relation = weights_.relations[n];
    if (relation == Relation::kRoot || !(relation_scores_[n] > highest)) continue;
    highest = relation_scores_[n];
    best = relation;
  }
  return best;
}

}  // namespace vernier::spice
