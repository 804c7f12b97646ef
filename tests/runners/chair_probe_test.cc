// vernier probe chair through the real binary, on made-up images.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class ChairProbe : public testing::Test {
 protected:
  Finished chair(const std::string& captions, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"probe",      "chair",       folder_.write("in", captions),
                                        "--objects",  objects_,      "--own-tools",
                                        "--evidence", evidence_path_};
    command.insert(command.end(), more.begin(), more.end());
    return vernier(command);
  }
  json measure(const std::string& captions, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> options = {"-f", "json"};
    options.insert(options.end(), more.begin(), more.end());
    const Finished done = chair(captions, options);
    EXPECT_EQ(done.code, 0) << done.err;
    return json::parse(done.out);
  }
  /// Words that the evidence marks, as they stand in each caption: word>object, ! when
  /// hallucinated.
  std::vector<std::string> evidence() const {
    std::vector<std::string> lines;
    std::istringstream in(read_file(evidence_path_));
    for (std::string line; std::getline(in, line);) {
      const json record = json::parse(line);
      const auto caption = record["caption"].get<std::string>();
      std::string marked;
      for (const json& m : record["mentions"]) {
        marked += characters(caption, m["start"], m["end"]) + ">" + m["object"].get<std::string>() +
                  (m["verdict"] == "hallucinated" ? "! " : " ");
      }
      lines.push_back(marked);
    }
    return lines;
  }
  void refuses(const std::string& captions, int code, const std::string& message,
               const std::vector<std::string>& more = {}) const {
    const Finished done = chair(captions, more);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(message), std::string::npos) << done.err;
    EXPECT_TRUE(done.out.empty());
  }

  TemporaryFolder folder_;
  std::string objects_ =
      folder_.write("objects.tsv", "1\tdog,person\n2\tcat\n000000000003\ttoilet\n4\t\n");
  std::string evidence_path_ = folder_.path("evidence.jsonl");

 private:
  static std::string characters(const std::string& text, std::size_t begin, std::size_t end) {
    std::string out;
    std::size_t at = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      at += (text[i] & 0xC0) != 0x80;
      if (at > begin && at <= end) out += text[i];
    }
    return out;
  }
};

TEST_F(ChairProbe, CountsMentionsByHand) {
  const json found = measure(
      "{\"image_id\": 1, \"caption\": \"Two women walk a dog. A café, a Dog and a car!\"}\n"
      "{\"image_id\": 2, \"caption\": \"A baby elephant on a toilet seat\"}\n"
      "{\"image_id\": 3, \"caption\": \"The seat of the toilet\"}\n"
      "{\"image_id\": 4, \"caption\": \"\"}\n");
  EXPECT_EQ(evidence(), (std::vector<std::string>{"women>person dog>dog Dog>dog car>car! ",
                                                  "baby elephant>elephant! toilet seat>toilet! ",
                                                  "toilet>toilet ", ""}));
  const json counts = found["counts"];
  EXPECT_EQ(counts["captions"], 4);
  EXPECT_EQ(counts["hallucinated_captions"], 2);
  EXPECT_EQ(counts["mentions"], 7);
  EXPECT_EQ(counts["hallucinated_mentions"], 3);
  EXPECT_EQ(counts["gt_objects"], 4);
  EXPECT_EQ(counts["recalled_objects"], 3);
  EXPECT_EQ(counts["tokens"], 15 + 5 + 5);
  EXPECT_EQ(counts["empty_captions"], 1);
  EXPECT_DOUBLE_EQ(found["scores"]["chair-s"], 50);
  EXPECT_DOUBLE_EQ(found["scores"]["chair-i"], 300.0 / 7);
  EXPECT_DOUBLE_EQ(found["scores"]["recall"], 75);
  EXPECT_DOUBLE_EQ(found["scores"]["len"], 6.25);
  EXPECT_EQ(found["ids"], "numeric value");
  // The first caption's second sentence holds the car.
  EXPECT_EQ(found["curves"]["sentence"][0]["cases"], 5);
  EXPECT_EQ(found["curves"]["sentence"][1]["cases"], 2);
  EXPECT_EQ(found["curves"]["sentence"][1]["hallucinated"], 1);
  std::uint64_t absent = 0, invented = 0;
  for (const json& point : found["curves"]["frequency"]) {
    absent += point["cases"].get<std::uint64_t>();
    invented += point["hallucinated"].get<std::uint64_t>();
  }
  EXPECT_EQ(absent, 4u * 80 - 4);
  EXPECT_EQ(invented, 3u);
  EXPECT_EQ(found["objects"].size(), 3u);
}

TEST_F(ChairProbe, NormalisersDiffer) {
  // pattern.en makes "bu" of a bus, WordNet does not; both know buses.
  const std::string captions = "{\"image_id\": 4, \"caption\": \"a bus and two buses\"}";
  EXPECT_EQ(measure(captions)["counts"]["mentions"], 1);
  EXPECT_EQ(measure(captions, {"--normaliser", "wn"})["counts"]["mentions"], 2);
  const json tagged = measure(captions, {"--normaliser", "wnpos"});
  EXPECT_EQ(tagged["counts"]["mentions"], 2);
  EXPECT_NE(tagged["signature"].get<std::string>().find("norm:wnpos"), std::string::npos);
}

TEST_F(ChairProbe, NoObjectNamedIsUndefinedNotZero) {
  const json found = measure("{\"image_id\": 4, \"caption\": \"grass and sky\"}");
  EXPECT_TRUE(found["scores"]["chair-i"].is_null());
  EXPECT_TRUE(found["scores"]["recall"].is_null());
  EXPECT_EQ(found["scores"]["chair-s"], 0);
  EXPECT_EQ(found["undefined"]["chair-i"], "no caption names an object of the table");
  EXPECT_NE(chair("{\"image_id\": 4, \"caption\": \"grass\"}").out.find("CHAIR-i      -"),
            std::string::npos);
}

TEST_F(ChairProbe, TheSameForAnyNumberOfThreads) {
  std::string captions;
  for (int i = 0; i < 500; ++i) {
    captions += "{\"id\": " + std::to_string(i) + ", \"image_id\": " + std::to_string(i % 4 + 1) +
                ", \"caption\": \"a man, " + (i % 3 == 0 ? "a cat" : "two dogs") +
                " and a fire hydrant\"}\n";
  }
  const json one = measure(captions, {"-t", "1"});
  const std::string evidence_of_one = read_file(evidence_path_);
  EXPECT_EQ(measure(captions, {"-t", "7"}), one);
  EXPECT_EQ(read_file(evidence_path_), evidence_of_one);
}

TEST_F(ChairProbe, RunsAreComparedGatedAndReported) {
  std::string good, bad;
  for (int i = 0; i < 60; ++i) {
    const auto record = [&](const char* caption) {
      return json{{"id", i}, {"image_id", i % 2 + 1}, {"caption", caption}, {"source", "made"}}
                 .dump() +
             "\n";
    };
    good += record(i % 2 == 0 ? "a dog and a man" : "a cat");
    bad += record(i % 2 == 0 ? "a dog and a man and a car" : "a cat and a bed");
  }
  const std::string before = folder_.path("before.jsonl"), after = folder_.path("after.jsonl");
  const json measured = measure(good, {"-o", before});
  measure(bad, {"-o", after});
  const json last = json::parse(read_file(before).substr(read_file(before).rfind("{\"footer\"")));
  EXPECT_EQ(last["footer"]["scores"]["chair-s"], measured["scores"]["chair-s"]);
  EXPECT_EQ(last["footer"]["scores"]["len"], measured["scores"]["len"]);

  const Finished compared = vernier({"compare", before, after, "-f", "json"});
  ASSERT_EQ(compared.code, 0) << compared.err;
  const json chair_i = json::parse(compared.out)["metrics"]["chair-i"];
  EXPECT_NEAR(chair_i["difference"].get<double>(), 100 * 60.0 / 150, 1e-9) << "ratios of sums";

  const std::string policy =
      folder_.write("gate.toml",
                    "[[rule]]\nmetric = \"chair-i\"\nmax_increase = 1.0\n[[rule]]\nmetric = "
                    "\"recall\"\nmax_drop = 1.0\nby = \"meta.source\"\n");
  const auto gate = [&](const std::string& a, const std::string& b) {
    return vernier({"gate", "--baseline", a, "--candidate", b, "--policy", policy}).code;
  };
  EXPECT_EQ(gate(before, after), 1);
  EXPECT_EQ(gate(after, before), 0);
  EXPECT_EQ(vernier({"report", before, after, "-o", folder_.path("report.html")}).code, 0);
  // Other objects, other data: never compared.
  objects_ = folder_.write("other.tsv", "1\tdog\n2\tcat\n");
  const std::string other = folder_.path("other.jsonl");
  measure(good, {"-o", other});
  EXPECT_EQ(gate(before, other), 5);
}

TEST_F(ChairProbe, ReadsWhatTheFirstScriptWrites) {
  const json found = measure(
      "{\"overall\": {\"CIDEr\": 1.0}, \"imgToEval\": {\"1\": {\"image_id\": 1, \"caption\": \"a "
      "dog\"}, \"2\": {\"caption\": \"a dog\"}}}");
  EXPECT_EQ(found["counts"]["captions"], 2);
  EXPECT_EQ(found["counts"]["hallucinated_captions"], 1);
}

TEST_F(ChairProbe, OwnTables) {
  const std::string synonyms = folder_.write("synonyms.txt", "\nbeast, dog, cat\nthing, rock\n");
  objects_ = folder_.write("own.tsv.txt", "1\tbeast\n");
  const json found =
      measure("{\"image_id\": 1, \"caption\": \"a dog and two rocks\"}", {"--synonyms", synonyms});
  EXPECT_EQ(found["counts"]["mentions"], 2);
  EXPECT_EQ(found["counts"]["hallucinated_mentions"], 1);
}

TEST_F(ChairProbe, BadInputIsRefused) {
  const std::string good = "{\"image_id\": 1, \"caption\": \"a dog\"}\n";
  refuses(good + "{\"image_id\": 77, \"caption\": \"a dog\"}", 3,
          "1 of 2 captions are of images that");
  refuses(good + "{\"image_id\": 1, \"caption\": \"a cat\"}", 3,
          "id 1: has a caption in line 1 already, another one");
  refuses("{\"caption\": \"a dog\"}", 3, "expected an image_id or an id");
  refuses("", 3, "no records");
  refuses(good + "{\"image_id\": 2, \"capt", 3, ":2");
  refuses("{\"image_id\": 1, \"caption\": null}", 3, "expected");
  refuses(good, 2, "--normaliser", {"--normaliser", "stem"});
  refuses(good, 6, "would overwrite an input", {"-o", folder_.path("in")});
  refuses(good, 2, "No such file", {"--synonyms", "/nowhere"});
  const json repeated = measure(good + good);
  EXPECT_EQ(repeated["counts"]["captions"], 1);
  EXPECT_EQ(repeated["counts"]["repeated_captions"], 1);
  const json left_out =
      measure(good + "{\"image_id\": 77, \"caption\": \"a dog\"}", {"--ignore-extra"});
  EXPECT_EQ(left_out["counts"]["captions"], 1);
  EXPECT_EQ(left_out["counts"]["extra_captions"], 1);
  refuses("{\"image_id\": 77, \"caption\": \"a dog\"}", 3, "77", {"--ignore-extra"});
}

TEST_F(ChairProbe, BadObjectFilesAreRefused) {
  const std::string good = "{\"image_id\": 1, \"caption\": \"a dog\"}\n";
  const auto with_objects = [&](const std::string& text, const std::string& message) {
    objects_ = folder_.write("bad.tsv", text);
    refuses(good, 3, message);
  };
  with_objects("1 dog\n", ":1: expected an image id, a tab and class names");
  with_objects("1\tdog\n1\tcat\n", ":2: image 1: is there a second time, with other objects");
  with_objects("1\tunicorn\n", ":1: image 1: expected names of classes");
  with_objects("\n\n", "holds no images");
  objects_ = folder_.write("bad.tsv", "1\tdog,cat\n1\tcat,dog\n");
  EXPECT_EQ(measure(good)["counts"]["gt_objects"], 2);
  EXPECT_EQ(vernier({"probe", "chair", "x"}).code, 2);
  EXPECT_EQ(vernier({"probe"}).code, 2);
}

TEST_F(ChairProbe, ControlBytesOfCaptionsDoNotReachTheTerminal) {
  const Finished done = chair("{\"image_id\": \"\\u001b[31m\", \"caption\": \"a dog\"}");
  EXPECT_EQ(done.code, 3);
  EXPECT_EQ(done.err.find('\x1b'), std::string::npos);
}

TEST_F(ChairProbe, MakesObjectsOfAnnotationsAndReferences) {
  const std::string instances = folder_.write(
      "instances.json",
      R"({"images": [{"id": 1}, {"id": 2}], "annotations": [{"image_id": 1, "category_id": 18}],
          "categories": [{"id": 18, "name": "dog"}]})");
  const std::string references = folder_.write(
      "references.json",
      R"({"annotations": [{"image_id": 1, "id": 5, "caption": "A puppy beside a man."},
                          {"image_id": 2, "id": 6, "caption": "Two cars."}]})");
  const std::string captions = folder_.write("in",
                                             "{\"image_id\":1,\"caption\":\"A dog and a woman.\"}\n"
                                             "{\"image_id\":2,\"caption\":\"A dog in a car.\"}\n");
  const auto measure_with = [&](std::vector<std::string> command) {
    command.insert(command.begin(), {"probe", "chair", captions, "--own-tools", "-f", "json"});
    const Finished done = vernier(command);
    EXPECT_EQ(done.code, 0) << done.err;
    return json::parse(done.out)["counts"];
  };
  const json both = measure_with({"--instances", instances, "-r", references});
  EXPECT_EQ(both["mentions"], 4);
  EXPECT_EQ(both["hallucinated_mentions"], 1) << "the dog of image 2";
  EXPECT_EQ(both["gt_objects"], 3) << "dog, person; car";
  EXPECT_EQ(measure_with({"--instances", instances})["hallucinated_mentions"], 3);
  EXPECT_EQ(measure_with({"-r", references})["hallucinated_mentions"], 1);
  EXPECT_EQ(vernier({"probe", "chair", captions, "--own-tools"}).code, 2);
  const std::string other = folder_.write(
      "other.json", R"({"images": [{"id": 1}], "categories": [{"id": 1, "name": "unicorn"}]})");
  const Finished refused =
      vernier({"probe", "chair", captions, "--own-tools", "--instances", other});
  EXPECT_EQ(refused.code, 3);
  EXPECT_NE(refused.err.find("unicorn"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace vernier::tests
