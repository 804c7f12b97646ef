#include "base/io/byte_sink.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "tests/datasets/reading.h"

namespace vernier::tests {
namespace {

std::size_t files_in(const std::string& folder) {
  std::size_t n = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++n;
  return n;
}

TEST(ByteSink, AppearsOnCommitOnly) {
  const TemporaryFolder folder;
  const std::string path = folder.path("out.json");
  {
    ByteSink sink(path);
    sink.write("half");
    sink.flush();
    EXPECT_FALSE(std::filesystem::exists(path));
  }
  EXPECT_EQ(files_in(folder.path(".")), 0u);
  ByteSink sink(path);
  sink.write("whole");
  sink.commit();
  EXPECT_EQ(file_bytes(path), "whole");
  EXPECT_EQ(files_in(folder.path(".")), 1u);
}

TEST(ByteSink, KeepsTheOldFileUntilCommit) {
  const TemporaryFolder folder;
  const std::string path = folder.write_raw("out", "old");
  ::chmod(path.c_str(), 0640);
  {
    ByteSink sink(path);
    sink.write("new");
  }
  EXPECT_EQ(file_bytes(path), "old");
  ByteSink sink(path);
  sink.write("new");
  sink.commit();
  EXPECT_EQ(file_bytes(path), "new");
  struct stat status {};
  ::stat(path.c_str(), &status);
  EXPECT_EQ(status.st_mode & 07777, 0640u);
}

TEST(ByteSink, FollowsLinks) {
  const TemporaryFolder folder;
  folder.write_raw("target", "old");
  std::filesystem::create_symlink("target", folder.path("link"));
  folder.write("link", "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path("link")));
  EXPECT_EQ(file_bytes(folder.path("target")), "new");
}

TEST(ByteSink, EqualContentGivesEqualBytes) {
  const TemporaryFolder folder;
  for (const char* ending : {".gz", ".zst"}) {
    std::string content;
    for (int i = 0; i < 100'000; ++i) content += std::to_string(i);
    const std::string first = file_bytes(folder.write(std::string("a") + ending, content));
    ByteSink sink(folder.path(std::string("b") + ending));
    for (std::size_t i = 0; i < content.size(); i += 1001) {
      sink.write(std::string_view(content).substr(i, 1001));
    }
    sink.commit();
    EXPECT_EQ(file_bytes(folder.path(std::string("b") + ending)), first);
  }
  // No time, no name: RFC 1952.
  const std::string header = file_bytes(folder.path("a.gz")).substr(0, 8);
  EXPECT_EQ(header, std::string_view("\x1f\x8b\x08\0\0\0\0\0", 8));
}

TEST(ByteSink, LongNames) {
  const TemporaryFolder folder;
  const std::string name(255, 'n');
  folder.write(name, "x");
  EXPECT_EQ(file_bytes(folder.path(name)), "x");
}

TEST(ByteSink, FailuresNamePathAndReason) {
  const TemporaryFolder folder;
  const auto failure = [](const std::string& path) -> std::string {
    try {
      ByteSink sink(path);
      sink.write("x");
      sink.commit();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kOutput);
      return error.what();
    }
    return "";
  };
  EXPECT_NE(failure(folder.path("missing/out")).find("No such file"), std::string::npos);
  EXPECT_NE(failure(folder.path(".")).find("directory"), std::string::npos);
  EXPECT_NE(failure("").find("No such file"), std::string::npos);
  EXPECT_NE(failure("/dev/full").find("/dev/full: cannot be written: No space left"),
            std::string::npos);
  EXPECT_EQ(failure("/dev/null"), "");
  if (::geteuid() != 0) {
    std::filesystem::create_directory(folder.path("closed"));
    ::chmod(folder.path("closed").c_str(), 0500);
    EXPECT_NE(failure(folder.path("closed/out")).find("Permission denied"), std::string::npos);
  }
}

TEST(ByteSink, ClosedPipe) {
  const TemporaryFolder folder;
  std::signal(SIGPIPE, SIG_IGN);
  const std::string path = folder.path("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  ByteSink sink(path);
  ::close(reader);
  sink.write("x");
  EXPECT_THROW(sink.commit(), BrokenPipe);
}

}  // namespace
}  // namespace vernier::tests
