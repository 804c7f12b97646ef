// `vernier precision --html`, and `vernier report` about the same result, through the real program.
#include <gtest/gtest.h>

#include "tests/runners/model/drawn_scenes.h"

namespace vernier::tests {
namespace {

bool has(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

TEST(PrecisionPage, IsWrittenByBothCommands) {
  const DrawnScenes scenes(4);
  const TemporaryFolder folder;
  const std::string model = VERNIER_SOURCE "/judges/model/default";
  const std::string page = folder.path("page.html"), out = folder.path("out");
  const Finished made =
      vernier({"precision", "--model-a", model, "--model-b", model, scenes.path("set"), "--levels",
               "logits,captions,answers", "-o", out, "--html", page, "--quiet"});
  ASSERT_EQ(made.code, 0) << made.err;
  const std::string text = read_file(page);
  EXPECT_TRUE(has(text, "<h1>default in F16 against F16</h1>"));
  EXPECT_TRUE(has(text, "Still good: default is within all that is allowed (3 rules)."));
  EXPECT_TRUE(has(text, "<strong>4 of 4 (100.0\u00a0%)</strong> captions are the same"));
  EXPECT_TRUE(has(text, "<strong>verdicts, units</strong>: not asked for"));
  EXPECT_FALSE(has(text, folder.path("").string())) << "a page does not say where files lie";

  const std::string result = out + "/precision.json", again = folder.path("again.html");
  ASSERT_EQ(vernier({"report", result, "--images", scenes.path("set/images"), "-o", again}).code,
            0);
  EXPECT_EQ(read_file(again), text) << "the same page";
  const Finished over = vernier({"report", result, "-o", result});
  EXPECT_EQ(over.code, 6);
  EXPECT_TRUE(has(over.err, "the report would overwrite an input")) << over.err;
}

TEST(PrecisionPage, ADamagedResultHasItsFileAndItsExitCode) {
  const TemporaryFolder folder;
  const std::string bad =
      folder.write("bad.json", R"({"schema":"vernier.precision.checkpoints/1","data":[]})");
  const std::string page = folder.write("page.html", "old");
  const Finished done = vernier({"report", bad, "-o", page});
  EXPECT_EQ(done.code, 3);
  EXPECT_TRUE(has(done.err, "bad.json:1: expected an object as data, found a list of 0"))
      << done.err;
  EXPECT_EQ(read_file(page), "old");
}

}  // namespace
}  // namespace vernier::tests
