// Bad input to `vernier score`, case by case (the numbers are those of docs/bad-input.md), through
// the real binary.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <zlib.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"

namespace vernier {
namespace {

using nlohmann::json;
using tests::Finished;
using tests::TemporaryFolder;

constexpr const char* kGood =
    R"({"image_id":"1","caption":"a dog runs","references":["a dog is running","the dog runs"]}
{"image_id":"2","caption":"two men talk","references":["two men are talking"]}
)";

class BadInput : public testing::Test {
 protected:
  Finished score(std::string_view content, std::vector<std::string> flags = {}) {
    std::vector<std::string> arguments = {
        "score", folder_.write("in.jsonl", content), "-f", "json", "-m", "bleu,rouge-l,cider"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return tests::vernier(arguments);
  }
  // Refused with exit code 3 by one line that names all of `parts`.
  void expect_refused(const Finished& done, const std::vector<std::string>& parts, int code = 3) {
    EXPECT_EQ(done.code, code) << done.out << done.err;
    EXPECT_EQ(done.out, "");
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
    for (const std::string& part : parts) {
      EXPECT_NE(done.err.find(part), std::string::npos) << "no '" << part << "' in: " << done.err;
    }
  }
  json expect_scored(const Finished& done) {
    EXPECT_EQ(done.code, 0) << done.err;
    const json result = json::parse(done.out, nullptr, false);
    EXPECT_FALSE(result.is_discarded()) << done.out;
    return result;
  }
  TemporaryFolder folder_;
};

TEST_F(BadInput, Case01EmptyFile) { expect_refused(score(""), {"in.jsonl", "no record"}); }

TEST_F(BadInput, Case02NothingButBracketsOrBlankLines) {
  expect_refused(score("[]"), {"in.jsonl", "no record"});
  expect_refused(score("\n\n  \n"), {"in.jsonl", "no record"});
}

TEST_F(BadInput, Case03TruncatedRecord) {
  const std::string text = std::string(kGood) + R"({"image_id":"3","caption":"a c)";
  expect_refused(score(text), {"in.jsonl:3", "2"});
  const json result = expect_scored(score(text, {"--allow-truncated"}));
  EXPECT_EQ(result["counts"]["truncated_records"], 1);
  EXPECT_EQ(result["counts"]["scored"], 2);
}

TEST_F(BadInput, Case04ArrayOrLinesEitherWay) {
  const json lines = expect_scored(score(kGood));
  std::string array = std::string("[") + kGood;
  array.replace(array.find("\n{"), 1, ",");
  array += "]";
  EXPECT_EQ(expect_scored(score(array))["scores"], lines["scores"]);
}

TEST_F(BadInput, Case05ByteOrderMark) {
  EXPECT_EQ(expect_scored(score("\xEF\xBB\xBF" + std::string(kGood)))["samples"], 2);
}

TEST_F(BadInput, Case06Utf16) {
  std::string wide("\xFF\xFE", 2);
  for (const char* c = kGood; *c != '\0'; ++c) wide += {*c, '\0'};
  expect_refused(score(wide), {"in.jsonl", "UTF-16"});
}

TEST_F(BadInput, Case07InvalidUtf8) {
  std::string text = kGood;
  text.insert(text.find("dog runs"), "\xC3\x28");
  expect_refused(score(text), {"in.jsonl:1", "UTF-8"});
  EXPECT_EQ(expect_scored(score(text, {"--replace-invalid"}))["counts"]["replaced_invalid"], 1);
}

TEST_F(BadInput, Case08LoneSurrogate) {
  std::string text = kGood;
  text.insert(text.find("dog runs"), "\\ud800 ");
  expect_refused(score(text), {"in.jsonl:1", "surrogate"});
  EXPECT_EQ(expect_scored(score(text, {"--replace-invalid"}))["counts"]["replaced_invalid"], 1);
}

TEST_F(BadInput, Case09NulBreaksTokensAndIsCounted) {
  std::string text = kGood;
  text.replace(text.find("dog runs") + 3, 1, "\\u0000");
  const json result = expect_scored(score(text));
  EXPECT_EQ(result["counts"]["nul_characters"], 1);
  EXPECT_EQ(result["scores"], expect_scored(score(kGood))["scores"]);
}

TEST_F(BadInput, Case10LineEnds) {
  const json want = expect_scored(score(kGood))["scores"];
  for (const std::string end : {"\r\n", "\r"}) {
    std::string text = kGood;
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += end.size()) {
      text.replace(at, 1, end);
    }
    EXPECT_EQ(expect_scored(score(text))["scores"], want);
  }
}

TEST_F(BadInput, Case11LineBreaksInsideACaptionAreWhiteSpace) {
  const json want = expect_scored(score(kGood))["scores"];
  for (const std::string separator : {"\\n", "\\u2028", "\\u0085", "\\r\\n", "\\u2029"}) {
    std::string text = kGood;
    text.replace(text.find("dog runs") + 3, 1, separator);
    EXPECT_EQ(expect_scored(score(text))["scores"], want) << separator;
  }
}

TEST_F(BadInput, Case12HugeCaption) {
  const std::string text = R"({"image_id":"big","caption":")" + std::string(100'000, 'a') +
                           R"(","references":["a"]})" + "\n";
  expect_refused(score(text), {"in.jsonl:1", "big"});
}

TEST_F(BadInput, Case14EmptyCaptionsScoreZeroAndAreListed) {
  std::string text = std::string(kGood) +
                     R"({"image_id":"3","caption":"","references":["a cat"]}
{"image_id":"4","caption":"  \t","references":["a cat"]})";
  const json result = expect_scored(score(text));
  EXPECT_EQ(result["counts"]["empty_candidate"], 2);
  EXPECT_EQ(result["counts"]["scored"], 4);
  const Finished table = tests::vernier({"score", folder_.path("in.jsonl"), "-m", "bleu"});
  EXPECT_NE(table.out.find("empty candidates: 3, 4"), std::string::npos) << table.out;
}

TEST_F(BadInput, Case15CaptionOfAnotherType) {
  for (const std::string value : {"null", "17", "true", "{}"}) {
    std::string text = kGood;
    text.replace(text.find("\"a dog runs\""), 12, value);
    expect_refused(score(text), {"in.jsonl:1", "1"});
  }
}

TEST_F(BadInput, Case16ReferenceListAsString) {
  expect_refused(score(R"({"image_id":"1","caption":"a dog","references":"['a dog','the dog']"})"),
                 {"in.jsonl:1", "list"});
}

TEST_F(BadInput, Case17And18MissingReferences) {
  expect_refused(score(std::string(kGood) + R"({"image_id":"3","caption":"a cat"})"),
                 {"1 candidates without references", "3", "-r"});
  expect_refused(
      score(std::string(kGood) + R"({"image_id":"3","caption":"a cat","references":[]})"),
      {"without references", "3"});
}

TEST_F(BadInput, Case19PredictionForUnknownId) {
  const std::string candidates =
      folder_.write("c.json", R"([{"image_id":1,"caption":"a"},{"image_id":2,"caption":"b"},
                                  {"image_id":9,"caption":"c"}])");
  const std::string references =
      folder_.write("r.json", R"({"images":[{"id":1},{"id":2}],"annotations":[
        {"id":10,"image_id":1,"caption":"a"},{"id":11,"image_id":2,"caption":"b"}]})");
  const std::vector<std::string> command = {"score", candidates, "-r",    references,
                                            "-m",    "bleu",     "--json"};
  expect_refused(tests::vernier(command),
                 {"1 candidates without references", "9", "--ignore-extra"});
  std::vector<std::string> relaxed = command;
  relaxed.push_back("--ignore-extra");
  const json result = expect_scored(tests::vernier(relaxed));
  EXPECT_EQ(result["counts"]["extra_candidate"], 1);
  EXPECT_EQ(result["counts"]["scored"], 2);
}

TEST_F(BadInput, Case20IdsMatchByADeclaredRule) {
  const std::string candidates = folder_.write(
      "c.jsonl", "{\"image_id\":\"42\",\"caption\":\"a\"}\n{\"image_id\":7,\"caption\":\"b\"}\n");
  const std::string references = folder_.write(
      "r.jsonl",
      "{\"image_id\":\"000042\",\"caption\":\"a\"}\n{\"image_id\":\"007\",\"caption\":\"b\"}\n");
  const json result = expect_scored(
      tests::vernier({"score", candidates, "-r", references, "-m", "bleu", "--json"}));
  EXPECT_EQ(result["samples"], 2);
  EXPECT_NE(result["dataset"]["ids"], "");
}

TEST_F(BadInput, Case21DuplicateIds) {
  const std::string again =
      R"({"image_id":"2","caption":"two men talk","references":["two men are talking"]})";
  const json result = expect_scored(score(std::string(kGood) + again));
  EXPECT_EQ(result["counts"]["duplicate_candidate"], 1);
  EXPECT_EQ(result["samples"], 2);
  const std::string other =
      R"({"image_id":"2","caption":"a bird","references":["two men are talking"]})";
  expect_refused(score(std::string(kGood) + other), {"in.jsonl:3", "id 2", "--several-per-image"});
  EXPECT_EQ(expect_scored(score(std::string(kGood) + other, {"--several-per-image"}))["samples"],
            3);
}

TEST_F(BadInput, Case22DifferingNumbersOfLines) {
  const std::string candidates = folder_.write("hyp.txt", "a dog\ntwo men\n");
  const std::string same = folder_.write("ref.txt", "a dog\n\n");
  const std::string longer = folder_.write("ref3.txt", "a dog\ntwo men\na cat\n");
  const std::string shorter = folder_.write("ref2.txt", "a dog\n");
  const auto run = [&](const std::vector<std::string>& references) {
    std::vector<std::string> command = {"score", candidates, "-m", "bleu", "--json"};
    for (const std::string& reference : references) {
      command.insert(command.end(), {"-r", reference});
    }
    return tests::vernier(command);
  };
  EXPECT_EQ(expect_scored(run({same}))["samples"], 2);
  EXPECT_EQ(expect_scored(run({same, same}))["samples"], 2);
  expect_refused(run({longer}), {"1 references without a candidate", ": 3;"});
  expect_refused(run({shorter}), {"1 candidates without references", ": 2;"});
  expect_refused(run({same, shorter}), {"ref2.txt: 1 lines", "has 2"});
}

TEST_F(BadInput, RecordsWithoutIdsAreNamedByTheirLine) {
  const std::string lines = R"({"prediction":"a dog","references":["a dog runs"]}
{"prediction":"a dog","references":["a dog runs"]}
)";
  EXPECT_EQ(expect_scored(score(lines))["samples"], 2);
  expect_refused(
      score(R"([{"prediction":"a","references":["b"]},{"prediction":"a","references":["b"]}])"),
      {"in.jsonl:1", "without an id"});
}

TEST_F(BadInput, Case23OneImageLeavesCiderUndefined) {
  const json result =
      expect_scored(score(R"({"image_id":"1","caption":"a dog","references":["a dog"]})"));
  EXPECT_TRUE(result["scores"]["cider"].is_null());
  EXPECT_NE(result["undefined"]["cider"].get<std::string>().find("--df"), std::string::npos);
}

TEST_F(BadInput, Case24CandidatesEqualToReferences) {
  std::string text;
  for (int i = 0; i < 5; ++i) {
    const std::string caption = "picture number " + std::to_string(i) + " of a series";
    text += json{{"image_id", i}, {"caption", caption}, {"references", {caption}}}.dump() + "\n";
  }
  const json scores = expect_scored(score(text))["scores"];
  EXPECT_NEAR(scores["bleu-4"], 1.0, 1e-9);
  EXPECT_EQ(scores["rouge-l"], 1.0);
  EXPECT_NEAR(scores["cider"], 10.0, 1e-9);
}

TEST_F(BadInput, Case25And26UnknownNames) {
  expect_refused(score(kGood, {"-m", "blue"}), {"blue", "bleu"}, 2);
  expect_refused(score(kGood, {"--tokenizer", "penn"}), {"penn", "icu"}, 2);
  expect_refused(score(kGood, {"--threads", "-3"}), {"threads"}, 2);
  expect_refused(score(kGood, {"--threads", "nan"}), {"threads"}, 2);
  for (const char* value : {"nan", "inf", "1e400", "-1"}) {
    expect_refused(
        score(kGood, {"-m", "sacrebleu", "--smooth-method", "floor", "--smooth-value", value}),
        {"smooth"}, 2);
  }
}

TEST_F(BadInput, Case25NumbersThatAreNotFiniteInFurtherFields) {
  const json result = expect_scored(score(
      R"({"image_id":1,"caption":"a dog","references":["a dog"],"score":NaN,"other":1e400}
{"image_id":2,"caption":"a cat","references":["a cat"],"score":-Infinity})"));
  EXPECT_EQ(result["counts"]["not_finite"], 3);
}

TEST_F(BadInput, Case33EscapesInIdsAreShownNotSent) {
  const Finished done = score(R"({"image_id":"\u001b[31mred","caption":"a dog"})");
  expect_refused(done, {R"(\x1b[31mred)"});
  EXPECT_EQ(done.err.find('\x1b'), std::string::npos);
}

TEST_F(BadInput, Case38CompressedInput) {
  const auto deflate = [&](const std::string& name, const std::string& text) {
    const std::string path = folder_.path(name);
    gzFile file = gzopen(path.c_str(), "ab");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    return path;
  };
  const std::string good = kGood;
  const std::size_t half = good.find("\n{") + 1;
  std::string path = deflate("two.gz", good.substr(0, half));
  path = deflate("two.gz", good.substr(half));  // two members, one behind the other
  EXPECT_EQ(expect_scored(tests::vernier({"score", path, "-m", "bleu", "--json"}))["samples"], 2);

  const std::string whole = tests::read_file(path);
  const std::string cut = folder_.write("cut.gz", whole.substr(0, whole.size() - 20));
  expect_refused(tests::vernier({"score", cut, "-m", "bleu"}), {"cut.gz"});

  const std::string bomb = deflate("bomb.gz", std::string(400 << 20, ' '));
  expect_refused(tests::vernier({"score", bomb, "-m", "bleu"}), {"bomb.gz"});
}

TEST_F(BadInput, Case39OutputThatCannotBeWritten) {
  if (geteuid() != 0) {  // root may write anywhere
    std::filesystem::create_directory(folder_.path("closed"));
    std::filesystem::permissions(folder_.path("closed"), std::filesystem::perms::owner_read);
    EXPECT_EQ(score(kGood, {"-o", folder_.path("closed/run.jsonl")}).code, 6);
  }
  EXPECT_EQ(score(kGood, {"-o", folder_.path("absent/run.jsonl")}).code, 6);
  EXPECT_EQ(score(kGood, {"-o", "/dev/full"}).code, 6);
  const Finished same = score(kGood, {"-o", folder_.path("in.jsonl")});
  EXPECT_EQ(same.code, 6) << same.err;
  EXPECT_EQ(tests::read_file(folder_.path("in.jsonl")), kGood);
}

TEST_F(BadInput, Case40OddSurroundings) {
  const json want = expect_scored(score(kGood))["scores"];
  const std::string odd = folder_.write("a \"b\" 'c'\nd\xFF.jsonl", kGood);
  EXPECT_EQ(
      expect_scored(tests::vernier({"score", odd, "-m", "bleu,rouge-l,cider", "--json"}))["scores"],
      want);
  EXPECT_EQ(expect_scored(score(kGood, {"--threads", "0"}))["scores"], want);
  setenv("LC_ALL", "de_DE.UTF-8", 1);
  EXPECT_EQ(expect_scored(score(kGood))["scores"], want);
  unsetenv("LC_ALL");
  const std::string long_path = "/" + std::string(4095, 'x');
  EXPECT_EQ(tests::vernier({"score", long_path}).code, 2);
}

TEST_F(BadInput, Case41ReferencesWithoutCandidate) {
  const std::string candidates = folder_.write("c.json", R"([{"image_id":1,"caption":"a dog"}])");
  std::string lines;
  for (int i = 1; i <= 20; ++i) {
    lines += json{{"image_id", i}, {"caption", "a dog number " + std::to_string(i)}}.dump() + "\n";
  }
  const std::string references = folder_.write("r.jsonl", lines);
  const std::vector<std::string> command = {"score", candidates, "-r",    references,
                                            "-m",    "cider",    "--json"};
  expect_refused(tests::vernier(command),
                 {"19 references without a candidate", "2, 3", "--subset"});
  std::vector<std::string> subset = command;
  subset.push_back("--subset");
  const json result = expect_scored(tests::vernier(subset));
  EXPECT_EQ(result["counts"]["missing_candidate"], 19);
  EXPECT_NE(result["signatures"]["cider"].get<std::string>().find("corpus(1)"), std::string::npos);
}

}  // namespace
}  // namespace vernier
