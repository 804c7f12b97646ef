// vernier probe amber through the real binary, on made-up annotations.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "metrics/text/lemmas/word_net.h"
#include "tests/support/command.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class AmberProbe : public testing::Test {
 protected:
  void SetUp() override {
    VERNIER_REQUIRE_WORDNET();
    folder_.write("annotations.json", R"([
      {"id": 1, "type": "generative", "truth": ["dog", "dog", "person", "tree"], "hallu": ["cat", "cloud"]},
      {"id": 2, "type": "discriminative-attribute-state", "truth": "yes"},
      {"id": 3, "type": "discriminative-hallucination", "truth": "no"},
      {"id": 4, "type": "relation", "truth": "no"},
      {"id": 5, "type": "discriminative-attribute-number", "truth": "no"}])");
    folder_.write("relation.json", R"({"dog": ["puppy"], "person": ["man", "woman"], "tree": [],
      "cat": ["kitten"], "cloud": [], "car": ["vehicle"], "light": []})");
    folder_.write("safe_words.txt", "light\n");
  }
  Finished amber(const std::string& responses, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {
        "probe",         "amber",          folder_.write("in", responses),
        "--annotations", folder_.path(""), "--own-tools"};
    command.insert(command.end(), more.begin(), more.end());
    return vernier(command);
  }
  json measure(const std::string& responses) const {
    const Finished done = amber(responses, {"-f", "json", "--evidence", folder_.path("ev")});
    EXPECT_EQ(done.code, 0) << done.err;
    return done.code == 0 ? json::parse(done.out) : json();
  }
  void refuses(const std::string& responses, const std::string& message) const {
    const Finished done = amber(responses);
    EXPECT_EQ(done.code, 3) << done.err;
    EXPECT_NE(done.err.find(message), std::string::npos) << done.err;
  }
  TemporaryFolder folder_;
};

TEST_F(AmberProbe, CountsByHand) {
  const json found = measure(R"([
    {"id": 1, "response": "A man walks two puppies. The cat sees a vehicle and the light."},
    {"id": 2, "response": "Yes"}, {"id": 3, "response": "No"}, {"id": 4, "response": "no"}])");
  const json texts = found["generative"];
  EXPECT_EQ(texts["n"], 1);
  EXPECT_EQ(texts["chair_mentions"], 5);
  EXPECT_EQ(texts["chair_bad"], 2) << "the cat and the vehicle; light is safe";
  EXPECT_EQ(texts["cover_hit"], 2) << "the second dog of the annotation can never be covered";
  EXPECT_EQ(texts["cover_total"], 4);
  EXPECT_EQ(texts["cog_hit"], 1);
  EXPECT_EQ(texts["cog_total"], 2);
  EXPECT_EQ(texts["non_hal"], 0);
  const json all = found["discriminative"]["all"];
  EXPECT_EQ(all["n"], 3);
  EXPECT_EQ(all["correct"], 2);
  EXPECT_EQ(all["truth_no"], 2);
  EXPECT_EQ(all["answered_no"], 1);
  EXPECT_EQ(all["true_no"], 1);
  EXPECT_EQ(all["neither"], 1) << "the official script takes Yes and No word for word";
  const json strict = found["strict"]["discriminative"]["all"];
  EXPECT_EQ(strict["correct"], 3) << "\"no\" is a no";
  EXPECT_EQ(strict["neither"], 0);
  EXPECT_EQ(found["scores"]["chair"], 40.0);
  EXPECT_EQ(found["scores"]["cover"], 50.0);
  EXPECT_TRUE(found["scores"]["f1/number"].is_null()) << "no question of that kind was answered";
  EXPECT_EQ(found["coverage"]["discriminative_asked"], 4);
  const json evidence = json::parse(read_file(folder_.path("ev")));
  std::string verdicts;
  for (const json& m : evidence["mentions"]) {
    verdicts += m["word"].get<std::string>() + ":" + m["verdict"].get<std::string>() + ":" +
                m.value("object", "") + " ";
  }
  EXPECT_EQ(verdicts,
            "man:supported:person puppy:supported:dog cat:target:cat vehicle:hallucinated: "
            "light:safe: ");
}

TEST_F(AmberProbe, AModelThatRepeatsItselfIsNamed) {
  std::string loop;
  for (int i = 0; i < 40; ++i) loop += "the dog is a dog ";
  const std::string responses = json::array({{{"id", 1}, {"response", loop}}}).dump();
  EXPECT_TRUE(measure(responses)["degeneracy"]["suspicious"].get<bool>());
  EXPECT_NE(amber(responses).out.find("look damaged"), std::string::npos);
}

TEST_F(AmberProbe, NoMentionIsUndefined) {
  const json found = measure(R"([{"id": 1, "response": "nothing"}])");
  EXPECT_TRUE(found["scores"]["chair"].is_null());
  EXPECT_TRUE(found["scores"]["f1"].is_null());
  EXPECT_TRUE(found["scores"]["amber"].is_null());
}

TEST_F(AmberProbe, BadInputIsRefused) {
  refuses(R"([{"id": 99, "response": "x"}])", "id 99: expected an id of AMBER's annotations");
  refuses("[{\"id\": 2, \"response\": \"Yes\"},\n{\"id\": 2, \"response\": \"No\"}]",
          ":2: id 2: has another response in line 1");
  refuses(R"([{"id": 2}])", "in \"response\" or \"text\" or \"answer\", found none");
  refuses("[]", "holds no records");
  EXPECT_EQ(measure(R"([{"id": 2, "response": "Yes"}, {"id": 2, "response": "Yes"}])")["coverage"]
                                                                                      ["repeated"],
            1);
  folder_.write("annotations.json", R"([{"id": 1, "type": "guess", "truth": "yes"}])");
  refuses(R"([{"id": 1, "response": "x"}])", "expected a type of AMBER, found 'guess'");
  folder_.write("annotations.json", R"([{"id": 1, "type": "relation", "truth": "maybe"}])");
  refuses(R"([{"id": 1, "response": "x"}])", "expected yes or no in \"truth\", found 'maybe'");
  SetUp();
  std::filesystem::remove(folder_.path("safe_words.txt"));
  const Finished done = amber("[]");
  EXPECT_EQ(done.code, 2) << done.err;
}

}  // namespace
}  // namespace vernier::tests
