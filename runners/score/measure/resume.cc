#include "runners/score/measure/resume.h"

#include <fmt/format.h>

#include "base/printable.h"
#include "results/compare/header_differences.h"
#include "results/run/lines/run_reader.h"

namespace vernier {
namespace {

// Walks the samples that are to be measured in their order.
class Walk {
 public:
  explicit Walk(const Corpus& corpus) : corpus_(corpus) { settle(); }

  bool done() const { return block_ == nullptr; }
  SamplePlace place() const { return place_; }
  std::string_view id() const { return block_->text(block_->samples[place_.sample].id); }
  void next() {
    ++place_.sample;
    settle();
  }

 private:
  void settle() {
    for (; place_.block < corpus_.blocks().size(); ++place_.block, place_.sample = 0) {
      if (place_.sample == 0) block_ = corpus_.blocks().get(place_.block);
      for (; place_.sample < block_->samples.size(); ++place_.sample) {
        if (corpus_.measured(*block_, place_.sample)) return;
      }
    }
    block_ = nullptr;
  }

  const Corpus& corpus_;
  SamplePlace place_;
  std::shared_ptr<const SampleBlock> block_;
};

}  // namespace

Resumed resume_run(Journal& journal, const Corpus& corpus, RunWriter& run) {
  RunReader reader(journal.kept());
  Walk walk(corpus);
  std::uint64_t whole = 0;  // bytes
  Resumed resumed;
  try {
    while (const auto line = reader.next()) {
      if (*line == RunParser::Line::kFooter) break;  // interrupted between footer and rename
      if (*line == RunParser::Line::kHeader) {
        if (reader.line() != run.header_line()) {
          resumed.refusal = header_differences(reader.header(), run.header());
          return resumed;
        }
        run.count_header();
      } else {
        if (walk.done() || walk.id() != reader.record().id) {
          resumed.refusal = fmt::format("sample {} of it is {}, that of the input is {}",
                                        run.samples() + 1, printable(reader.record().id, 80),
                                        walk.done() ? "missing" : printable(walk.id(), 80));
          return resumed;
        }
        walk.next();
        run.count_sample(RunDigest::line_hash(reader.line()), reader.record().row);
      }
      whole += reader.line().size();
    }
  } catch (const Error& error) {
    // The end of what is whole: the process died while it wrote, or the system with it. A journal
    // that cannot be read is another matter: it must stay.
    if (error.code() != ExitCode::kBadInput && error.code() != ExitCode::kIncomplete) throw;
  }
  journal.keep(whole);
  if (whole == 0) run.write_header();
  resumed.next = walk.place();
  return resumed;
}

}  // namespace vernier
