#include "runners/compare/statistics_options.h"

#include <CLI/CLI.hpp>

#include "runners/commands/commands.h"

namespace vernier {

void add_statistics_options(CLI::App& command, ComparisonOptions& options,
                            std::string& cluster_separator) {
  command
      .add_option("--cluster-separator", cluster_separator,
                  "The image of a sample is its image id up to this text")
      ->type_name("TEXT");
  command.add_option("--resamples", options.resamples, "Of bootstrap and test")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{100}, std::size_t{10'000'000}));
  command.add_option("--seed", options.seed, "Of the random numbers")->capture_default_str();
  command.add_option("--alpha", options.alpha, "1 - confidence of the interval")
      ->capture_default_str()
      ->check(CLI::Range(1e-6, 0.5));
  command.add_option("--power", options.power, "Of the detectable difference")
      ->capture_default_str()
      ->check(CLI::Range(0.5, 0.999999));
  add_choice_option<IntervalMethod>(
      command, "--interval", options.interval,
      {{"bca", IntervalMethod::kBca}, {"percentile", IntervalMethod::kPercentile}},
      "bca or percentile");
}

}  // namespace vernier
