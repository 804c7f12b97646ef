// vernier probe groups and words, and runs of groups and relations, through the real binary.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

const char* const kReferences =
    "{\"image_id\":1,\"references\":[\"A woman runs.\",\"A woman walks.\"]}\n"
    "{\"image_id\":2,\"references\":[\"A man runs.\",\"His dog and a man.\"]}\n"
    "{\"image_id\":3,\"references\":[\"A dog.\",\"A man.\"]}\n";
const char* const kCaptions =
    "{\"image_id\":1,\"caption\":\"A man runs.\",\"meta\":{\"scene\":\"street\"}}\n"
    "{\"image_id\":2,\"caption\":\"A man runs.\"}\n"
    "{\"image_id\":3,\"caption\":\"A person.\"}\n";

class GroupsProbe : public testing::Test {
 protected:
  Finished groups(const std::string& captions, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"probe", "groups", folder_.write("captions", captions),
                                        "-r", folder_.write("references", kReferences)};
    command.insert(command.end(), more.begin(), more.end());
    return vernier(command);
  }
  TemporaryFolder folder_;
};

TEST_F(GroupsProbe, CountsRightWrongAndNeutral) {
  const Finished done = groups(kCaptions, {"-f", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json out = json::parse(done.out);
  EXPECT_EQ(out["schema"], "vernier.probe.groups/1");
  EXPECT_EQ(out["counts"]["undecided"], 1);
  EXPECT_EQ(out["groups"]["woman"]["wrong"], 1);
  EXPECT_EQ(out["groups"]["man"]["right"], 1);
  EXPECT_DOUBLE_EQ(out["scores"]["error"], 0.5);
  EXPECT_DOUBLE_EQ(out["scores"]["caption_ratio"], 0);
  EXPECT_DOUBLE_EQ(out["scores"]["reference_ratio"], 2.0 / 3.0);
}

TEST_F(GroupsProbe, WritesARunThatIsCompared) {
  const std::string run = folder_.path("a.run.jsonl"), better = folder_.path("b.run.jsonl");
  ASSERT_EQ(groups(kCaptions, {"-o", run}).code, 0);
  std::string fixed = kCaptions;
  fixed.replace(fixed.find("A man"), 5, "A woman");
  ASSERT_EQ(groups(fixed, {"-o", better}).code, 0);
  const Finished compared = vernier({"compare", run, better, "-f", "json"});
  EXPECT_EQ(compared.code, 0) << compared.err;
  EXPECT_NE(compared.out.find("group-error"), std::string::npos);
  const std::string text = read_file(run);
  EXPECT_NE(text.find("\"verdict\":\"hallucinated\""), std::string::npos);
}

TEST_F(GroupsProbe, SaysWhatItCannotUse) {
  EXPECT_EQ(groups("{\"image_id\":7,\"caption\":\"A man.\"}\n").code, 3);
  EXPECT_EQ(groups("{\"image_id\":7,\"caption\":\"A man.\"}\n" + std::string(kCaptions),
                   {"--ignore-extra"})
                .code,
            0);
  EXPECT_EQ(groups("").code, 3);
  EXPECT_EQ(groups(kCaptions, {"--words", folder_.write("words", "a b")}).code, 3);
  const json none =
      json::parse(groups("{\"image_id\":3,\"caption\":\"A dog.\"}\n", {"-f", "json"}).out);
  EXPECT_TRUE(none["scores"]["error"].is_null());
  EXPECT_TRUE(none["undefined"].contains("error"));
}

TEST(WordsProbe, RefusesOtherFiles) {
  VERNIER_REQUIRE_WORDNET();
  const TemporaryFolder folder;
  const auto words = [&](const std::string& text, const std::vector<std::string>& more = {}) {
    std::vector<std::string> command = {"probe", "words", folder.write("in.json", text),
                                        "--own-tools"};
    command.insert(command.end(), more.begin(), more.end());
    return vernier(command);
  };
  EXPECT_EQ(words("").code, 3);
  EXPECT_EQ(words(R"([{"caption": "a"}])").code, 3);
  EXPECT_EQ(words(R"([{"caption": "a dog", "image_path": "1", "references": ["a dog"], )"
                  R"("grounding": [["cat", true]]}])")
                .code,
            3)
      << "the word is not in the caption";
  EXPECT_EQ(words(R"([{"caption": "a dog", "image_path": "1", "references": ["a dog"], )"
                  R"("grounding": [["dog", 2]]}])")
                .code,
            3);
  EXPECT_EQ(words(R"([{"caption": "a dog", "image_path": "1", "references": [], )"
                  R"("grounding": [["dog", true]]}])")
                .code,
            3);
  const Finished facts = words(R"([{"id": "1", "answer": "x", "stage 2": {"A dog.": 1}}])");
  EXPECT_EQ(facts.code, 2) << facts.err;
  EXPECT_NE(facts.err.find("--objects"), std::string::npos);
}

TEST(WordsProbe, MeasuresBothChecks) {
  VERNIER_REQUIRE_WORDNET();
  const TemporaryFolder folder;
  const std::string evidence = folder.path("evidence.jsonl");
  const Finished done =
      vernier({"probe", "words",
               folder.write("foil.json",
                            R"([{"image_path": "1", "references": ["A dog lies on a couch."], )"
                            R"("baseline": "A dog on a couch.", "foil": "A dog on a rocket.", )"
                            R"("replacement": ["couch", "rocket"], "domain": "near"}])"),
               "--own-tools", "--resamples", "100", "--evidence", evidence, "-f", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json out = json::parse(done.out);
  EXPECT_EQ(out["schema"], "vernier.probe.words/1");
  EXPECT_EQ(out["format"], "foil");
  EXPECT_DOUBLE_EQ(out["scores"]["average_precision"], 1);
  EXPECT_DOUBLE_EQ(out["scores"]["localisation"], 1);
  EXPECT_DOUBLE_EQ(out["chair"]["localisation"], 0) << "no class of COCO's";
  EXPECT_NE(read_file(evidence).find("\"word\":\"rocket\""), std::string::npos);
}

TEST(RelationsRun, IsCompared) {
  VERNIER_REQUIRE_WORDNET();
  const TemporaryFolder folder;
  const std::string references = folder.write(
      "references.jsonl", "{\"image_id\":1,\"references\":[\"A man is riding a horse.\"]}\n");
  const auto run = [&](const std::string& caption, const std::string& out) {
    const Finished done = vernier(
        {"probe", "relations",
         folder.write("captions.jsonl", "{\"image_id\":1,\"caption\":\"" + caption + "\"}\n"), "-r",
         references, "--own-tools", "-o", out});
    EXPECT_EQ(done.code, 0) << done.err;
  };
  const std::string a = folder.path("a.jsonl"), b = folder.path("b.jsonl");
  run("A man is riding a horse.", a);
  run("A man is riding a lamp.", b);
  const Finished compared = vernier({"compare", a, b, "-f", "json"});
  EXPECT_EQ(compared.code, 0) << compared.err;
  EXPECT_NE(compared.out.find("relation-hallucination"), std::string::npos);
  EXPECT_EQ(vernier({"probe", "relations", a, "--own-tools"}).code, 2)
      << "neither graphs nor references";
}

}  // namespace
}  // namespace vernier::tests
