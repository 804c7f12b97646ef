#include "runners/precision/checkpoints/checkpoints_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/error.h"
#include "base/paths/scratch_folder.h"
#include "base/printable.h"
#include "results/report/report.h"
#include "runners/gate/gate_output.h"
#include "runners/model/model_options.h"
#include "runners/precision/checkpoints/checkpoints_study.h"
#include "runners/precision/checkpoints/gate/default_policy.h"
#include "runners/precision/checkpoints/output/checkpoints_output.h"
#include "runners/score/score_options.h"

namespace vernier {
namespace {

int write_policy(const CheckpointsOptions& options, const GlobalOptions& global) {
  const std::string path = options.policy.empty() ? "precision.toml" : options.policy;
  if (std::filesystem::exists(path)) {
    throw Error(ExitCode::kOutput,
                fmt::format("{}: exists already; --policy names another file", printable(path)));
  }
  write_file(path, precision_policy_text());
  remark(global, fmt::format("wrote {}", printable(path)));
  return 0;
}

/// A folder without a checkpoint of its own stands for those in it (vernier quantize makes grids
/// so), in the order of their names.
std::vector<std::string> expanded(const std::vector<std::string>& folders) {
  std::vector<std::string> out;
  for (const std::string& folder : folders) {
    std::vector<std::string> inner;
    std::error_code unknown;
    if (!std::filesystem::exists(folder + "/config.json", unknown)) {
      for (const auto& entry : std::filesystem::directory_iterator(folder, unknown)) {
        if (std::filesystem::exists(entry.path() / "config.json", unknown)) {
          inner.push_back(entry.path().string());
        }
      }
    }
    std::ranges::sort(inner);
    if (inner.empty()) inner.push_back(folder);
    out.insert(out.end(), inner.begin(), inner.end());
  }
  return out;
}

std::string text_of(const CheckpointsStudy& study, OutputFormat format) {
  if (format == OutputFormat::kJson) return checkpoints_json(study);
  return checkpoints_text(study, format == OutputFormat::kMarkdown);
}

/// The report's page about what was measured.
std::string page_about(const std::string& file, const std::string& images) {
  report::Options page;
  page.precisions = {file};
  page.images = images;
  page.version = VERNIER_VERSION;
  return report::html_report({}, page);
}

}  // namespace

void add_checkpoints_options(CLI::App& command, CheckpointsOptions& options) {
  constexpr const char* kModels = "Models";
  command
      .add_option("--model-a", options.model_a,
                  "Folder of the checkpoint that is compared with; default: the model that comes "
                  "with vernier")
      ->type_name("DIR")
      ->excludes("--runs")
      ->group(kModels);
  command
      .add_option("--model-b", options.model_b,
                  "The same model in another precision; given several times, or a folder of "
                  "several checkpoints: a grid")
      ->type_name("DIR")
      ->allow_extra_args(false)
      ->excludes("--runs")
      ->group(kModels);
  command
      .add_option("--chat-template", options.chat_template,
                  "Name of the chat template, where the folder's is not known")
      ->type_name("NAME")
      ->group(kModels);
  command.add_option("--live", options.live, "Answers worked on at a time")
      ->check(CLI::Range(1, 4096).description(""))
      ->capture_default_str()
      ->group(kModels);
  command
      .add_option("--kv-memory", options.memory_gib, "For keys and values, in GiB, of each model")
      ->check(CLI::Range(0.001, 4096.0).description(""))
      ->capture_default_str()
      ->group(kModels);
  add_device_option(command, options.device)->group(kModels);
  add_deterministic_option(command, options.device)->group(kModels);

  constexpr const char* kData = "What they are compared on";
  command
      .add_option("scenes", options.scenes,
                  "Folder that vernier synth wrote: pictures, references, questions and captions "
                  "with ratings")
      ->type_name("DIR")
      ->group(kData);
  command.add_option("--images", options.images, "Folder of pictures")
      ->type_name("DIR")
      ->group(kData);
  command
      .add_option("-r,--references", options.references,
                  "Captions that people wrote, in any format: for logits, units, and scores")
      ->type_name("FILE")
      ->group(kData);
  command
      .add_option("--questions", options.questions,
                  "Questions with short or yes/no answers (POPE's files, ...)")
      ->type_name("FILE")
      ->group(kData);
  command
      .add_option("--candidates", options.candidates,
                  "Captions to be judged, in any format; with a field \"rating\" also how far the "
                  "judges agree with people")
      ->type_name("FILE")
      ->group(kData);
  command
      .add_option("--limit", options.limit,
                  "Pictures, and questions of each kind, at most; evenly spread")
      ->check(CLI::Range(1, 100'000'000).description(""))
      ->capture_default_str()
      ->group(kData);
  command.add_option("--prompt", options.prompt, "What captions are answers to")
      ->type_name("TEXT")
      ->capture_default_str()
      ->group(kData);
  command.add_option("--suffix", options.suffix, "A line behind each question")
      ->type_name("TEXT")
      ->group(kData);
  command.add_option("--max-new", options.most_new, "Tokens of a caption at most")
      ->check(CLI::Range(1, 65536).description(""))
      ->capture_default_str()
      ->group(kData);
  command
      .add_option("--levels", options.levels,
                  "Only these, with commas between: logits, captions, answers, verdicts, units, "
                  "speed; default: all that there is data for")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"logits", "captions", "answers", "verdicts", "units", "speed"})
                  .description(""))
      ->type_name("NAMES")
      ->group(kData);
  command
      .add_option("--unit-texts", options.unit_texts,
                  "Texts that the sensitivity of units is measured on")
      ->check(CLI::Range(1, 1'000'000).description(""))
      ->capture_default_str()
      ->group(kData);

  constexpr const char* kGate = "Gate and output";
  command
      .add_option("--policy", options.policy,
                  "What is allowed; default: what --init writes, as far as it was measured")
      ->type_name("FILE")
      ->group(kGate);
  command.add_flag("--init", options.init, "Write a commented policy to the --policy file")
      ->group(kGate);
  command
      .add_option("-o,--output", options.output,
                  "Folder that keeps captions, answers, verdicts and run files; work that was "
                  "interrupted goes on there")
      ->type_name("DIR")
      ->group(kGate);
  command.add_option("--html", options.html, "Write a report (docs/report.md)")
      ->type_name("FILE")
      ->group(kGate);
  command.add_option("--markdown", options.markdown, "Write a Markdown summary")
      ->type_name("FILE")
      ->group(kGate);
  command.add_option("--junit", options.junit, "Write the gate's verdicts as JUnit XML")
      ->type_name("FILE")
      ->group(kGate);
}

int compare_checkpoints(CheckpointsOptions& options, const GlobalOptions& global) {
  if (options.init) return write_policy(options, global);
  if (options.model_b.empty()) {
    throw Error(ExitCode::kUsage,
                "precision needs --model-b DIR (and --model-a DIR), or --runs A B");
  }
  options.model_b = expanded(options.model_b);
  if (!options.junit.empty() && options.model_b.size() > 1) {
    throw Error(ExitCode::kUsage, "--junit: is about one --model-b");
  }
  std::optional<ScratchFolder> scratch;
  if (options.output.empty()) options.output = scratch.emplace().file("precision");
  options.threads = options.settings.threads;
  options.metrics = options.settings.pairing.scores;
  options.settings.pairing.scores.clear();
  const CheckpointsStudy study = study_checkpoints(options, global);
  const std::string json = checkpoints_json(study), file = options.output + "/precision.json";
  write_file(file, json);
  if (!options.html.empty()) write_file(options.html, page_about(file, study.images));
  if (!options.markdown.empty()) write_file(options.markdown, checkpoints_text(study, true));
  if (!options.junit.empty()) write_file(options.junit, gate_junit(study.pairs.front().gate));
  print(options.format == OutputFormat::kJson ? json : text_of(study, options.format));
  return static_cast<int>(study.exit_code());
}

}  // namespace vernier
