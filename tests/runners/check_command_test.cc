// vernier check through the real binary.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class CheckCommand : public testing::Test {
 protected:
  void SetUp() override { VERNIER_REQUIRE_WORDNET(); }
  Finished check(const std::string& text, const std::string& evidence,
                 const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"check", folder_.write("text", text), "--evidence",
                                        folder_.write("evidence", evidence), "--own-tools"};
    command.insert(command.end(), more.begin(), more.end());
    return vernier(command);
  }
  json result(const std::string& text, const std::string& evidence, int code,
              std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"-f", "json"});
    const Finished done = check(text, evidence, more);
    EXPECT_EQ(done.code, code) << done.err << done.out;
    return json::parse(done.out);
  }

  TemporaryFolder folder_;
};

TEST_F(CheckCommand, PassesWhatTheEvidenceSays) {
  const json out = result("A man is riding a horse. The animal is brown.",
                          "A man rides a brown horse on the beach.", 0);
  EXPECT_EQ(out["schema"], "vernier.check/1");
  EXPECT_TRUE(out["passed"]);
  EXPECT_EQ(out["counts"]["claiming"], 2);
  EXPECT_EQ(out["counts"]["unsupported"], 0);
  EXPECT_EQ(out["texts"][0]["sentences"][1]["text"], "The animal is brown.");
  EXPECT_EQ(out["texts"][0]["sentences"][1]["start"], 25);
}

TEST_F(CheckCommand, FailsWhatIsInvented) {
  const json out =
      result("A man rides a horse. A lighthouse stands there.", "A man rides a horse.", 1);
  EXPECT_FALSE(out["passed"]);
  EXPECT_EQ(out["counts"]["unsupported"], 1);
  EXPECT_EQ(out["texts"][0]["sentences"][1]["verdict"], "unsupported");
  EXPECT_EQ(out["texts"][0]["sentences"][1]["mentions"][0]["word"], "lighthouse");
  EXPECT_DOUBLE_EQ(out["unsupported_share"], 0.5);
  result("A man rides a horse. A lighthouse stands there.", "A man rides a horse.", 0,
         {"--max-unsupported", "0.5"});
}

TEST_F(CheckCommand, FailsWhatIsSaidTheOtherWayRound) {
  const json out = result("A dog is chasing a cat.", "A cat is chasing a dog.", 1);
  EXPECT_EQ(out["texts"][0]["sentences"][0]["against"][0]["verdict"], "swapped") << out.dump();
}

TEST_F(CheckCommand, TakesObjectsAndGraphs) {
  const std::string graph =
      R"({"objects": ["cup", {"name": "table", "attributes": ["red"]}], "relations": [["cup", "on", "table"]]})";
  result("A cup is on a red table.", graph, 0);
  result("A cup is on a blue table.", graph, 1);
  result("A cup is on a lamp.", graph, 1);
  result("A dog.", R"({"objects": ["dog", "wine glass"]})", 0);
  result("A fork.", R"({"objects": ["dog", "wine glass"]})", 1);
}

TEST_F(CheckCommand, SidesAreRelations) {
  const std::string graph =
      R"({"kind": "full", "objects": ["cup", "lamp"], "relations": [["cup", "left of", "lamp"], ["lamp", "right of", "cup"]]})";
  result("The cup is to the left of the lamp.", graph, 0);
  result("A lamp to the right of a cup.", graph, 0);
  const json out = result("The lamp is to the left of the cup.", graph, 1);
  EXPECT_EQ(out["texts"][0]["sentences"][0]["against"][0]["verdict"], "swapped") << out.dump();
  result("The cup is on the right of the lamp.", graph, 1);
}

TEST_F(CheckCommand, StrictFailsWhatIsMoreThanTheEvidence) {
  const json out = result("A woman sits there.", "A person sits on a bench.", 0);
  EXPECT_EQ(out["counts"]["uncertain"], 1);
  result("A woman sits there.", "A person sits on a bench.", 1, {"--strict"});
}

TEST_F(CheckCommand, JoinsRecordsById) {
  const std::string evidence =
      R"([{"id": "a", "references": ["A dog runs."]}, {"id": "b", "references": ["A cat sleeps."]}])";
  const json out = result(
      "{\"id\": \"b\", \"response\": \"A cat.\"}\n{\"id\": \"a\", \"response\": "
      "\"A cat.\"}\n",
      evidence, 1);
  EXPECT_TRUE(out["texts"][0]["passed"]);
  EXPECT_FALSE(out["texts"][1]["passed"]);
  const Finished missing = check("{\"id\": \"c\", \"response\": \"A cat.\"}\n", evidence);
  EXPECT_EQ(missing.code, 3);
  EXPECT_NE(missing.err.find("no evidence"), std::string::npos) << missing.err;
  EXPECT_EQ(check("A cat.", evidence).code, 3) << "a text without id, evidence of two";
}

TEST_F(CheckCommand, SaysWhatItCannotUse) {
  EXPECT_EQ(check("", "A dog.").code, 3);
  EXPECT_EQ(check("A dog.", "").code, 3);
  EXPECT_EQ(check("A dog.", "\xFF\xFE").code, 3);
  EXPECT_EQ(check("A dog.", "{\"id\": 1}").code, 3);
  EXPECT_EQ(check("A dog.", "A dog.", {"--max-unsupported", "2"}).code, 2);
  EXPECT_EQ(vernier({"check", "-", "--evidence", "-"}).code, 2);
  EXPECT_EQ(vernier({"check", folder_.path("none"), "--evidence", folder_.path("none")}).code, 2);
}

TEST_F(CheckCommand, ClaimsOfNothingPass) {
  const json out = result("Yes, indeed!", "A dog.", 0);
  EXPECT_TRUE(out["unsupported_share"].is_null());
  EXPECT_TRUE(out["undefined"].contains("unsupported_share"));
}

TEST_F(CheckCommand, ShowsUntrustedTextPrintably) {
  const Finished done = check("A \x1b[31mlighthouse\x1b[0m is there.", "A dog.");
  EXPECT_EQ(done.code, 1);
  EXPECT_EQ(done.out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace vernier::tests
