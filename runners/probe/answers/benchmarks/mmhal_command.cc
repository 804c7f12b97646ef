#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>

#include "base/error.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "judges/probes/answers/benchmarks/rating.h"
#include "runners/output/number_text.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/answers/output/yes_no_json.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
MMHal-Bench (Sun et al. 2023): answers that a judge rated from 0 to 6; below 3 is a hallucination. A
reply without a rating, or with several, is a failure, not a 0; more failures than --max-failures: exit
code 5.

Examples:
  vernier probe mmhal rated.json
  vernier probe mmhal judged.json --field gpt4_review --max-failures 2 -f json
)";

struct Options {
  std::string file, field;
  std::uint64_t max_failures = 0;
  OutputFormat format = OutputFormat::kTable;
};

std::string signature(const probes::RatedFile& file) {
  const probes::RatedGroup& all = file.groups.front();
  return fmt::format("mmhal|failures:apart|hallucinated:below-3|n:{}|rated:{}|v:1", all.rows,
                     all.rows - all.failed);
}

std::string json_text(const probes::RatedFile& file) {
  const probes::RatedGroup& all = file.groups.front();
  std::string out = "{\"schema\":\"vernier.probe.mmhal/1\"";
  append_json_member(out, "signature", signature(file));
  append_json_key(out, "counts");
  out += '{';
  append_json_count(out, "rows", all.rows);
  append_json_count(out, "failed", all.failed);
  append_json_count(out, "duplicates", file.duplicates);
  out += '}';
  append_json_key(out, "scores");
  out += '{';
  append_json_member(out, "mean_rating", all.mean());
  append_json_member(out, "hallucination_rate", all.hallucinated.ratio());
  out += '}';
  std::vector<probes::UndefinedRate> undefined;
  if (std::isnan(all.mean())) undefined.push_back({"mean_rating", "no rating could be read"});
  append_undefined(out, undefined);
  append_json_key(out, "types");
  out += '{';
  for (std::size_t n = 1; n < file.groups.size(); ++n) {
    const probes::RatedGroup& group = file.groups[n];
    append_json_key(out, group.type);
    out += '{';
    append_json_count(out, "rows", group.rows);
    append_json_count(out, "failed", group.failed);
    append_json_member(out, "mean_rating", group.mean());
    append_share(out, "hallucination_rate", group.hallucinated);
    out += '}';
  }
  out += '}';
  append_json_key(out, "failures");
  append_json_strings(out, file.failures);
  return out + "}\n";
}

std::string page_text(const probes::RatedFile& file, OutputFormat format) {
  TextRows rows = {{"type", "rows", "failed", "mean rating", "hallucination %"}};
  for (const probes::RatedGroup& group : file.groups) {
    rows.push_back({printable(group.type, 60), std::to_string(group.rows),
                    std::to_string(group.failed), number_text(group.mean()),
                    percent_text(group.hallucinated.ratio())});
  }
  ProbePage page;
  page.table("", std::move(rows), "lrrrr");
  for (const std::string& failure : file.failures) {
    page.line("no rating in " + printable(failure, 160));
  }
  page.line(signature(file));
  return page.text(format);
}

int mmhal(const Options& options) {
  const probes::RatedFile file =
      probes::read_ratings(ObjectFile::read(options.file), options.field);
  print(options.format == OutputFormat::kJson ? json_text(file) : page_text(file, options.format));
  const std::uint64_t failed = file.groups.front().failed;
  if (failed > options.max_failures) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("{}: {} of {} replies hold no rating, {} may (--max-failures)",
                            printable(options.file, 120), failed, file.groups.front().rows,
                            options.max_failures));
  }
  return 0;
}

}  // namespace

void add_mmhal_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      probe.add_subcommand("mmhal", "Open answers that a judge rated (MMHal-Bench)");
  command->footer(kExamples);
  command->add_option("file", options->file, "Rows with question_type and a rating")->required();
  command->add_option("--field", options->field, "The field with the rating or the judge's reply");
  command->add_option("--max-failures", options->max_failures,
                      "Replies without a rating that may be left out");
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] { context.action = [options] { return mmhal(*options); }; });
}

}  // namespace vernier
