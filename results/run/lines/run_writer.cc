#include "results/run/lines/run_writer.h"

namespace vernier {

RunWriter::RunWriter(const RunHeader& header, Write write)
    : header_(header),
      write_(write ? std::move(write) : [](std::string_view) {}),
      sums_(header.row_width()) {
  append_run_header(header_line_, header);
}

void RunWriter::count_header() { digest_.add(RunDigest::line_hash(header_line_)); }

void RunWriter::count_sample(std::uint64_t hash, std::span<const double> row) {
  digest_.add(hash);
  sums_.add(row);
  ++samples_;
}

void RunWriter::write_header() {
  count_header();
  write_(header_line_);
}

void RunWriter::write_samples(std::string_view lines, std::span<const std::uint64_t> hashes,
                              std::span<const double> rows) {
  const std::size_t width = rows.size() / std::max<std::size_t>(hashes.size(), 1);
  for (std::size_t n = 0; n < hashes.size(); ++n) {
    count_sample(hashes[n], rows.subspan(n * width, width));
  }
  write_(lines);
}

std::vector<double> RunWriter::write_footer(std::span<const RunCount> counts,
                                            const Aggregate& aggregate) {
  std::vector<double> scores(header_.score_names().size());
  aggregate(sums_.total(), static_cast<double>(samples_), scores);
  std::string line;
  append_run_footer(line, header_, samples_, counts, scores, digest_);
  write_(line);
  return scores;
}

}  // namespace vernier
