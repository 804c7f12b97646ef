// The program as it is shipped, on the emulated device: the plugin, and everything behind it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/runners/model/drawn_scenes.h"

namespace vernier::tests {
namespace {

using Arguments = std::vector<std::string>;

/// On the emulated device, of which nothing may be said.
Finished on_device(Arguments arguments) {
  arguments.insert(arguments.end(), {"--device", "cuda"});
  ::setenv("VERNIER_BINARY", VERNIER_EMULATED "/bin/vernier", 1);
  Finished done = vernier(arguments);
  ::unsetenv("VERNIER_BINARY");
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(done.err.find("emulated device:"), std::string::npos) << done.err;
  return done;
}

TEST(CudaProgram, CaptionsAreThoseOfTheProcessor) {
  const DrawnScenes scenes(3);
  const Arguments caption = {"caption", "--images", scenes.images(), "--max-new", "24"};
  const Finished here = vernier(caption), there = on_device(caption);
  ASSERT_EQ(here.code, 0) << here.err;
  EXPECT_EQ(there.out, here.out);
  EXPECT_NE(there.err.find("|compute:cuda-f16|"), std::string::npos) << there.err;
}

TEST(CudaProgram, ADeviceThatIsNotThereIsOneClearLine) {
  const DrawnScenes scenes(1);
  ::setenv("VERNIER_BINARY", VERNIER_EMULATED "/bin/vernier", 1);
  const Finished done = vernier({"caption", "--images", scenes.images(), "--device", "cuda:7"});
  ::unsetenv("VERNIER_BINARY");
  EXPECT_EQ(done.code, 4) << done.err;
  EXPECT_NE(done.err.find("CUDA: no device 7: there are 1, counted from 0"), std::string::npos)
      << done.err;
}

}  // namespace
}  // namespace vernier::tests
