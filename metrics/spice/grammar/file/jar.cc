#include "metrics/spice/grammar/file/jar.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <system_error>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::spice {
namespace {

constexpr std::uint32_t kEndRecord = 0x06054B50, kEnd64Record = 0x06064B50,
                        kEnd64Locator = 0x07064B50, kCentralEntry = 0x02014B50,
                        kLocalEntry = 0x04034B50;
constexpr std::size_t kEndBytes = 22, kLocatorBytes = 20, kEnd64Bytes = 56, kCentralBytes = 46,
                      kLocalBytes = 30;
constexpr std::uint32_t kIn64 = 0xFFFFFFFF;
// The central directory of the models has 3 kB; a hundred thousand entries have about 10 MB.
constexpr std::uint64_t kMostDirectory = 64 << 20;

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

class File {
 public:
  explicit File(const std::string& path)
      : name_(printable(path, 4096)), fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) fail(std::generic_category().message(errno));
    struct stat status {};
    if (::fstat(fd_, &status) == 0 && S_ISREG(status.st_mode)) {
      size_ = static_cast<std::uint64_t>(status.st_size);
    }
  }
  ~File() { ::close(fd_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  std::uint64_t size() const { return size_; }

  [[noreturn]] void fail(std::string_view why) const {
    throw Error(ExitCode::kResource, fmt::format("{}: {}", name_, why));
  }

  /// Exactly these bytes. They must lie inside the file before memory is taken for them.
  std::string read(std::uint64_t offset, std::uint64_t count) const {
    if (offset > size_ || count > size_ - offset) fail("a truncated or damaged zip archive");
    std::string bytes(count, '\0');
    for (std::size_t done = 0; done < count;) {
      const ssize_t n =
          ::pread(fd_, bytes.data() + done, count - done, static_cast<off_t>(offset + done));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail(std::generic_category().message(errno));
      if (n == 0) fail("became shorter while it was read");
      done += static_cast<std::size_t>(n);
    }
    return bytes;
  }

 private:
  std::string name_;
  int fd_;
  std::uint64_t size_ = 0;
};

struct Directory {
  std::uint64_t offset, bytes;
};

Directory find_directory(const File& file) {
  const std::uint64_t tail_bytes = std::min<std::uint64_t>(file.size(), kEndBytes + 0xFFFF);
  const std::uint64_t tail_begin = file.size() - tail_bytes;
  const std::string tail = file.read(tail_begin, tail_bytes);
  for (std::size_t at = tail.size(); at-- > 0;) {
    if (tail.size() - at < kEndBytes || number(tail, at, 4) != kEndRecord) continue;
    Directory directory = {number(tail, at + 16, 4), number(tail, at + 12, 4)};
    if (directory.offset != kIn64 && directory.bytes != kIn64) return directory;
    if (tail_begin + at < kLocatorBytes) break;
    const std::string locator = file.read(tail_begin + at - kLocatorBytes, kLocatorBytes);
    if (number(locator, 0, 4) != kEnd64Locator) return directory;
    const std::string end = file.read(number(locator, 8, 8), kEnd64Bytes);
    if (number(end, 0, 4) != kEnd64Record) break;
    return {number(end, 48, 8), number(end, 40, 8)};
  }
  file.fail("a truncated or damaged zip archive");
}

struct Entry {
  std::uint64_t flags, method, crc, packed, size, offset;
};

/// Sizes and offsets that do not fit into 32 bits stand in the extra field 1, in this order.
void read_zip64(std::string_view extra, Entry& entry) {
  while (extra.size() >= 4) {
    const std::size_t bytes = std::min<std::size_t>(number(extra, 2, 2), extra.size() - 4);
    if (number(extra, 0, 2) == 1) {
      std::size_t at = 4;
      for (std::uint64_t* value : {&entry.size, &entry.packed, &entry.offset}) {
        if (*value != kIn64 || at + 8 > 4 + bytes) continue;
        *value = number(extra, at, 8);
        at += 8;
      }
      return;
    }
    extra.remove_prefix(4 + bytes);
  }
}

Entry find_entry(const File& file, std::string_view name) {
  const Directory directory = find_directory(file);
  if (directory.bytes > kMostDirectory) file.fail("a zip archive with too many entries");
  const std::string bytes = file.read(directory.offset, directory.bytes);
  for (std::size_t at = 0; bytes.size() - at >= kCentralBytes;) {
    if (number(bytes, at, 4) != kCentralEntry) break;
    const std::size_t name_bytes = number(bytes, at + 28, 2), extra = number(bytes, at + 30, 2),
                      comment = number(bytes, at + 32, 2);
    const std::size_t entry_bytes = kCentralBytes + name_bytes + extra + comment;
    if (entry_bytes > bytes.size() - at) break;
    const std::string_view whole = std::string_view(bytes).substr(at, entry_bytes);
    if (whole.substr(kCentralBytes, name_bytes) == name) {
      Entry entry = {number(whole, 8, 2),  number(whole, 10, 2), number(whole, 16, 4),
                     number(whole, 20, 4), number(whole, 24, 4), number(whole, 42, 4)};
      read_zip64(whole.substr(kCentralBytes + name_bytes, extra), entry);
      return entry;
    }
    at += entry_bytes;
  }
  file.fail(fmt::format("a zip archive without {}", name));
}

/// What zlib makes of `packed`; `window_bits` as inflateInit2 takes them. Empty-handed (false)
/// where the data is damaged, ends early or expands to more than `most`.
bool expand(std::string_view packed, int window_bits, std::uint64_t most, std::string& out) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) throw std::bad_alloc();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  int status = Z_OK;
  while (status == Z_OK && out.size() <= most) {
    const std::size_t used = out.size();
    out.resize(used + (256 << 10));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
    stream.avail_out = static_cast<uInt>(out.size() - used);
    status = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  return status == Z_STREAM_END && out.size() <= most;
}

}  // namespace

bool is_zip(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return false;
  char head[4] = {};
  // pread fails on a pipe, whose bytes must not be taken away.
  const bool zip = ::pread(fd, head, 4, 0) == 4 && number({head, 4}, 0, 4) == kLocalEntry;
  ::close(fd);
  return zip;
}

std::string read_zip_entry(const std::string& path, std::string_view name, std::uint64_t most) {
  const File file(path);
  const Entry entry = find_entry(file, name);
  if ((entry.flags & 1) != 0) file.fail(fmt::format("{} is encrypted", name));
  if (entry.size > most || entry.packed > most) file.fail(fmt::format("{} is too large", name));
  const std::string local = file.read(entry.offset, kLocalBytes);
  if (number(local, 0, 4) != kLocalEntry) file.fail("a damaged zip archive");
  const std::uint64_t begin =
      entry.offset + kLocalBytes + number(local, 26, 2) + number(local, 28, 2);
  std::string bytes = file.read(begin, entry.packed);
  if (entry.method == Z_DEFLATED) {
    std::string expanded;
    if (!expand(bytes, -MAX_WBITS, entry.size, expanded)) {
      file.fail(fmt::format("{} is damaged", name));
    }
    bytes = std::move(expanded);
  } else if (entry.method != 0) {
    file.fail(fmt::format("{} is compressed in an unknown way", name));
  }
  const uLong crc = crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  if (bytes.size() != entry.size || crc != entry.crc) file.fail(fmt::format("{} is damaged", name));
  return bytes;
}

std::string expand_gzip(std::string_view bytes, std::uint64_t most, const std::string& path) {
  std::string expanded;
  if (!expand(bytes, 16 + MAX_WBITS, most, expanded)) {
    throw Error(ExitCode::kResource,
                printable(path, 4096) + ": the grammar in the archive is damaged");
  }
  return expanded;
}

}  // namespace vernier::spice
