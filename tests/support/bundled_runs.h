// Runs of the bundled captions, measured by the real binary.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/command.h"
#include "tests/support/shared.h"

namespace vernier::tests {

const std::string kBundledSample = VERNIER_SOURCE "/datasets/samples/coco_human/samples.jsonl.gz";

class BundledRuns : public testing::Test {
 protected:
  /// Measures the captions as they are, or with every `step`-th given to the next image; returns
  /// the run's path.
  std::string run(const std::string& name, std::size_t step) {
    std::vector<std::string> lines = read_lines(kBundledSample);
    std::string moved;
    for (std::size_t n = 0; n < lines.size(); ++n) {
      nlohmann::json record = nlohmann::json::parse(lines[n]);
      if (step > 0 && n % step == 0) {
        record["candidate"] = nlohmann::json::parse(lines[(n + 1) % lines.size()])["candidate"];
      }
      record["third"] = n % 3;
      moved += record.dump() + "\n";
    }
    const std::string output = folder_.path(name + ".jsonl").string();
    const Finished done = vernier({"score", folder_.write(name + ".in.jsonl", moved), "-m",
                                   "bleu,cider,ter", "-o", output, "-f", "json"});
    EXPECT_EQ(done.code, 0) << done.err;
    return output;
  }

  TemporaryFolder folder_;
};

}  // namespace vernier::tests
