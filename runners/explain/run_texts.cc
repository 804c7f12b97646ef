#include "runners/explain/run_texts.h"

#include <string_view>
#include <unordered_set>

#include "base/hash.h"
#include "base/io/interrupt.h"

namespace vernier {

RunTexts::RunTexts(const Run& run, Evaluation& evaluation)
    : run_(run), evaluation_(evaluation), tokenizing_(evaluation) {}

// Each distinct pair of image and references once, as the scoring pass does.
void RunTexts::observe() {
  if (!evaluation_.needs_observing()) return;
  Evaluation::Observing observing(evaluation_);
  std::unordered_set<std::uint64_t> documents;
  for (std::size_t n = 0; n < run_.samples().size(); ++n) {
    if (n % 1024 == 0) check_interrupt();
    const Run::Sample& sample = run_.samples()[n];
    std::uint64_t document = hash_bytes(sample.image_id);
    for (const std::string_view text : run_.references(sample)) {
      document = hash_more(document, hash_bytes(text));
    }
    if (!documents.insert(document).second) continue;
    read(n);
    observing.document(references_);
  }
  observing.finish();
}

// What follows a text, which the PTB tokeniser may look at, is known as far as the run tells: in
// the files that were scored there may have been records that the run left out, and files of
// references have an order of their own.
void RunTexts::read(std::size_t n) {
  const Run::Sample* const next = n + 1 < run_.samples().size() ? &run_.samples()[n + 1] : nullptr;
  const std::span<const std::string_view> texts = run_.references(run_.samples()[n]);
  std::string_view behind_last;
  if (next != nullptr && run_.header().id_rule.empty()) behind_last = run_.references(*next)[0];

  tokens_.clear();
  tokenizing_.add_candidate(run_.samples()[n].candidate,
                            next != nullptr ? next->candidate : std::string_view(), tokens_);
  for (std::size_t r = 0; r < texts.size(); ++r) {
    tokenizing_.add_reference(texts[r], r + 1 < texts.size() ? texts[r + 1] : behind_last, tokens_);
  }
  candidate_.clear();
  references_.assign(evaluation_.stream_count(), {});
  for (std::size_t s = 0; s < evaluation_.stream_count(); ++s) {
    candidate_.push_back(tokens_.text(s, 0));
    for (std::size_t t = 1; t <= texts.size(); ++t) references_[s].push_back(tokens_.text(s, t));
  }
}

}  // namespace vernier
