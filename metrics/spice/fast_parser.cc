#include "metrics/spice/fast_parser.h"

#include <fmt/format.h>

#include "base/io/byte_source.h"
#include "metrics/spice/fast/heads.h"
#include "metrics/spice/fast/network.h"
#include "metrics/spice/fast/weights.h"
#include "metrics/spice/graph/multigraph/graph.h"

namespace vernier::spice {
namespace {

class FastWorker final : public ParserWorker {
 public:
  explicit FastWorker(const Weights& weights) : network_(weights, best_kernels()) {}

  bool parse(std::span<const std::string_view> words, ParsedSentence& out) override {
    if (words.size() > kMaxWords) return false;
    network_.read(words);
    finder_.find(network_.head_scores(), words.size(), heads_);
    out.tree.clear();
    out.tags.clear();
    out.dependencies.clear();
    for (std::size_t n = 0; n < words.size(); ++n) {
      out.tags.push_back(network_.tag(n));
      out.dependencies.push_back(
          {heads_[n], static_cast<std::uint16_t>(n + 1), network_.relation(n, heads_[n])});
    }
    return true;
  }

 private:
  Network network_;
  HeadFinder finder_;
  std::vector<std::uint16_t> heads_;
};

class FastParser final : public Parser {
 public:
  explicit FastParser(Weights weights) : weights_(std::move(weights)) {}

  std::string signature() const override {
    return fmt::format("parser:vernier|weights:{:016x}", weights_.digest);
  }
  std::unique_ptr<ParserWorker> make_worker() const override {
    return std::make_unique<FastWorker>(weights_);
  }

 private:
  Weights weights_;
};

}  // namespace

std::shared_ptr<const Parser> open_fast_parser() {
  return std::make_shared<FastParser>(read_weights(embedded_weights(), "the program"));
}

std::shared_ptr<const Parser> open_fast_parser(const std::string& weights_path) {
  const auto source = ByteSource::open(weights_path);
  return std::make_shared<FastParser>(read_weights(source->read_rest(), weights_path));
}

}  // namespace vernier::spice
