#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "base/error.h"
#include "runners/output/text_table.h"
#include "runners/synth/replicator/graph_set.h"
#include "runners/synth/replicator/replicator_options.h"
#include "runners/synth/scene_set.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Draws scenes of simple shapes whose truth is known because they were drawn from it: scene graphs,
captions of graded quality, questions with hard negatives, groups of images. Equal seeds give equal
bytes. Parts (--write):
  images, masks            PNG; with --side 96,336 one folder a size
  scenes                   scenes.jsonl: objects, boxes, attributes, relations with margins, references
  captions                 captions.jsonl: right ones, each kind of fault, empty, verbose; with ratings
  questions                questions.jsonl: existence, attribute, color, shape, count, relation, order, sign
                           (yes_no.jsonl: those answered yes or no, as POPE's files are)
  groups, needles          groups.jsonl (every image at every place), needles.jsonl (a sign among frames)
  coco                     instances.json with masks, captions.json
  conversations, arrays    LLaVA's format and NumPy arrays, to train on
  replicator               replicator/: scene graphs as Isaac Sim's captioning extension writes them:
                           full, pruned, with captions; --from does that with graphs that exist

Examples:
  vernier synth -n 1000 -o scenes
  vernier synth -n 100 --side 224,336 --write images,questions -o two-sizes
  vernier check captions.txt --evidence scenes/scenes.jsonl
  vernier meta scenes/captions.jsonl -m spice-fast,cider        does a metric see what is wrong?
  vernier probe vqa ANSWERS --questions scenes/questions.jsonl --by category
  vernier probe pope ANSWERS --questions scenes/yes_no.jsonl
  vernier synth -n 100 --write replicator --global_caption --brief_caption -o scenes
  vernier synth --from scene_graphs.json --pruning_ratio 0.5 -o graphs
)";

constexpr std::array<std::pair<const char*, SynthPart>, 11> kParts = {
    {{"images", SynthPart::kImages},
     {"masks", SynthPart::kMasks},
     {"arrays", SynthPart::kArrays},
     {"scenes", SynthPart::kScenes},
     {"captions", SynthPart::kCaptions},
     {"questions", SynthPart::kQuestions},
     {"conversations", SynthPart::kConversations},
     {"groups", SynthPart::kGroups},
     {"needles", SynthPart::kNeedles},
     {"coco", SynthPart::kCoco},
     {"replicator", SynthPart::kReplicator}}};

struct Options {
  SynthOptions synth;
  std::string world = "full";
  std::vector<std::string> parts = {"images", "scenes", "captions", "questions"};
  unsigned least_objects = 0, most_objects = 0;
  double signs = -1, stacks = -1;
  std::string from;
  ReplicatorFlags replicator;
  OutputFormat format = OutputFormat::kTable;
};

SynthOptions resolve(const Options& options) {
  SynthOptions synth = options.synth;
  synth.world = options.world == "small" ? scenes::small_world() : scenes::full_world();
  if (options.least_objects > 0) synth.world.least_objects = options.least_objects;
  if (options.most_objects > 0) synth.world.most_objects = options.most_objects;
  if (synth.world.least_objects > synth.world.most_objects) {
    throw Error(ExitCode::kUsage, fmt::format("--min-objects: expected at most {}, found {}",
                                              synth.world.most_objects, synth.world.least_objects));
  }
  if (options.signs >= 0) synth.world.signs = options.signs;
  if (options.stacks >= 0) synth.world.stacks = options.stacks;
  if (synth.sides.empty()) synth.sides = {synth.world.side};
  for (const auto& [name, part] : kParts) {
    const bool wanted = std::ranges::find(options.parts, name) != options.parts.end();
    synth.parts |= static_cast<unsigned>(wanted) << static_cast<unsigned>(part);
  }
  return synth;
}

std::string counts_table(const SynthCounts& counts) {
  TextRows rows = {{"what", "number"}};
  const auto row = [&](std::string_view what, std::uint64_t number) {
    if (number > 0) rows.push_back({std::string(what), std::to_string(number)});
  };
  row("scenes", counts.scenes);
  row("objects", counts.objects);
  row("relations", counts.relations);
  row("captions", counts.captions);
  row("conversations", counts.conversations);
  for (std::size_t kind = 0; kind < counts.questions.size(); ++kind) {
    row(fmt::format("questions: {}",
                    scenes::question_kind_name(static_cast<scenes::QuestionKind>(kind))),
        counts.questions[kind]);
  }
  for (const auto& [what, number] : replicator_count_rows(counts.graphs)) row(what, number);
  row("answered yes", counts.yes);
  row("answered no", counts.no);
  row("  of these hard", counts.hard);
  return text_table(rows, "lr");
}

int rewrite_graphs(const Options& options, const ReplicatorPlan& plan,
                   const GlobalOptions& global) {
  const ReplicatorCounts counts = write_graph_set(
      options.from, options.synth.output, plan, options.synth.force, options.synth.threads, global);
  if (options.format == OutputFormat::kJson) {
    print(replicator_counts_json(counts) + "\n");
    return 0;
  }
  TextRows rows = {{"what", "number"}};
  for (const auto& [what, number] : replicator_count_rows(counts)) {
    rows.push_back({what, std::to_string(number)});
  }
  print(text_table(rows, "lr"));
  return 0;
}

int synthesize(const Options& options, const GlobalOptions& global) {
  const ReplicatorPlan plan = replicator_plan(options.replicator, global);
  if (!options.from.empty()) return rewrite_graphs(options, plan, global);
  SynthOptions synth = resolve(options);
  synth.replicator = plan;
  const SynthCounts counts = write_scene_set(synth, global);
  print(options.format == OutputFormat::kJson ? counts_json(counts) + "\n" : counts_table(counts));
  return 0;
}

}  // namespace

void add_synth_command(const CommandContext& context) {
  auto options = std::make_shared<Options>();
  SynthOptions& synth = options->synth;
  CLI::App* command =
      context.app.add_subcommand("synth", "Draw scenes with exact truth, captions and questions");
  command->footer(kExamples);
  std::vector<std::string> names(kParts.size());
  std::ranges::transform(kParts, names.begin(), [](const auto& part) { return part.first; });
  command->add_option("-n,--scenes", synth.count, "How many scenes")
      ->check(CLI::Range(1, 9'999'999).description(""))
      ->capture_default_str();
  command->add_option("-o,--output", synth.output, "Folder to write to")->required();
  command->add_option("--seed", synth.seed, "Of all chance")->capture_default_str();
  command
      ->add_option("--world", options->world,
                   "full: 96 pixels, up to 6 objects, 6 shapes, things that carry others; "
                   "small: 64 pixels, up to 4 objects, 4 shapes")
      ->check(CLI::IsMember({"full", "small"}).description(""))
      ->capture_default_str();
  command->add_option("--write", options->parts, "Parts, separated by commas")
      ->delimiter(',')
      ->expected(1, 100)
      ->type_name("PARTS")
      ->check(CLI::IsMember(names).description(""))
      ->default_str("images,scenes,captions,questions");
  command
      ->add_option("--side", synth.sides, "Pixels of a side, or several sizes of the same scenes")
      ->delimiter(',')
      ->type_name("PIXELS")
      ->check(CLI::Range(16, 2048).description(""));
  command->add_option("--min-objects", options->least_objects, "At least so many objects")
      ->check(CLI::Range(1, 8).description(""));
  command->add_option("--max-objects", options->most_objects, "At most so many objects")
      ->check(CLI::Range(1, 8).description(""));
  command->add_option("--signs", options->signs, "Share of scenes with a sign")
      ->check(CLI::Range(0.0, 1.0).description(""));
  command
      ->add_option("--stacks", options->stacks,
                   "Share of scenes where something stands on a square")
      ->check(CLI::Range(0.0, 1.0).description(""));
  command->add_option("--questions", synth.questions, "Questions of each kind and scene")
      ->check(CLI::Range(1, 20).description(""))
      ->capture_default_str();
  command->add_option("--group-size", synth.group_size, "Images of a group")->capture_default_str();
  command->add_option("--frames", synth.frames, "Images of a stack with a needle")
      ->capture_default_str();
  command->add_flag("--force", synth.force, "Write into a folder that holds something already");
  CLI::Option* from = command
                          ->add_option("--from", options->from,
                                       "Draw nothing: write the scene graphs of a file or a folder "
                                       "anew, as --write replicator does")
                          ->type_name("GRAPHS");
  for (const char* drawing :
       {"--scenes", "--seed", "--world", "--write", "--side", "--min-objects", "--max-objects",
        "--signs", "--stacks", "--questions", "--group-size", "--frames"}) {
    from->excludes(command->get_option(drawing));
  }
  add_replicator_flags(*command, options->replicator);
  add_format_option(*command, options->format, {OutputFormat::kTable, OutputFormat::kJson});
  add_threads_option(*command, synth.threads);
  command->callback([options, &context_global = context.global, &action = context.action] {
    action = [options, &context_global] { return synthesize(*options, context_global); };
  });
}

}  // namespace vernier
