#include "results/shards/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <queue>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "base/printable.h"
#include "results/compare/header_differences.h"
#include "results/run/run_rows.h"

namespace vernier {
namespace {

using Readers = std::vector<std::unique_ptr<RunReader>>;

[[noreturn]] void incomplete(const std::string& what) { throw Error(ExitCode::kIncomplete, what); }

struct Part {
  std::uint64_t number = 0, count = 0;  // "2/5"; 0 when it is not of that form
};

Part part_of(std::string_view text) {
  Part part;
  const char* end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, part.number);
  if (number.ec != std::errc() || number.ptr == end || *number.ptr != '/') return {};
  const auto count = std::from_chars(number.ptr + 1, end, part.count);
  if (count.ec != std::errc() || count.ptr != end) return {};
  return part.number >= 1 && part.number <= part.count ? part : Part();
}

// Every shard once, all of one run.
void check_set(const Readers& shards) {
  const RunHeader& first = shards.front()->header();
  std::vector<const RunReader*> found;
  for (const auto& shard : shards) {
    const Part part = part_of(shard->header().shard);
    if (part.count == 0) incomplete(fmt::format("{}: is no shard of a run", shard->name()));
    const std::string differences = header_differences(first, shard->header());
    if (!differences.empty()) {
      incomplete(fmt::format("{} and {} are not shards of one run: {}", shards.front()->name(),
                             shard->name(), differences));
    }
    if (part.count != part_of(first.shard).count) {
      incomplete(fmt::format("{} is shard {}, {} is shard {}", shards.front()->name(), first.shard,
                             shard->name(), shard->header().shard));
    }
    if (part.number > found.size()) found.resize(part.number);
    if (const RunReader* other = found[part.number - 1]; other != nullptr) {
      incomplete(fmt::format("{} and {} are both shard {}", other->name(), shard->name(),
                             shard->header().shard));
    }
    found[part.number - 1] = shard.get();
  }
  const std::uint64_t count = part_of(first.shard).count;
  if (shards.size() == count) return;
  std::string missing;
  constexpr std::size_t kShown = 10;
  std::size_t shown = 0;
  for (std::uint64_t k = 1; k <= count && shown <= kShown; ++k) {
    if (k <= found.size() && found[k - 1] != nullptr) continue;
    missing += missing.empty() ? "" : ", ";
    missing += ++shown > kShown ? "..." : std::to_string(k);
  }
  incomplete(fmt::format("{} of {} shards are missing: {}", count - shards.size(), count, missing));
}

// The line without the number that shards begin theirs with.
void append_unnumbered(std::string& out, const RunReader& shard) {
  const std::string prefix = fmt::format("{{\"n\":{},", shard.record().number);
  if (!shard.line().starts_with(prefix)) shard.refuse("expected the number \"n\" first");
  out.push_back('{');
  out.append(shard.line().substr(prefix.size()));
}

void write_footer(RunWriter& run, MergedRun& merged) {
  const RunAggregator aggregator(merged.header);
  for (std::size_t m = 0; m < merged.header.metrics.size(); ++m) {
    const MetricDescription& metric = merged.header.metrics[m];
    if (aggregator.of(m) != nullptr) continue;
    incomplete(fmt::format("this version cannot make scores from the rows of \"{}\" ({})",
                           printable(metric.name), printable(metric.signature)));
  }
  std::vector<RunCount> counts;
  counts.reserve(merged.counts.size());
  for (const auto& [name, value] : merged.counts) counts.push_back({name, value});
  merged.scores = run.write_footer(
      counts, [&](std::span<const double> sums, double samples, std::span<double> scores) {
        aggregator.aggregate(sums, samples, scores);
      });
  merged.unscored = aggregator.unscored(run.sums(), static_cast<double>(run.samples()));
}

}  // namespace

MergedRun merge_shards(Readers shards, const RunWriter::Write& write,
                       const std::function<void(std::uint64_t done)>& progress) {
  for (const auto& shard : shards) shard->next();  // the header, or an exception
  check_set(shards);
  MergedRun merged;
  merged.header = shards.front()->header();
  merged.header.shard.clear();
  RunWriter run(merged.header, write);
  run.write_header();

  using Next = std::pair<std::uint64_t, RunReader*>;  // the sample it stands at
  std::priority_queue<Next, std::vector<Next>, std::greater<>> order;
  const auto advance = [&](RunReader& shard) {
    const auto line = shard.next();
    if (line == RunParser::Line::kSample) {
      order.emplace(shard.record().number, &shard);
      return;
    }
    shard.next();  // refuses lines behind the footer
    if (merged.counts.empty()) merged.counts = shard.footer().counts;
    if (shard.footer().counts != merged.counts) {
      incomplete(fmt::format("{}: counts other records than the shards before it", shard.name()));
    }
  };
  for (const auto& shard : shards) advance(*shard);
  std::string line;
  std::uint64_t previous = 0;
  while (!order.empty()) {
    const auto [number, shard] = order.top();
    order.pop();
    if (run.samples() > 0 && number <= previous) {
      shard->refuse(fmt::format("sample {} is out of order or in two shards", number));
    }
    previous = number;
    line.clear();
    append_unnumbered(line, *shard);
    const std::uint64_t hash[] = {RunDigest::line_hash(line)};
    run.write_samples(line, hash, shard->record().row);
    if (run.samples() % 4096 == 0) {
      check_interrupt();
      if (progress) progress(run.samples());
    }
    advance(*shard);
  }
  const auto scored = std::find_if(merged.counts.begin(), merged.counts.end(),
                                   [](const auto& count) { return count.first == "scored"; });
  if (scored != merged.counts.end() && scored->second != run.samples()) {
    incomplete(fmt::format("the shards hold {} samples, {} were to be scored", run.samples(),
                           scored->second));
  }
  merged.samples = run.samples();
  write_footer(run, merged);
  return merged;
}

}  // namespace vernier
