#include "runners/score/score_together.h"

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.h"
#include "base/io/output/target.h"
#include "runners/merge/merge_files.h"

namespace vernier {
namespace {

std::string share_of(const ScoreOptions& options, unsigned rank, unsigned count) {
  return fmt::format("{}.{}-of-{}", output_target(options.output).path, rank + 1, count);
}

ScoreReport merge_shares(const Processes& processes, const ScoreOptions& options,
                         const GlobalOptions& global, const ScoreReport& first_share) {
  std::vector<std::string> parts;
  for (unsigned rank = 0; rank < processes.count(); ++rank) {
    parts.push_back(share_of(options, rank, processes.count()) + ".part");
    if (::access(parts.back().c_str(), R_OK) != 0) {
      throw Error(ExitCode::kOutput,
                  fmt::format("{}: not found by the first process; all must see the folder of the "
                              "run",
                              parts.back()));
    }
  }
  ScoreReport report = merge_files(parts, options.output, global);
  for (const std::string& part : parts) ::unlink(part.c_str());
  report.counts = first_share.counts;
  report.first_empty = first_share.first_empty;
  report.warnings = first_share.warnings;
  report.skipped = first_share.skipped;
  return report;
}

}  // namespace

ScoreReport score_together(const Processes& processes, const ScoreOptions& options,
                           const GlobalOptions& global) {
  GlobalOptions ours = global;
  ours.quiet = global.quiet || processes.rank() > 0;
  ScoreReport report;
  processes.step([&] {
    if (options.output.empty() || options.output == "-" || output_target(options.output).direct) {
      throw Error(ExitCode::kUsage, "under mpirun give -o RUN, a file: the processes meet there");
    }
    ScoreOptions share = options;
    share.output = share_of(options, processes.rank(), processes.count());
    share.corpus.shard = {processes.rank() + 1, processes.count()};
    report = score_corpus(share, ours, false);
  });
  processes.step([&] {
    if (processes.rank() == 0) report = merge_shares(processes, options, ours, report);
  });
  return report;
}

}  // namespace vernier
