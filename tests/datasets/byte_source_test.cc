#include "base/io/byte_source.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <random>

#include "tests/datasets/reading.h"

namespace vernier::tests {
namespace {

std::string read_all(const std::string& path, std::size_t step = 1 << 16,
                     const ExpansionLimits& limits = {}) {
  const auto source = ByteSource::open(path, limits);
  std::string all, piece(step, '\0');
  while (const std::size_t n = source->read(piece.data(), step)) all.append(piece, 0, n);
  EXPECT_EQ(source->read(piece.data(), step), 0u);
  EXPECT_EQ(ByteSource::open(path, limits)->read_rest(), all);
  return all;
}

std::string failure(const std::string& path, ExitCode code, const ExpansionLimits& limits = {}) {
  try {
    read_all(path, 1 << 16, limits);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_EQ(std::string(error.what()).find(path), 0u) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}

std::string noise(std::size_t size) {
  std::mt19937 random(7);
  std::string text(size, '\0');
  for (char& c : text) c = static_cast<char>('a' + random() % 7);
  return text;
}

TEST(ByteSource, ReadsWhatWasWritten) {
  const TemporaryFolder folder;
  for (const std::size_t size : {0, 1, 3, 4, 5, 1000, 300'000, 1'000'000}) {
    const std::string content = noise(size);
    for (const char* name : {"plain", "zipped.gz", "zstd.zst"}) {
      const std::string path = folder.write(name, content);
      for (const std::size_t step : {std::size_t{1} << 16, std::size_t{4097}, std::size_t{1}}) {
        if (step == 1 && size > 1000) continue;
        EXPECT_EQ(read_all(path, step), content) << name << ' ' << size << ' ' << step;
      }
    }
  }
}

TEST(ByteSource, TellsCompressionByContent) {
  const TemporaryFolder folder;
  const std::string gzip = file_bytes(folder.write("a.gz", "text"));
  EXPECT_EQ(read_all(folder.write_raw("a.txt", gzip)), "text");
  EXPECT_EQ(read_all(folder.write_raw("b.gz", "text")), "text");
  EXPECT_EQ(ByteSource::open(folder.path("a.txt"))->compression(), Compression::kGzip);
  EXPECT_EQ(ByteSource::open(folder.path("b.gz"))->compression(), Compression::kNone);
}

TEST(ByteSource, MembersAndFrames) {
  const TemporaryFolder folder;
  for (const char* ending : {".gz", ".zst"}) {
    const std::string one = file_bytes(folder.write(std::string("one") + ending, "one"));
    const std::string none = file_bytes(folder.write(std::string("none") + ending, ""));
    const std::string two = file_bytes(folder.write(std::string("two") + ending, noise(400'000)));
    const std::string path = folder.write_raw("all", one + none + two + none + one);
    EXPECT_EQ(read_all(path), "one" + noise(400'000) + "one");
  }
  const std::string gzip = file_bytes(folder.path("one.gz"));
  EXPECT_EQ(read_all(folder.write_raw("padded", gzip + std::string(700, '\0'))), "one");
  const std::string zstd = file_bytes(folder.path("one.zst"));
  const std::string skippable("\x50\x2a\x4d\x18\x03\0\0\0abc", 11);
  EXPECT_EQ(read_all(folder.write_raw("skippable", skippable + zstd + skippable)), "one");
}

TEST(ByteSource, DamagedStreams) {
  const TemporaryFolder folder;
  for (const char* ending : {".gz", ".zst"}) {
    const std::string good = file_bytes(folder.write(std::string("good") + ending, noise(100'000)));
    for (const std::size_t size : {std::size_t{5}, good.size() / 2, good.size() - 1}) {
      const std::string message =
          failure(folder.write_raw("cut", good.substr(0, size)), ExitCode::kBadInput);
      EXPECT_NE(message.find("ends early"), std::string::npos) << message;
    }
    std::string bad = good;
    bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 0x55);
    failure(folder.write_raw("bad", bad), ExitCode::kBadInput);
    EXPECT_NE(failure(folder.write_raw("tail", good + "tail"), ExitCode::kBadInput).find("follow"),
              std::string::npos);
  }
}

TEST(ByteSource, Bombs) {
  const TemporaryFolder folder;
  const std::string zeros(8 << 20, '\0');
  for (const char* name : {"bomb.gz", "bomb.zst"}) {
    const std::string path = folder.write(name, zeros);
    ExpansionLimits limits;
    limits.ratio_from = 1 << 20;
    EXPECT_NE(failure(path, ExitCode::kBadInput, limits).find("bomb"), std::string::npos);
    limits.max_ratio = 1e9;
    EXPECT_EQ(read_all(path, 1 << 16, limits).size(), zeros.size());
    limits.max_bytes = 3 << 20;
    EXPECT_NE(failure(path, ExitCode::kBadInput, limits).find("3145728 bytes"), std::string::npos);
  }
  ExpansionLimits limits;
  limits.max_bytes = 10;
  EXPECT_EQ(read_all(folder.write("plain", zeros), 1 << 16, limits).size(), zeros.size());
}

TEST(ByteSource, ZstdWindowIsLimited) {
  const TemporaryFolder folder;
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 30);
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  std::string out(1 << 16, '\0');
  ZSTD_inBuffer in{"abc", 3, 0};
  ZSTD_outBuffer result{out.data(), out.size(), 0};
  ZSTD_compressStream2(context, &result, &in, ZSTD_e_flush);
  ZSTD_compressStream2(context, &result, &in, ZSTD_e_end);
  ZSTD_freeCCtx(context);
  failure(folder.write_raw("wide", out.substr(0, result.pos)), ExitCode::kBadInput);
}

TEST(ByteSource, PathsThatCannotBeOpened) {
  const TemporaryFolder folder;
  EXPECT_NE(failure(folder.path("missing"), ExitCode::kUsage).find("No such file"),
            std::string::npos);
  EXPECT_NE(failure(folder.path("."), ExitCode::kUsage).find("directory"), std::string::npos);
  EXPECT_NE(failure(folder.path(std::string(300, 'x')), ExitCode::kUsage).find("too long"),
            std::string::npos);
  try {
    ByteSource::open(folder.path("a\n\x1b[2J"));
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("a\\n\\x1b[2J"), std::string::npos);
  }
}

}  // namespace
}  // namespace vernier::tests
