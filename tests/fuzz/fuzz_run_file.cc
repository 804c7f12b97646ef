// Any bytes as a run file: a run whose rows and texts are whole, or one typed error. Where the
// first byte is odd the digest in the last line is made right, so that damage gets past it; a run
// that is accepted can be compared with itself, or says why not. What merges as the only shard of a
// run is a run.
#include <cmath>
#include <memory>
#include <string>

#include "base/error.h"
#include "results/compare/comparison.h"
#include "results/shards/merge.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;

std::string with_right_digest(std::string text) {
  constexpr std::string_view key = "\"digest\":\"";
  const std::size_t last = text.rfind('\n', text.size() < 2 ? 0 : text.size() - 2);
  const std::size_t at = text.rfind(key);
  if (last == std::string::npos || at == std::string::npos || at < last) return text;
  RunDigest digest;
  for (std::size_t begin = 0; begin <= last;) {
    const std::size_t end = text.find('\n', begin) + 1;
    digest.add(RunDigest::line_hash(std::string_view(text).substr(begin, end - begin)));
    begin = end;
  }
  char hex[17];
  std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(digest.value()));
  for (std::size_t i = 0; i < 16 && at + key.size() + i < text.size(); ++i) {
    text[at + key.size() + i] = hex[i];
  }
  return text;
}

void require_whole(const Run& run) {
  require(run.corpus_scores().size() == run.header().score_names().size());
  for (std::size_t n = 0; n < run.samples().size(); ++n) {
    const Run::Sample& sample = run.samples()[n];
    require(run.find(sample.id) == n);
    require(run.row(n).size() == run.header().row_width());
    require(run.scores(n).size() == run.corpus_scores().size());
    for (const std::string_view text :
         {sample.id, sample.image_id, sample.candidate, sample.meta}) {
      fuzz::require_utf8(text);
    }
    for (const std::string_view text : run.references(sample)) fuzz::require_utf8(text);
  }
}

void require_expected(const Error& error) {
  const ExitCode code = error.code();
  require(code == ExitCode::kBadInput || code == ExitCode::kIncomplete || code == ExitCode::kUsage);
  require(std::string_view(error.what()).find('\n') == std::string_view::npos);
}

void try_merge(const std::string& path) {
  std::vector<std::unique_ptr<RunReader>> shards;
  std::string merged;
  try {
    shards.push_back(std::make_unique<RunReader>(ByteSource::open(path)));
    merge_shards(std::move(shards), [&](std::string_view bytes) { merged += bytes; }, {});
  } catch (const Error& error) {
    require_expected(error);
    return;
  }
  try {
    require_whole(read_run(fuzz::MemoryFile(merged).path()));
  } catch (const Error& error) {  // merging does not keep all ids in memory to compare them
    require(std::string_view(error.what()).find("occurs twice") != std::string_view::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const bool repair = input.byte() % 2 == 1;
  std::string text(input.rest());
  if (repair) text = with_right_digest(std::move(text));
  const fuzz::MemoryFile file(text);
  try_merge(file.path());
  try {
    const Run run = read_run(file.path());
    require_whole(run);
    const PairedRuns pair(run, run, {});
    ComparisonOptions options;
    options.resamples = 20;
    for (const ScoreDifference& d : compare(pair, options).scores) {
      require(std::isnan(d.difference) || d.difference == 0);
      require(std::isnan(d.difference) || d.p == 1);
    }
  } catch (const Error& error) {
    require_expected(error);
  }
  return 0;
}
