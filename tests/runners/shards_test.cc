// `score --shard`, `merge` and mpirun: the same bytes as one process, or a refusal.
#include <gtest/gtest.h>

#include "tests/runners/records.h"
#include "tests/support/command.h"
#include "tests/support/sanitized.h"

namespace vernier {
namespace {

using tests::Finished;
using tests::many_records;
using tests::read_file;
using tests::TemporaryFolder;

using Arguments = std::vector<std::string>;

Arguments operator+(Arguments a, const Arguments& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// Measures all shards; returns their paths.
Arguments shards_of(const TemporaryFolder& folder, const Arguments& score, int count,
                    const std::string& end = ".jsonl") {
  Arguments paths;
  for (int k = 1; k <= count; ++k) {
    const std::string shard = std::to_string(k) + "/" + std::to_string(count);
    paths.push_back(
        folder.path("shard-" + std::to_string(k) + "-" + std::to_string(count) + end).string());
    const Finished done = tests::vernier(score + Arguments{"--shard", shard, "-o", paths.back()});
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_NE(done.out.find("shard " + shard), std::string::npos) << done.out;
  }
  return paths;
}

void expect_merged_as_whole(const TemporaryFolder& folder, const Arguments& score) {
  const std::string whole = folder.path("whole.jsonl"), merged = folder.path("merged.jsonl");
  const Finished one = tests::vernier(score + Arguments{"-f", "json", "-o", whole});
  ASSERT_EQ(one.code, 0) << one.err;
  for (const int count : {1, 2, 5}) {
    Arguments shards = shards_of(folder, score, count);
    std::swap(shards.front(), shards.back());  // any order
    const Finished done =
        tests::vernier(Arguments{"merge"} + shards + Arguments{"-f", "json", "-o", merged});
    ASSERT_EQ(done.code, 0) << done.err;
    EXPECT_TRUE(read_file(merged) == read_file(whole)) << count << " shards";
    EXPECT_EQ(done.out, one.out) << count << " shards";
  }
}

TEST(Shards, ReferencesInsideTheRecords) {
  const TemporaryFolder folder;
  std::string text = many_records(3000);
  text += text.substr(0, 2000);  // repeated records, counted once
  text = text.substr(0, text.rfind('\n') + 1);
  text += R"({"image_id":"empty","candidate":" ","references":["a dog"]})"
          "\n";
  const std::string input = folder.write("in.jsonl", text);
  expect_merged_as_whole(folder, {"score", input, "-m",
                                  "bleu,rouge-l,cider,cider-plain,sacrebleu,"
                                  "chrf,ter,rouge-1"});
  expect_merged_as_whole(folder, {"score", input, "-m", "bleu", "--compact"});
}

TEST(Shards, ReferencesInFilesOfTheirOwn) {
  const TemporaryFolder folder;
  std::string candidates = "[", references = "{\"annotations\":[";
  for (int i = 0; i < 400; ++i) {
    const std::string id = std::to_string(i);
    if (i > 5) {  // images 0 to 5 have no candidate
      candidates += (i > 6 ? "," : "") + std::string("{\"image_id\":") + id +
                    ",\"caption\":\"a man on horse " + id + "\"}";
    }
    if (i < 395) {  // the last candidates have no references
      for (int r = 0; r < 3; ++r) {
        references += (i + r > 0 ? "," : "") + std::string("{\"image_id\":") + id +
                      ",\"id\":" + std::to_string(3 * i + r) + ",\"caption\":\"man " + id +
                      " rides horse " + std::to_string(r) + "\"}";
      }
    }
  }
  const std::string hypotheses = folder.write("captions.json", candidates + "]");
  const std::string truth = folder.write("annotations.json", references + "]}");
  expect_merged_as_whole(folder, {"score", hypotheses, "-r", truth, "--ignore-extra", "--subset",
                                  "-m", "bleu,rouge-l,cider"});
}

TEST(Shards, SeveralCaptionsOfAnImageStayTogether) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text += R"({"image_id":"im)" + std::to_string(i % 100) + R"(","candidate":"caption )" +
            std::to_string(i) + R"(","references":["a caption","caption )" +
            std::to_string(i % 100) + "\"]}\n";
  }
  const std::string input = folder.write("in.jsonl", text);
  expect_merged_as_whole(folder, {"score", input, "--several-per-image", "-m", "bleu,cider"});
}

TEST(Shards, InterruptedOnesGoOn) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(500));
  const Arguments score = {"score", input, "-m", "bleu,cider", "--shard", "2/3"};
  const std::string whole = folder.path("whole"), run = folder.path("run");
  ASSERT_EQ(tests::vernier(score + Arguments{"-o", whole}).code, 0);
  const std::string bytes = read_file(whole);
  folder.write("run.part", bytes.substr(0, bytes.size() / 2));
  EXPECT_EQ(tests::vernier(score + Arguments{"-o", run, "--resume"}).code, 0);
  EXPECT_TRUE(read_file(run) == bytes);
}

TEST(Shards, WhatIsNoWholeSetIsRefused) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(300));
  const Arguments score = {"score", input, "-m", "bleu,cider"};
  const Arguments three = shards_of(folder, score, 3), four = shards_of(folder, score, 4);
  const std::string merged = folder.path("merged.jsonl");
  const auto refusal = [&](const Arguments& shards, int code) {
    const Finished done = tests::vernier(Arguments{"merge", "-o", merged} + shards);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_EQ(done.out, "");
    EXPECT_FALSE(std::filesystem::exists(merged));
    return done.err;
  };
  const auto names = [](const std::string& text, const std::string& what) {
    EXPECT_NE(text.find(what), std::string::npos) << text;
  };
  names(refusal({three[0], three[2]}, 5), "1 of 3 shards are missing: 2");
  names(refusal({three[0], three[1], four[2]}, 5), "is shard 1/3");
  names(refusal({three[0], three[1], three[1]}, 5), "are both shard 2/3");
  ASSERT_EQ(tests::vernier(
                {"score", input, "-m", "bleu", "--shard", "3/3", "-o", folder.path("other.jsonl")})
                .code,
            0);
  names(refusal({three[0], three[1], folder.path("other.jsonl")}, 5),
        "not shards of one run: metric cider / (none)");

  const std::string bytes = read_file(three[1]);
  const std::string cut = folder.write("cut.jsonl", bytes.substr(0, bytes.size() - 100));
  names(refusal({three[0], cut, three[2]}, 5), "cut.jsonl: the footer is missing");
  std::string edited = bytes;
  edited.replace(edited.find("\"candidate\":\"a"), 14, "\"candidate\":\"b");
  const std::string damaged = folder.write("edited.jsonl", edited);
  names(refusal({three[0], damaged, three[2]}, 3), "was the file edited?");
  names(refusal({input}, 3), "not a run file");

  ASSERT_EQ(tests::vernier(score + Arguments{"-o", folder.path("whole.jsonl")}).code, 0);
  names(refusal({folder.path("whole.jsonl")}, 5), "is no shard of a run");
  // Part of a run must not pass for a run.
  const Finished compared = tests::vernier({"compare", three[0], three[0]});
  EXPECT_EQ(compared.code, 5);
  names(compared.err, "is shard 1/3 of a run; vernier merge");
  EXPECT_EQ(tests::vernier(Arguments{"merge", "-o", three[0]} + three).code, 6);
}

TEST(Shards, UsageIsChecked) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(3));
  for (const char* shard : {"0/3", "4/3", "1", "a/b", "1/3x", "-1/3", ""}) {
    const Finished done =
        tests::vernier({"score", input, "-m", "bleu", "-o", folder.path("run"), "--shard", shard});
    EXPECT_EQ(done.code, 2) << shard << done.err;
  }
  EXPECT_EQ(tests::vernier({"score", input, "-m", "bleu", "--shard", "1/2"}).code, 2);
  // More shards than samples: some hold none.
  const Arguments shards = shards_of(folder, {"score", input, "-m", "bleu,cider"}, 7);
  const std::string merged = folder.path("merged");
  EXPECT_EQ(tests::vernier(Arguments{"merge", "-o", merged} + shards).code, 0);
}

/// Runs vernier under mpirun.
Finished together(int processes, const Arguments& arguments) {
  const TemporaryFolder folder;
  std::string line = "mpirun --allow-run-as-root --oversubscribe -n " + std::to_string(processes) +
                     " " + tests::binary();
  for (const std::string& argument : arguments) line += " '" + argument + "'";
  line += " >" + folder.path("out").string() + " 2>" + folder.path("err").string() + " </dev/null";
  const int status = std::system(line.c_str());
  return {WEXITSTATUS(status), read_file(folder.path("out")), read_file(folder.path("err"))};
}

class Mpi : public testing::Test {
 protected:
  void SetUp() override {
#ifdef VERNIER_SANITIZED
    GTEST_SKIP() << "MPI libraries leak and race by themselves";
#endif
    const auto plugin = std::filesystem::path(tests::binary()).parent_path().parent_path() /
                        "lib/vernier/vernier_mpi.so";
    if (!std::filesystem::exists(plugin) || std::system("mpirun --version >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "needs mpirun and a build with MPI (libopenmpi-dev, openmpi-bin)";
    }
  }
};

TEST_F(Mpi, OneAndFourProcessesGiveTheSameBytes) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(3000));
  const Arguments score = {"score", input, "-m", "bleu,rouge-l,cider,chrf", "-o"};
  const Finished whole = tests::vernier(score + Arguments{folder.path("whole.jsonl")});
  ASSERT_EQ(whole.code, 0) << whole.err;
  for (const int processes : {1, 4}) {
    const std::string run = folder.path("run.jsonl");
    const Finished done = together(processes, score + Arguments{run});
    ASSERT_EQ(done.code, 0) << done.err;
    EXPECT_EQ(done.out, whole.out);
    EXPECT_TRUE(read_file(run) == read_file(folder.path("whole.jsonl"))) << processes;
    std::filesystem::remove(run);
    std::filesystem::remove(run + ".log");
  }
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path("."))) {
    ++files;
  }
  EXPECT_EQ(files, 3u) << "a share is left";
}

TEST_F(Mpi, AnErrorIsToldOnce) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(10) + "{\"image_id\":1,");
  const Finished done = together(3, {"score", input, "-m", "bleu", "-o", folder.path("run.jsonl")});
  EXPECT_EQ(done.code, 3) << done.err;
  std::size_t told = 0;
  for (std::size_t at = 0; (at = done.err.find("in.jsonl:11", at)) != std::string::npos; ++at) {
    ++told;
  }
  EXPECT_EQ(told, 1u) << done.err;
  EXPECT_EQ(together(2, {"score", input, "-m", "bleu"}).code, 2);
}

}  // namespace
}  // namespace vernier
