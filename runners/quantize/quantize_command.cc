#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "base/printable.h"
#include "judges/chat/local/default_model.h"
#include "judges/engine/quantisation/quantise.h"
#include "runners/pipeline/progress.h"
#include "runners/quantize/calibration_source.h"
#include "runners/quantize/quantize_output.h"
#include "runners/synth/set_folder.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Writes a checkpoint whose language model has weights of 4 or 8 bits. Vision tower, projector,
embeddings, norms and head stay as they are. transformers, vLLM and vernier itself load it.

  awq   activation-aware (Lin et al. 2023): channels that carry much are stretched before they are
        rounded, outliers are cut off; measured on what the model reads (--calibration)
  rtn   every weight to the nearest: the baseline

Examples:
  vernier quantize -o int4                                     the model that comes with vernier
  vernier quantize --model llava-1.5-7b-hf --calibration captions.jsonl --images val2014 -o llava-awq
  vernier quantize --model DIR --calibration scenes -o DIR-awq        what vernier synth wrote
  vernier quantize --model DIR --method rtn --bits 8 -o DIR-int8
  vernier quantize --method awq,rtn --bits 4,8 --group 32,64,128 -o grid    twelve, in folders of it
  vernier precision --model-a DIR --model-b DIR-awq scenes     is it still good? (--model-b grid: all)
)";

enum class Method { kAwq, kRtn };

struct QuantizeOptions {
  std::string model, output;
  std::vector<std::string> methods = {"awq"};
  std::vector<unsigned> bits = {4};
  std::vector<std::size_t> groups = {128};
  unsigned levels = 0;
  std::string layout;
  bool no_clip = false, force = false;
  CalibrationOptions calibration;
  int threads = 0;
  OutputFormat format = OutputFormat::kTable;
};

/// One of the checkpoints to be made.
struct Target {
  Method method;
  engine::QuantisationFormat format;
  std::string folder;
};

engine::QuantisationLayout layout_of(const QuantizeOptions& options, unsigned bits) {
  const std::string name = options.layout.empty() ? (bits == 4 ? "awq" : "gptq") : options.layout;
  if (name == "gptq") return engine::QuantisationLayout::kGptq;
  if (name == "gptq-v2") return engine::QuantisationLayout::kGptqV2;
  if (bits != 4) {
    throw Error(ExitCode::kUsage,
                fmt::format("--layout awq: holds 4 bits, not {}; --layout gptq holds both", bits));
  }
  return engine::QuantisationLayout::kAwqGemm;
}

/// All combinations; several lie below the folder that is asked for.
std::vector<Target> targets_of(const QuantizeOptions& options) {
  std::vector<Target> out;
  for (const std::string& method : options.methods) {
    for (const unsigned bits : options.bits) {
      for (const std::size_t group : options.groups) {
        out.push_back({method == "awq" ? Method::kAwq : Method::kRtn,
                       {layout_of(options, bits), bits, group},
                       fmt::format("{}/{}-int{}-g{}", options.output, method, bits, group)});
      }
    }
  }
  if (out.size() == 1) out.front().folder = options.output;
  return out;
}

void check_group(const engine::TextConfig& text, std::size_t group) {
  const std::size_t queries = std::size_t{text.heads} * text.head_size;
  for (const std::size_t width : {std::size_t{text.width}, queries, std::size_t{text.mlp}}) {
    if (width % group == 0) continue;
    std::size_t fits = group;
    while (fits > 32 && (text.width % fits != 0 || queries % fits != 0 || text.mlp % fits != 0)) {
      fits /= 2;
    }
    throw Error(ExitCode::kUsage,
                fmt::format("--group {}: does not divide a width of this model, {}; try {}", group,
                            width, fits));
  }
}

/// Makes one checkpoint after the other out of one model.
class Quantizer {
 public:
  Quantizer(const QuantizeOptions& options, const GlobalOptions& global)
      : options_(options), global_(global) {
    local_.folder = options.model.empty() ? chat::default_model_folder() : options.model;
    local_.threads = thread_count(options.threads);
    model_ = std::make_unique<chat::LocalModel>(local_);
  }

  QuantizeReport make(const Target& target) {
    engine::CheckpointModel& checkpoint = model_->checkpoint();
    check_group(checkpoint.config().text, target.format.group);
    engine::QuantisedFolder folder(checkpoint.tensors(), checkpoint.config(), local_.folder,
                                   target.format);
    const bool less_one = target.format.layout == engine::QuantisationLayout::kGptq;
    engine::AwqSettings settings;
    settings.rounding = {target.format.bits, target.format.group, options_.levels,
                         less_one ? 1U : 0U};
    settings.clip = !options_.no_clip;
    settings.threads = local_.threads;

    QuantizeReport report;
    report.source = model_->signature();
    std::optional<engine::Calibration> calibration;
    if (target.method == Method::kAwq) calibration.emplace(calibrate(report));
    Progress progress(target.folder + ": layers", global_.quiet);
    const auto done = [&](std::size_t layer) {
      progress.update(layer + 1, checkpoint.config().text.layers);
      check_interrupt();
    };
    if (calibration) {
      report.layers = engine::quantise_awq(checkpoint, *calibration, settings, folder, done);
    } else {
      engine::quantise_to_nearest(checkpoint, settings.rounding, settings.threads, folder, done);
    }
    folder.write(target.folder, fmt::format("vernier {}", VERNIER_VERSION));
    finish_report(target.folder, checkpoint, report);
    return report;
  }

 private:
  /// What the first layer reads, anew for each checkpoint: it becomes what leaves the last one.
  engine::Calibration calibrate(QuantizeReport& report) {
    if (!prompts_) prompts_ = calibration_set(*model_, options_.calibration, global_);
    engine::Calibration out =
        engine::embed_prompts(model_->checkpoint(), prompts_->prompts, options_.calibration.tokens);
    report.calibration = fmt::format("{} tokens of {} prompts: {}", out.count(), out.lengths.size(),
                                     prompts_->description);
    return out;
  }

  const QuantizeOptions& options_;
  const GlobalOptions& global_;
  chat::LocalOptions local_;
  std::unique_ptr<chat::LocalModel> model_;
  std::optional<CalibrationSet> prompts_;
};

int quantize(const QuantizeOptions& options, const GlobalOptions& global) {
  const std::vector<Target> targets = targets_of(options);
  open_set_folder(options.output, options.force);
  Quantizer quantizer(options, global);
  std::vector<QuantizeReport> reports;
  reports.reserve(targets.size());
  for (const Target& target : targets) reports.push_back(quantizer.make(target));
  print(quantize_text(reports, options.format));
  return 0;
}

}  // namespace

void add_quantize_command(const CommandContext& context) {
  auto options = std::make_shared<QuantizeOptions>();
  CLI::App* command =
      context.app.add_subcommand("quantize", "Make a checkpoint with weights of 4 or 8 bits");
  command->footer(kExamples);
  command
      ->add_option("--model", options->model,
                   "Folder of the checkpoint; default: the model that comes with vernier")
      ->type_name("DIR");
  command->add_option("-o,--output", options->output, "Folder to write to")
      ->type_name("DIR")
      ->required();
  command->add_flag("--force", options->force, "Write into a folder that holds something already");
  command->add_option("--method", options->methods, "How weights are rounded: awq, rtn")
      ->check(CLI::IsMember({"awq", "rtn"}).description(""))
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAMES")
      ->capture_default_str();
  command->add_option("--bits", options->bits, "Of a weight: 4, 8")
      ->check(CLI::IsMember({4, 8}).description(""))
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NUMBERS")
      ->capture_default_str();
  command
      ->add_option("--group", options->groups, "Weights in a row that share a scale: 32, 64, 128")
      ->check(CLI::IsMember({32, 64, 128}).description(""))
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NUMBERS")
      ->capture_default_str();
  command
      ->add_option(
          "--layout", options->layout,
          "awq (as AutoAWQ writes it), gptq, or gptq-v2, whose zero points are stored as they "
          "are; default: awq for 4 bits, gptq for 8")
      ->check(CLI::IsMember({"awq", "gptq", "gptq-v2"}).description(""))
      ->type_name("NAME");
  command->add_flag("--no-clip", options->no_clip, "awq: leave outliers");
  // For trying gates: a checkpoint of 4 bits that uses but a few of the 16 codes.
  command->add_option("--levels", options->levels)
      ->check(CLI::Range(2, 256).description(""))
      ->group("");
  constexpr const char* kCalibration = "Calibration";
  command
      ->add_option("--calibration", options->calibration.source,
                   "awq: captions in any format, or a folder that vernier synth wrote; default: "
                   "scenes drawn for it, for models of drawn scenes")
      ->type_name("FILE|DIR")
      ->group(kCalibration);
  command
      ->add_option("--images", options->calibration.images,
                   "Pictures of the captions; without them the texts alone are read")
      ->type_name("DIR")
      ->group(kCalibration);
  command
      ->add_option("--calibration-tokens", options->calibration.tokens,
                   "Tokens that are read; time grows with them")
      ->check(CLI::Range(64, 10'000'000).description(""))
      ->capture_default_str()
      ->group(kCalibration);
  add_format_option(*command, options->format, {OutputFormat::kTable, OutputFormat::kJson});
  add_threads_option(*command, options->threads);
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return quantize(*options, global); };
  });
}

}  // namespace vernier
