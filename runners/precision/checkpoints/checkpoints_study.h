// Two checkpoints of one model at every level: what each expects, says, answers and judges.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "judges/precision/units/unit_sensitivity.h"
#include "results/gate/gate.h"
#include "results/precision/changes.h"
#include "runners/compare/compared_run.h"
#include "runners/precision/checkpoints/levels/answer_level.h"
#include "runners/precision/checkpoints/levels/caption_level.h"
#include "runners/precision/checkpoints/levels/text_level.h"
#include "runners/precision/checkpoints/levels/verdict_level.h"
#include "runners/precision/checkpoints/speed.h"

namespace vernier {

/// The runs of a level, paired.
struct LevelRuns {
  LevelRuns(const std::string& of_a, const std::string& of_b, const CompareSettings& settings);
  LevelRuns(const LevelRuns&) = delete;
  LevelRuns& operator=(const LevelRuns&) = delete;

  std::string path_a, path_b;
  Run a, b;
  PairedRuns runs;
  ComparedRun compared;
  Changes changes;
};

/// A checkpoint as it is stored and run.
struct CheckpointFacts {
  std::string label, source, signature, precision;
  std::uint64_t bytes = 0;        ///< of all tensors
  std::uint64_t layer_bytes = 0;  ///< of the matrices of the language model's layers
  std::uint64_t layer_weights = 0;
  std::optional<SpeedFigures> speed;
};

struct CheckpointPair {
  CheckpointFacts b;
  std::optional<TextLevel> texts;
  std::optional<CaptionLevel> captions;
  std::optional<VerdictLevel> verdicts;
  std::optional<Agreement> people;  ///< of the verdicts; score 0 is a, 1 is b
  std::optional<logits::Sensitivity> units;
  std::size_t unit_texts = 0;
  std::unique_ptr<LevelRuns> text_runs, caption_runs, answer_runs, verdict_runs;
  /// Levels that were wanted and not measured, with the reason.
  std::vector<std::pair<std::string, std::string>> skipped;
  GateReport gate;

  /// Those that there are, by the names of their levels.
  std::vector<std::pair<std::string, const LevelRuns*>> runs() const;
};

struct CheckpointsStudy {
  CheckpointFacts a;
  std::string images;  ///< the folder of the pictures
  std::size_t pictures = 0, texts = 0, questions = 0, candidates = 0;
  std::vector<CheckpointPair> pairs;

  /// Of one pair its gate's; of several 0 where one passes, else the first one's.
  ExitCode exit_code() const;
};

/// Compares model a with each of the models b. Everything lies below `options.output` afterwards.
/// Throws what loading, reading and asking throw.
CheckpointsStudy study_checkpoints(const CheckpointsOptions& options, const GlobalOptions& global);

}  // namespace vernier
