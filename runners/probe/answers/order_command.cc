#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "runners/probe/answers/output/order_output.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Does the order sway the answer? Told apart by content:
  rotations   MMBench: index, question, A, B, ..., answer, prediction; rotation r of question q has
              index q + 1,000,000 r. A question counts when every rotation is right (CircularEval).
  pairs       JudgeBench: pair_id, source, label, decision_original_order, decision_swapped_order (or
              its own `judgments`): A>B, B>A, A=B, or empty.

Examples:
  vernier probe order mmbench_answers.jsonl
  vernier probe order judge_decisions.tsv -f json
)";

struct OrderOptions {
  std::string file;
  OutputFormat format = OutputFormat::kTable;
};

int order(const OrderOptions& options) {
  const ObjectFile file = ObjectFile::read(options.file);
  if (probes::are_pair_decisions(file)) {
    const probes::PairFile pairs = probes::read_pair_decisions(file);
    const auto subsets = probes::order_bias(pairs);
    const probes::OrderBias& all = subsets.front();
    print(pairs_text(pairs, subsets,
                     fmt::format("order|kind:pairs|missing:apart|n:{}|missing_pairs:{}|v:1",
                                 all.pairs, all.missing),
                     options.format));
    return 0;
  }
  if (probes::are_rotations(file)) {
    const probes::RotationFile rotations = probes::read_rotations(file);
    print(rotations_text(
        rotations, probes::circular_scores(rotations),
        fmt::format(
            "order|kind:rotations|parser:option-letter|unparsed:wrong|questions:{}|n:{}|v:1",
            rotations.questions.size(), rotations.rows),
        options.format));
    return 0;
  }
  throw Error(ExitCode::kBadInput,
              fmt::format("{}: expected rotated questions (index, A, B, answer, prediction) or "
                          "decisions about pairs (label, decision_original_order, "
                          "decision_swapped_order); see vernier probe order --help",
                          file.name()));
}

}  // namespace

void add_order_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<OrderOptions>();
  CLI::App* command =
      probe.add_subcommand("order", "Order bias: rotated options, judges that saw both orders");
  command->footer(kExamples);
  command->add_option("file", options->file, "Answers to rotated questions, or decisions")
      ->required();
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] { context.action = [options] { return order(*options); }; });
}

}  // namespace vernier
