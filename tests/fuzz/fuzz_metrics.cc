// Any candidate and references, in front of a second sample that never changes, through every
// metric but METEOR: scores within their bounds, the same when computed again, and a second sample
// whose rows do not depend on the first (but for CIDEr, which counts documents). The first four
// bytes choose options, bytes 0xFF separate the texts.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "metrics/scorer.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;

const std::vector<std::string> kMetrics = {
    "exact-match", "bleu",       "rouge-l",       "cider",     "cider-plain", "rouge-1", "rouge-2",
    "rouge-3",     "rouge-lsum", "rouge-score-l", "sacrebleu", "chrf",        "chrf++",  "ter"};

using Texts = std::vector<std::string_view>;
constexpr std::size_t kOptionBytes = 4;

MetricOptions read_options(fuzz::Input& input) {
  MetricOptions options;
  const std::uint8_t words = input.byte(), bleu = input.byte(), chrf = input.byte(),
                     ter = input.byte();
  constexpr const char* kTokenizers[] = {"ptb", "ptb", "icu", "char"};
  constexpr const char* kSacrebleuTokenizers[] = {"13a", "13a", "13a",  "intl",
                                                  "zh",  "zh",  "char", "none"};
  constexpr const char* kSmoothing[] = {"exp", "floor", "add-k", "none"};
  options.tokenizer = kTokenizers[words & 3];
  options.rouge_stem = (words & 4) != 0;
  options.sacrebleu.max_order = 1 + (words + 24) / 8 % 8;  // 4 where the byte is 0
  options.sacrebleu.tokenizer = kSacrebleuTokenizers[bleu & 7];
  options.sacrebleu.smoothing = kSmoothing[bleu >> 3 & 3];
  if ((bleu & 32) != 0) options.sacrebleu.smooth_value = 0.25 * (words >> 6);
  options.sacrebleu.lowercase = (bleu & 64) != 0;
  options.sacrebleu.effective_order = (bleu & 128) != 0;
  options.chrf.char_order = 1 + (chrf + 5) % 8;  // 6 where the byte is 0
  options.chrf.beta = 1 + (chrf / 8 + 1) % 4;
  options.chrf.lowercase = (chrf & 32) != 0;
  options.chrf.whitespace = (chrf & 64) != 0;
  options.chrf.eps_smoothing = (chrf & 128) != 0;
  options.ter.normalized = (ter & 1) != 0;
  options.ter.no_punct = (ter & 2) != 0;
  options.ter.asian_support = (ter & 4) != 0;
  options.ter.case_sensitive = (ter & 8) != 0;
  return options;
}

void add_fixed(Scorer& scorer) {
  scorer.add("A man is riding a horse on the beach.",
             {"A man rides his horse along a beach.", "man on a horse, at the sea"});
}

using Rows = std::vector<std::vector<double>>;  // by metric

/// The second sample on its own; kept, as most inputs have the options of another.
const Rows& rows_of_fixed(const std::uint8_t* data, std::size_t size,
                          const MetricOptions& options) {
  static std::map<std::string, Rows> known;
  if (known.size() > 1000) known.clear();
  Rows& rows = known[std::string(fuzz::as_text(data, std::min(size, kOptionBytes)))];
  if (rows.empty()) {
    Scorer scorer(kMetrics, options);
    add_fixed(scorer);
    const ScoreResult result = scorer.finish();
    for (const std::string& metric : kMetrics) rows.push_back(result.row(0, metric));
  }
  return rows;
}

double most(std::string_view score) {
  if (score == "ter") return INFINITY;
  if (score.starts_with("cider")) return 10.000001;
  if (score == "sacrebleu" || score.starts_with("chrf")) return 100.0000001;
  return 1;
}

void require_score(std::string_view name, double score, double again) {
  require(std::isfinite(score));
  require(score >= 0 && score <= most(name));
  require(score == again);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const MetricOptions options = read_options(input);
  const std::vector<std::string> texts = fuzz::read_texts(input.rest(), 5);
  Texts references(texts.begin() + 1, texts.end());
  if (references.empty()) references.push_back("");

  const auto score = [&] {
    Scorer scorer(kMetrics, options);
    scorer.add(texts[0], references);
    add_fixed(scorer);
    return scorer.finish();
  };
  const ScoreResult result = score(), again = score();
  for (const std::string& name : result.score_names()) {
    require_score(name, result.corpus(name), again.corpus(name));
    for (std::size_t n = 0; n < 2; ++n) {
      require_score(name, result.sample(n, name), again.sample(n, name));
    }
  }
  const Rows& alone = rows_of_fixed(data, size, options);
  for (std::size_t m = 0; m < kMetrics.size(); ++m) {
    if (!kMetrics[m].starts_with("cider")) require(result.row(1, kMetrics[m]) == alone[m]);
  }
  return 0;
}
