// Runs that are interrupted, whatever ends them, and taken up again: the bytes are those of a run
// that was not. Case 39 of docs/bad-input.md.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "tests/runners/records.h"
#include "tests/support/command.h"

namespace vernier {
namespace {

using tests::Finished;
using tests::many_records;
using tests::read_file;
using tests::Running;
using tests::TemporaryFolder;

const std::vector<std::string> kMetrics = {"-m", "bleu,rouge-l,cider"};

std::vector<std::string> command(const std::string& input, const std::string& run,
                                 const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"score", input, "-o", run};
  arguments.insert(arguments.end(), kMetrics.begin(), kMetrics.end());
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::string uninterrupted(const TemporaryFolder& folder, const std::string& input,
                          const std::string& name = "whole.jsonl") {
  const std::string path = folder.path(name);
  const Finished done = tests::vernier(command(input, path));
  EXPECT_EQ(done.code, 0) << done.err;
  return read_file(path);
}

TEST(InterruptedRun, KilledAtFiftyRandomMoments) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(30'000));
  const auto start = std::chrono::steady_clock::now();
  const std::string whole = uninterrupted(folder, input);
  const auto duration = std::chrono::steady_clock::now() - start;
  const std::string run = folder.path("run.jsonl");
  std::mt19937 random(20261126);
  std::size_t taken_up = 0;
  for (int trial = 0; trial < 50; ++trial) {
    std::filesystem::remove(run);
    {
      Running program(command(input, run));
      std::this_thread::sleep_for(duration * (random() % 1000) / 1000);
      program.signal(SIGKILL);
      program.wait();
    }
    const bool finished = std::filesystem::exists(run);
    const Finished done = tests::vernier(command(input, run, {"--resume"}));
    ASSERT_EQ(done.code, 0) << done.err;
    if (!finished) taken_up += done.err.find("goes on behind") != std::string::npos;
    ASSERT_TRUE(read_file(run) == whole) << "trial " << trial;
    EXPECT_FALSE(std::filesystem::exists(run + ".part"));
  }
  EXPECT_GT(taken_up, 4u) << "the moments missed the writing of the run";
}

TEST(InterruptedRun, CutAtAnyByte) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(12));
  const std::string whole = uninterrupted(folder, input);
  const std::string run = folder.path("run.jsonl");
  for (std::size_t cut = 0; cut <= whole.size(); cut += cut % 5 == 0 ? 3 : 14) {
    folder.write("run.jsonl.part", whole.substr(0, cut));
    const Finished done = tests::vernier(command(input, run));
    ASSERT_EQ(done.code, 0) << done.err;
    ASSERT_TRUE(read_file(run) == whole) << "cut at " << cut;
  }
}

// A system that crashed may leave a block of zeros at the end of a file.
TEST(InterruptedRun, ZerosBehindTheLastRecordAreCutOff) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(12));
  const std::string whole = uninterrupted(folder, input);
  folder.write("run.jsonl.part", whole.substr(0, whole.size() / 2) + std::string(4096, '\0'));
  EXPECT_EQ(tests::vernier(command(input, folder.path("run.jsonl"), {"--resume"})).code, 0);
  EXPECT_TRUE(read_file(folder.path("run.jsonl")) == whole);
}

TEST(InterruptedRun, CompressedRunsToo) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(500));
  const std::string whole = uninterrupted(folder, input);
  for (const char* name : {"run.jsonl.gz", "run.jsonl.zst"}) {
    const std::string packed = uninterrupted(folder, input, std::string("whole-") + name);
    folder.write(std::string(name) + ".part", whole.substr(0, whole.size() / 2));
    const Finished done = tests::vernier(command(input, folder.path(name)));
    ASSERT_EQ(done.code, 0) << done.err;
    EXPECT_NE(done.err.find("goes on behind"), std::string::npos) << done.err;
    EXPECT_TRUE(read_file(folder.path(name)) == packed) << name;
    EXPECT_FALSE(std::filesystem::exists(folder.path(name).string() + ".part"));
  }
}

TEST(InterruptedRun, SignalsLeaveAJournal) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(60'000));
  const std::string whole = uninterrupted(folder, input);
  const std::string run = folder.path("run.jsonl"), part = run + ".part";
  Finished stopped;
  // Whoever is slow to signal finds the run over, and tries again.
  for (int attempt = 0; attempt < 10 && stopped.code != 130; ++attempt) {
    std::filesystem::remove(run);
    Running program(command(input, run));
    // The journal holds bytes as soon as measuring is under way.
    std::error_code none;
    for (int i = 0; i < 4000 && !(std::filesystem::file_size(part, none) > 0 && !none); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    program.signal(SIGINT);
    stopped = program.wait();
  }
  EXPECT_EQ(stopped.code, 130) << stopped.err;
  EXPECT_NE(stopped.err.find("run.jsonl.part keeps what was measured"), std::string::npos)
      << stopped.err;
  EXPECT_FALSE(std::filesystem::exists(run));
  EXPECT_EQ(tests::vernier(command(input, run, {"--resume"})).code, 0);
  EXPECT_TRUE(read_file(run) == whole);
}

// A disk that fills up: the run of before stays, and with more room the new one goes on.
TEST(InterruptedRun, FullDisk) {
  const TemporaryFolder folder;
  const std::string disk = folder.path("disk");
  std::filesystem::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) {
    GTEST_SKIP() << "needs the right to mount a small disk";
  }
  const std::string input = folder.write("in.jsonl", many_records(20'000));
  const std::string whole = uninterrupted(folder, input);
  const std::string run = disk + "/run.jsonl";
  std::ofstream(run) << "the run of before\n";
  const Finished full = tests::vernier(command(input, run));
  const std::string before = read_file(run);
  const auto kept = std::filesystem::file_size(run + ".part");
  const bool grown = mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=64m") == 0;
  const Finished done = tests::vernier(command(input, run, {"--resume"}));
  const std::string after = read_file(run);
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(disk)) ++files;
  umount(disk.c_str());
  EXPECT_EQ(full.code, 6);
  EXPECT_NE(full.err.find("No space left"), std::string::npos) << full.err;
  EXPECT_EQ(before, "the run of before\n");
  EXPECT_GT(kept, 500'000u);
  ASSERT_TRUE(grown);
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.err.find("goes on behind"), std::string::npos) << done.err;
  EXPECT_TRUE(after == whole);
  EXPECT_EQ(files, 2u) << "something besides the run and its log is left";
}

TEST(InterruptedRun, TwoProcessesOnOneFile) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(1000));
  const std::string whole = uninterrupted(folder, input);
  const std::string run = folder.path("run.jsonl");
  Running first(command("-", run));
  first.write(many_records(1000));  // and waits for more
  for (int i = 0; i < 10'000 && !std::filesystem::exists(run + ".part"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  const Finished second = tests::vernier(command(input, run));
  EXPECT_EQ(second.code, 6);
  EXPECT_NE(second.err.find("process " + std::to_string(first.id()) + " is writing it"),
            std::string::npos)
      << second.err;
  first.close_input();
  EXPECT_EQ(first.wait().code, 0);
  EXPECT_TRUE(read_file(run) == whole);
}

TEST(InterruptedRun, OfOtherInputIsRefusedOnRequestAndOverwrittenElse) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(200));
  const std::string whole = uninterrupted(folder, input);
  const std::string run = folder.path("run.jsonl");
  const std::string half = whole.substr(0, whole.size() / 2);
  const std::string other = folder.write("other.jsonl", many_records(199));

  folder.write("run.jsonl.part", half);
  const Finished refused = tests::vernier(command(other, run, {"--resume"}));
  EXPECT_EQ(refused.code, 5);
  EXPECT_NE(refused.err.find("is of another run: dataset digest"), std::string::npos)
      << refused.err;
  EXPECT_EQ(read_file(run + ".part"), half) << "a refused journal must stay";

  const Finished compact = tests::vernier(command(input, run, {"--resume", "--compact"}));
  EXPECT_EQ(compact.code, 5);
  EXPECT_NE(compact.err.find("texts kept / left out"), std::string::npos) << compact.err;

  const std::string other_whole = uninterrupted(folder, other, "other-whole.jsonl");
  const Finished overwritten = tests::vernier(command(other, run));
  EXPECT_EQ(overwritten.code, 0);
  EXPECT_NE(overwritten.err.find("overwritten"), std::string::npos) << overwritten.err;
  EXPECT_TRUE(read_file(run) == other_whole);
}

// The digest of candidates does not know their order; the journal's records do.
TEST(InterruptedRun, OfReorderedInputIsRefused) {
  const TemporaryFolder folder;
  std::string lines = many_records(200), reversed;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin) + 1;
    reversed.insert(0, lines.substr(begin, end - begin));
    begin = end;
  }
  const std::string input = folder.write("in.jsonl", lines);
  const std::string backwards = folder.write("backwards.jsonl", reversed);
  const std::string whole = uninterrupted(folder, input);
  folder.write("run.jsonl.part", whole.substr(0, whole.size() / 2));
  const Finished done = tests::vernier(command(backwards, folder.path("run.jsonl"), {"--resume"}));
  EXPECT_EQ(done.code, 5);
  EXPECT_NE(done.err.find("sample 1 of it is 0, that of the input is 199"), std::string::npos)
      << done.err;
}

// A candidate that was edited meanwhile must not keep its old score.
TEST(InterruptedRun, OfChangedCandidatesIsRefused) {
  const TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", many_records(200));
  const std::string whole = uninterrupted(folder, input);
  std::string text = many_records(200);
  text.replace(text.find("a dog number 0"), 5, "a cat");
  const std::string changed = folder.write("changed.jsonl", text);
  folder.write("run.jsonl.part", whole.substr(0, whole.size() / 2));
  const Finished done = tests::vernier(command(changed, folder.path("run.jsonl"), {"--resume"}));
  EXPECT_EQ(done.code, 5);
  EXPECT_NE(done.err.find("candidates digest"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace vernier
