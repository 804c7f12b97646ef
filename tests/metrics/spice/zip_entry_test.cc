// Files out of zip archives, which are written here byte by byte.
#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

#include "base/error.h"
#include "metrics/spice/grammar/file/jar.h"
#include "tests/support/command.h"

namespace vernier::tests {
namespace {

using spice::is_zip;
using spice::read_zip_entry;

constexpr std::uint64_t kMost = 1 << 20;
constexpr std::uint32_t kIn64 = 0xFFFFFFFF;

std::string number(std::uint64_t value, int bytes) {
  std::string out;
  for (; bytes > 0; --bytes, value >>= 8) out += static_cast<char>(value & 0xFF);
  return out;
}

std::string deflated(const std::string& content) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, content.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

/// How an archive is written (APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16).
struct Layout {
  int method = Z_DEFLATED;
  std::uint16_t flags = 0;
  bool zip64 = false;
  std::string comment = {};
  std::uint32_t crc_error = 0;
};

class Archive {
 public:
  explicit Archive(Layout layout) : layout_(std::move(layout)) {}

  void add(const std::string& name, const std::string& content) {
    const std::string packed = layout_.method == Z_DEFLATED ? deflated(content) : content;
    const std::uint32_t crc =
        layout_.crc_error ^ static_cast<std::uint32_t>(crc32_z(
                                0, reinterpret_cast<const Bytef*>(content.data()), content.size()));
    const std::string common =
        number(layout_.flags, 2) + number(layout_.method, 2) + number(0, 4) + number(crc, 4);
    const std::uint64_t offset = bytes_.size();
    bytes_ += "PK\3\4" + number(20, 2) + common + number(packed.size(), 4) +
              number(content.size(), 4) + number(name.size(), 2) + number(5, 2) + name + "extra" +
              packed;
    const auto in32 = [&](std::uint64_t value) { return number(layout_.zip64 ? kIn64 : value, 4); };
    const std::string sizes =
        number(content.size(), 8) + number(packed.size(), 8) + number(offset, 8);
    // Another extra field comes before the one that counts.
    const std::string extra = layout_.zip64 ? number(0x5455, 2) + number(1, 2) + "x" +
                                                  number(1, 2) + number(sizes.size(), 2) + sizes
                                            : std::string();
    directory_ += "PK\1\2" + number(20, 2) + number(20, 2) + common + in32(packed.size()) +
                  in32(content.size()) + number(name.size(), 2) + number(extra.size(), 2) +
                  number(0, 2) + number(0, 8) + in32(offset) + name + extra;
    ++entries_;
  }

  std::string finish() {
    const std::uint64_t begin = bytes_.size();
    std::string out = bytes_ + directory_;
    if (layout_.zip64) {
      const std::uint64_t end64 = out.size();
      out += "PK\6\6" + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8) +
             number(entries_, 8) + number(entries_, 8) + number(directory_.size(), 8) +
             number(begin, 8);
      out += "PK\6\7" + number(0, 4) + number(end64, 8) + number(1, 4);
    }
    return out + "PK\5\6" + number(0, 4) + number(entries_, 2) + number(entries_, 2) +
           number(layout_.zip64 ? kIn64 : directory_.size(), 4) +
           number(layout_.zip64 ? kIn64 : begin, 4) + number(layout_.comment.size(), 2) +
           layout_.comment;
  }

 private:
  Layout layout_;
  std::string bytes_, directory_;
  std::uint64_t entries_ = 0;
};

std::string content() {
  std::string out;
  for (int n = 0; n < 500; ++n) out += "line " + std::to_string(n * n) + "\n";
  return out;
}

std::string archive(Layout layout) {
  Archive made(std::move(layout));
  made.add("first", "something else");
  made.add("models/grammar", content());
  made.add("last", "");
  return made.finish();
}

/// The message of the Error(kResource) that reading ends with; empty where it does not.
std::string refusal(const std::string& path, std::string_view name, std::uint64_t most = kMost) {
  try {
    read_zip_entry(path, name, most);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kResource);
    return error.what();
  }
  return {};
}

TEST(ZipEntry, StoredDeflatedLargeAndWithAComment) {
  const TemporaryFolder folder;
  for (const Layout& layout :
       {Layout{}, Layout{.method = 0}, Layout{.zip64 = true}, Layout{.comment = "PK\5\6 in it"}}) {
    const std::string path = folder.write("a.jar", archive(layout));
    EXPECT_TRUE(is_zip(path));
    EXPECT_EQ(read_zip_entry(path, "models/grammar", kMost), content());
    EXPECT_EQ(read_zip_entry(path, "first", kMost), "something else");
    EXPECT_EQ(read_zip_entry(path, "last", kMost), "");
  }
}

TEST(ZipEntry, SaysWhyItRefuses) {
  const TemporaryFolder folder;
  const auto why = [&](Layout layout, std::string_view name = "first", std::uint64_t most = kMost) {
    return refusal(folder.write("a.jar", archive(std::move(layout))), name, most);
  };
  EXPECT_NE(why({}, "missing").find("without missing"), std::string::npos);
  EXPECT_NE(why({.flags = 1}).find("encrypted"), std::string::npos);
  EXPECT_NE(why({.crc_error = 1}).find("damaged"), std::string::npos);
  EXPECT_NE(why({}, "models/grammar", 100).find("too large"), std::string::npos);
  EXPECT_NE(why({.method = 12}).find("unknown way"), std::string::npos);
  EXPECT_FALSE(is_zip(folder.write("text", "no archive")));
  EXPECT_FALSE(is_zip(folder.path("nowhere").string()));
}

TEST(ZipEntry, RefusesArchivesThatAreCutAnywhere) {
  const TemporaryFolder folder;
  for (const bool zip64 : {false, true}) {
    const std::string whole = archive({.zip64 = zip64});
    for (std::size_t size = 0; size < whole.size(); size += 7) {
      const std::string path = folder.write("cut.jar", whole.substr(0, size));
      EXPECT_NE(refusal(path, "models/grammar"), "") << size;
    }
  }
}

}  // namespace
}  // namespace vernier::tests
