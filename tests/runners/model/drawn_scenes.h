// Drawn pictures with their captions, for the commands that ask a model.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/command.h"

namespace vernier::tests {

/// A set of `n` scenes of the world that the default model knows.
class DrawnScenes {
 public:
  explicit DrawnScenes(int n) {
    const Finished done = vernier({"synth", "-n", std::to_string(n), "--seed", "900001", "--world",
                                   "small", "-o", folder_.path("set").string()});
    EXPECT_EQ(done.code, 0) << done.err;
  }
  std::string images() const { return folder_.path("set/images").string(); }
  std::string captions() const { return folder_.path("set/captions.jsonl").string(); }
  std::string path(const std::string& name) const { return folder_.path(name).string(); }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

inline std::vector<nlohmann::json> json_lines(const std::string& text) {
  std::vector<nlohmann::json> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out.push_back(nlohmann::json::parse(line));
  return out;
}

}  // namespace vernier::tests
