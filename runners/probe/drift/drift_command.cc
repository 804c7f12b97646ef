#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "runners/probe/drift/output/drift_output.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Captions that a model wrote, trained on captions that a model wrote: from which round on do they
narrow, repeat themselves or invent? ROUND0 is what the others are held against, captions of people or
of a first model; every further file has captions of the same images, one round each.

Examples:
  vernier probe drift human.jsonl round1.jsonl round2.jsonl
  vernier probe drift round0.json round1.json --objects coco_objects.tsv.gz
  vernier probe drift round0.json round1.json --no-scenes --show 10 -f json
  vernier probe drift round0.json round1.json --fail       exit code 1 where a round drifted

Each round gets a verdict: ok, changed (but not for the worse) or drift, with the measures that changed,
by how much (95 % interval) and p. Tests swap the captions of an image between two rounds, which changes
nothing where both were written in the same way; --alpha is the chance that any round of such rounds is
called changed. docs/probes.md has the measures.
)";

struct Options {
  DriftOptions drift;
  bool no_scenes = false, fail = false;
  int threads = 0;
  OutputFormat format = OutputFormat::kTable;
};

int drift(Options options, const GlobalOptions& global) {
  options.drift.read.scenes = !options.no_scenes;
  options.drift.read.threads = options.drift.statistics.threads = thread_count(options.threads);
  options.drift.input.seed = options.drift.statistics.seed;
  const DriftStudy study = study_drift(options.drift, global);
  print(drift_text(study, options.drift.alpha, options.format));
  const bool failed = options.fail && study.first_bad > 0;
  return static_cast<int>(failed ? ExitCode::kGateFailed : ExitCode::kOk);
}

}  // namespace

void add_drift_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      probe.add_subcommand("drift", "Do captions narrow or invent over rounds of re-captioning?");
  command->footer(kExamples);
  command
      ->add_option("rounds", options->drift.input.files,
                   "Captions of the same images, round 0 first; formats are told apart by content")
      ->type_name("FILE");
  command->add_flag("--fail", options->fail, "Exit code 1 where a round drifted");
  command->add_option("--alpha", options->drift.alpha, "Level of the verdicts, for all rounds")
      ->check(CLI::Range(0.000001, 0.5).description(""))
      ->capture_default_str();
  command->add_option("--draws", options->drift.statistics.draws, "Arrangements for each p-value")
      ->check(CLI::Range(99, 1000000).description(""))
      ->capture_default_str();
  command->add_option("--seed", options->drift.statistics.seed, "Of all that is drawn")
      ->capture_default_str();
  command->add_option("--show", options->drift.show, "So many phrases and objects a round")
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--phrase-captions", options->drift.phrase_captions,
                   "Captions that have five words in a row before these count as a phrase")
      ->check(CLI::Range(2, 1000000).description(""))
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--allow-missing", options->drift.input.allow_missing,
                    "Compare the images that every round has; count the others");
  command->add_flag("--ignore-extra", options->drift.input.ignore_extra,
                    "Leave out and count images that round 0 does not have");
  command->add_flag("--no-scenes", options->no_scenes,
                    "No scene graphs: neither facts nor objects, but faster");
  add_object_options(*command, options->drift.read.objects);
  add_scene_options(*command, options->drift.read.scene);
  add_caption_options(*command, options->drift.input.read);
  add_threads_option(*command, options->threads);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return drift(*options, global); };
  });
}

}  // namespace vernier
