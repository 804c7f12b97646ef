// `vernier score` in odd surroundings: signals, closed pipes, little memory, other
// locales. Numbers as in docs/bad-input.md.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/runners/records.h"
#include "tests/support/command.h"
#include "tests/support/meteor_data.h"
#include "tests/support/sanitized.h"

namespace vernier {
namespace {

using nlohmann::json;
using tests::Finished;
using tests::many_records;
using tests::Running;
using tests::TemporaryFolder;

class Signals : public testing::TestWithParam<std::pair<int, int>> {};

// Case 39. Input that never ends, from a pipe: the program waits in read() when the signal comes.
TEST_P(Signals, EndTheWorkAndLeaveNothingHalfWritten) {
  const auto [signal, code] = GetParam();
  for (const char* threads : {"1", "3"}) {
    const TemporaryFolder folder;
    const std::string run = folder.path("run.jsonl");
    Running program({"score", "-", "-m", "bleu", "-t", threads, "-o", run});
    program.write(many_records(10'000));
    program.signal(signal);
    const Finished done = program.wait();
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
    EXPECT_EQ(done.out, "");
    EXPECT_TRUE(std::filesystem::is_empty(folder.path("."))) << "threads " << threads;
  }
}

INSTANTIATE_TEST_SUITE_P(All, Signals,
                         testing::Values(std::pair(SIGINT, 130), std::pair(SIGTERM, 143)));

// Case 39. The reader of the output goes away.
TEST(Surroundings, AClosedPipeIsMetWithSilence) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(20'000));
  Running program({"score", input, "-m", "bleu", "-o", "/dev/stdout", "--quiet"});
  program.close_output();
  const Finished done = program.wait();
  EXPECT_EQ(done.code, 6);
  EXPECT_EQ(done.err, "");
}

// Case 40.
TEST(Surroundings, NumbersDoNotDependOnLocaleOrTimeZone) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(50));
  const std::vector<std::string> command = {"score", input, "-m", "bleu,rouge-l,cider,chrf",
                                            "-f",    "json"};
  const Finished plain = tests::vernier(command);
  ASSERT_EQ(plain.code, 0) << plain.err;
  for (const auto& [name, value] :
       {std::pair("LC_ALL", "de_DE.UTF-8"), std::pair("LC_ALL", "tr_TR.UTF-8"),
        std::pair("LANG", "C"), std::pair("TZ", "Asia/Kathmandu")}) {
    setenv(name, value, 1);
    EXPECT_EQ(tests::vernier(command).out, plain.out) << name << '=' << value;
    unsetenv(name);
  }
}

// Case 40. 256 MB of address space hold a small job; with too little there is one clear line.
TEST(Surroundings, LittleMemory) {
#ifdef VERNIER_SANITIZED
  GTEST_SKIP() << "sanitizers need more address space than this test allows";
#endif
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(2000));
  const std::vector<std::string> command = {"score", input,  "-m", "bleu,rouge-l,cider",
                                            "-f",    "json", "-t", "2"};
  const Finished plain = tests::vernier(command);
  rlimit before{};
  getrlimit(RLIMIT_AS, &before);
  const auto with_limit = [&](rlim_t mebibytes, const std::vector<std::string>& arguments) {
    const rlimit limit{mebibytes << 20, before.rlim_max};
    setrlimit(RLIMIT_AS, &limit);
    Finished done = tests::vernier(arguments);
    setrlimit(RLIMIT_AS, &before);
    return done;
  };
  const Finished small = with_limit(256, command);
  EXPECT_EQ(small.code, 0) << small.err;
  EXPECT_EQ(small.out, plain.out);

  const std::string long_text(200 << 20, 'a');
  const std::string huge = folder.write(
      "huge.jsonl", R"({"image_id":1,"candidate":")" + long_text + R"(","references":["a"]})");
  const Finished none =
      with_limit(256, {"score", huge, "-m", "bleu", "--max-text-bytes", std::to_string(1 << 30)});
  EXPECT_EQ(none.code, none.err.find("out of memory") != std::string::npos ? 4 : 3) << none.err;
  EXPECT_EQ(std::count(none.err.begin(), none.err.end(), '\n'), 1) << none.err;
}

// Case 13. One word 200,000 times, against itself and against another length: every metric ends.
TEST(Surroundings, OneWordOverAndOver) {
  const TemporaryFolder folder;
  std::string text, shorter;
  for (int i = 0; i < 200'000; ++i) text += i == 0 ? "dog" : " dog";
  shorter = text.substr(0, text.size() / 2 - 1);
  const json first = {{"image_id", 1}, {"candidate", text}, {"references", {text, "a cat"}}};
  const json second = {{"image_id", 2}, {"candidate", shorter}, {"references", {text}}};
  const json third = {{"image_id", 3}, {"candidate", "a cat"}, {"references", {"the cat"}}};
  const std::string input =
      folder.write("in.jsonl", first.dump() + "\n" + second.dump() + "\n" + third.dump() + "\n");
  const Finished done = tests::vernier(
      {"score", input, "--max-text-bytes", "10000000", "-f", "json", "-m",
       "bleu,rouge-l,cider,cider-plain,rouge-1,rouge-2,rouge-lsum,rouge-score-l,sacrebleu,chrf,"
       "chrf++,ter"});
  ASSERT_EQ(done.code, 0) << done.err;
  if (std::filesystem::exists(tests::meteor_data())) {
    EXPECT_EQ(tests::vernier({"score", input, "--max-text-bytes", "10000000", "-m", "meteor",
                              "--meteor-data", tests::meteor_data()})
                  .code,
              0);
  }
  const json scores = json::parse(done.out)["scores"];
  for (const auto& [name, value] : scores.items()) EXPECT_TRUE(value.is_number()) << name;
}

// Case 43.
TEST(Surroundings, MetricsMadeForEnglishWarnOfOtherScripts) {
  const TemporaryFolder folder;
  const std::string input = folder.write(
      "in.jsonl",
      R"({"image_id":"a","candidate":"两只狗在雪地里奔跑","references":["两只狗在雪中"]}
{"image_id":"b","candidate":"a dog","references":["a café"]}
)");
  const Finished english = tests::vernier({"score", input, "-m", "rouge-1,bleu", "-f", "json"});
  ASSERT_EQ(english.code, 0) << english.err;
  const json result = json::parse(english.out);
  EXPECT_EQ(result["counts"]["other_script"], 1);
  ASSERT_EQ(result["warnings"].size(), 1u);
  const std::string warning = result["warnings"][0];
  EXPECT_NE(warning.find("1 of 2 samples"), std::string::npos) << warning;
  EXPECT_NE(warning.find("rouge-1 is made for English"), std::string::npos) << warning;
  EXPECT_NE(english.err.find(warning), std::string::npos) << english.err;
  const Finished other = tests::vernier({"score", input, "-m", "bleu", "--tokenizer", "icu"});
  EXPECT_EQ(other.err, "");
}

// The same bytes for any number of threads, in the run and on stdout.
TEST(Surroundings, ThreadsDoNotChangeABit) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(30'000));
  std::string run, table;
  for (const char* threads : {"1", "2", "7"}) {
    const std::string path = folder.path(threads);
    const Finished done = tests::vernier(
        {"score", input, "-m", "bleu,rouge-l,cider,chrf,ter", "-t", threads, "-o", path});
    ASSERT_EQ(done.code, 0) << done.err;
    if (run.empty()) {
      run = tests::read_file(path);
      table = done.out;
    }
    EXPECT_TRUE(tests::read_file(path) == run) << threads << " threads";
    EXPECT_EQ(done.out, table);
  }
}

}  // namespace
}  // namespace vernier
