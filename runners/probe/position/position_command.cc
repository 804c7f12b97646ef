#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/io/text_lines.h"
#include "metrics/text/text_set.h"
#include "runners/probe/position/position_output.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Does what a model says of an image depend on where the image stood among others? Show the same groups in
several orders, and give one record for each image: {"group", "order", "position", "image_id"} and a
value ("correct": 0 or 1, "score", any field with --value) or a "caption". A run of `vernier score` over
such records will do as well: its scores are the values.

Examples:
  vernier probe position --design images.txt --group-size 4 -o groups.jsonl
  vernier probe position answers.jsonl
  vernier probe position captions.jsonl --objects coco_objects.tsv.gz
  vernier probe position run.jsonl --value cider -f json

Reported: the curve with intervals (groups are clusters), trend, U-shape, last third against first,
tests that shuffle positions inside each image, and with --objects how often a caption names what a
neighbouring image has. p-values are corrected for their number (Holm).
)";

struct Options {
  PositionProbeOptions probe;
  std::string design, output = "-";
  std::size_t group_size = 4;
  bool reversed = false;
  OutputFormat format = OutputFormat::kTable;
};

/// Lines of a file, each once.
std::vector<std::string> read_images(const std::string& path) {
  const auto source = ByteSource::open(path);
  const std::string text = source->read_rest();
  std::vector<std::string> images;
  text::TextSet seen;
  for_each_line(text, [&](std::string_view line, std::uint64_t) {
    if (line.empty()) return;
    if (!seen.insert(std::string(line)).second) {
      throw Error(ExitCode::kBadInput, fmt::format("{}: expected each image once, found {} again",
                                                   source->name(), line));
    }
    images.emplace_back(line);
  });
  return images;
}

int design(const Options& options, const GlobalOptions& global) {
  refuse_output_over_input(options.output, {options.design}, "design");
  const std::vector<std::string> images = read_images(options.design);
  if (options.group_size < 2 || options.group_size > images.size()) {
    throw Error(ExitCode::kUsage,
                fmt::format("--group-size: expected 2 to {} (the images), found {}", images.size(),
                            options.group_size));
  }
  const probes::GroupPlan plan = probes::plan_groups(images, options.group_size, options.reversed,
                                                     options.probe.statistics.seed);
  write_file(options.output, plan_text(plan, images));
  remark(global, fmt::format("{} groups of {} images in {} orders each{}", plan.groups,
                             options.group_size, plan.orders.size() / plan.groups,
                             plan.filled == 0 ? ""
                                              : fmt::format("; {} places of the last group are "
                                                            "filled with images of others",
                                                            plan.filled)));
  return 0;
}

int position(const Options& options, const GlobalOptions& global) {
  if (!options.design.empty()) return design(options, global);
  if (options.probe.input.empty()) {
    throw Error(ExitCode::kUsage, "expected a file of records, or --design IMAGES");
  }
  print(position_text(study_position(options.probe, global), options.format));
  return 0;
}

}  // namespace

void add_position_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = probe.add_subcommand(
      "position", "Does the place of an image among others change what is said of it?");
  command->footer(kExamples);
  command->add_option("records", options->probe.input, "Records of grouped images, or a run")
      ->type_name("FILE");
  command
      ->add_option(
          "--value", options->probe.values,
          "Field or score to compare (repeatable; default: correct or score; all of a run)")
      ->type_name("NAME")
      ->allow_extra_args(false);
  add_object_options(*command, options->probe.objects);
  command->add_option("--draws", options->probe.statistics.draws, "Shuffles for each p-value")
      ->check(CLI::Range(99, 1000000).description(""))
      ->capture_default_str();
  command->add_option("--seed", options->probe.statistics.seed, "Of shuffles and of --design")
      ->capture_default_str();
  command->add_option("--alpha", options->probe.statistics.alpha, "Level of the verdicts")
      ->check(CLI::Range(0.000001, 0.5).description(""))
      ->capture_default_str();
  constexpr const char* kDesign = "Design";
  command
      ->add_option("--design", options->design,
                   "Write the groups and orders to run for these images (one a line)")
      ->type_name("FILE")
      ->group(kDesign);
  command->add_option("--group-size", options->group_size, "Images shown together")
      ->capture_default_str()
      ->group(kDesign);
  command
      ->add_flag("--reversed", options->reversed,
                 "Also the rotations of the reversed order: neighbours change sides")
      ->group(kDesign);
  command->add_option("-o,--output", options->output, "Where the design goes")
      ->type_name("FILE")
      ->capture_default_str()
      ->group(kDesign);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return position(*options, global); };
  });
}

}  // namespace vernier
