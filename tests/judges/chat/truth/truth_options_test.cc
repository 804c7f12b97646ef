// --model truth:FOLDER?...
#include "judges/chat/truth/truth_options.h"

#include <gtest/gtest.h>

#include <string>

#include "base/error.h"

namespace vernier::chat {
namespace {

TEST(TruthOptions, ReadsSpecs) {
  EXPECT_TRUE(TruthOptions::is_spec("truth:x"));
  EXPECT_FALSE(TruthOptions::is_spec("models/truth"));
  const TruthOptions plain = TruthOptions::parse("truth:a/b c");
  EXPECT_EQ(plain.folder, "a/b c");
  EXPECT_EQ(plain.flaws, 0u);
  EXPECT_EQ(plain.noise, 0);
  EXPECT_EQ(plain.spread, 4);
  EXPECT_EQ(plain.seed, 1u);
  const TruthOptions all = TruthOptions::parse(
      "truth:set?flaws=recency,yes&noise=2.5&seed=3&spread=0&flaws=objects-only");
  EXPECT_EQ(all.folder, "set");
  for (std::size_t i = 0; i < kTruthFlaws; ++i) {
    const auto flaw = static_cast<TruthFlaw>(i);
    EXPECT_EQ(all.has(flaw), flaw == TruthFlaw::kRecency || flaw == TruthFlaw::kYes ||
                                 flaw == TruthFlaw::kObjectsOnly)
        << truth_flaw_name(flaw);
  }
  EXPECT_EQ(all.noise, 2.5);
  EXPECT_EQ(all.spread, 0);
  EXPECT_EQ(all.seed, 3u);
  EXPECT_EQ(TruthOptions::parse("truth:set?flaws=none").flaws, 0u);
  EXPECT_EQ(TruthOptions::parse("truth:set?").folder, "set");
}

TEST(TruthOptions, NamesWhatItDoesNotKnow) {
  const auto refused = [](const std::string& spec, const std::string& text) {
    try {
      TruthOptions::parse(spec);
      FAIL() << spec;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kUsage);
      EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
      EXPECT_NE(std::string(error.what()).find("objects-only"), std::string::npos)
          << "lists the flaws: " << error.what();
    }
  };
  refused("truth:", "folder");
  refused("truth:?noise=1", "folder");
  refused("truth:x?flaws=laziness", "unknown flaw \"laziness\"");
  refused("truth:x?nose=5", "unknown key \"nose\"");
  refused("truth:x?noise", "noise: expected a number");
  refused("truth:x?noise=-1", "noise: expected 0 to 1000");
  refused("truth:x?noise=nan", "noise: expected 0 to 1000");
  refused("truth:x?spread=4x", "spread: expected a number");
  refused("truth:x?seed=1.5", "seed: expected a number");
  refused("truth:x?seed=-1", "seed: expected a number");
}

}  // namespace
}  // namespace vernier::chat
