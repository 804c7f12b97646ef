// METEOR's compiled data, which `make data` builds and a fresh clone does not have.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "metrics/meteor/meteor.h"

namespace vernier::tests {

inline std::string meteor_data() {
  const std::string path = default_meteor_data_path();
  return std::filesystem::exists(path) ? path : VERNIER_BUILD "/share/vernier/meteor-en.bin";
}

}  // namespace vernier::tests

#define VERNIER_REQUIRE_METEOR_DATA()                              \
  if (!std::filesystem::exists(vernier::tests::meteor_data()))     \
  GTEST_SKIP() << "needs METEOR's data (make data): $VERNIER_DATA" \
                  "/meteor-en.bin or " VERNIER_BUILD "/share/vernier/meteor-en.bin"
