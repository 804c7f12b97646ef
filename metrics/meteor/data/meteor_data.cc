#include "metrics/meteor/data/meteor_data.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <system_error>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::meteor {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw Error(ExitCode::kResource,
              fmt::format("{}: {}; METEOR's data is built by: make data, or vernier data "
                          "--build-meteor FILE --paraphrases paraphrase-en.gz (without a table: "
                          "--build-meteor FILE, then score with --meteor-no-paraphrase)",
                          printable(path), what));
}

}  // namespace

class MeteorData::Mapping {
 public:
  explicit Mapping(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) fail(path, "cannot be opened: " + std::generic_category().message(errno));
    struct stat info {};
    const bool regular = ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    if (regular && info.st_size > 0) {
      bytes_ = static_cast<std::size_t>(info.st_size);
      void* p = ::mmap(nullptr, bytes_, PROT_READ, MAP_PRIVATE, fd, 0);
      if (p != MAP_FAILED) data_ = static_cast<const char*>(p);
    }
    ::close(fd);
    if (data_ == nullptr) fail(path, "is not METEOR data");
  }
  ~Mapping() {
    if (data_ != nullptr) ::munmap(const_cast<char*>(data_), bytes_);
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  const char* data() const { return data_; }
  std::size_t bytes() const { return bytes_; }

 private:
  const char* data_ = nullptr;
  std::size_t bytes_ = 0;
};

std::shared_ptr<const MeteorData> MeteorData::open(const std::string& path) {
  return std::shared_ptr<const MeteorData>(new MeteorData(path));
}

MeteorData::MeteorData(std::string path)
    : path_(std::move(path)), mapping_(std::make_unique<Mapping>(path_)) {
  const std::size_t bytes = mapping_->bytes();
  if (bytes < sizeof(FileHeader)) fail(path_, "is not METEOR data");
  std::memcpy(&header_, mapping_->data(), sizeof(FileHeader));
  if (header_.magic != kMagic) fail(path_, "is not METEOR data");
  if (header_.version != kFormatVersion || header_.header_bytes != sizeof(FileHeader)) {
    fail(path_, fmt::format("has format version {}, this program reads version {}", header_.version,
                            kFormatVersion));
  }
  if (header_.file_bytes != bytes) {
    fail(path_, fmt::format("is truncated: {} bytes of {}", bytes, header_.file_bytes));
  }
  const std::uint64_t payload = header_.payload_offset;
  if (payload < sizeof(FileHeader) || payload > bytes) damaged();
  const std::uint64_t blocks = (bytes - payload + kBlockBytes - 1) / kBlockBytes;
  if (payload != aligned(sizeof(FileHeader) + 8 * blocks)) damaged();
  block_sums_ = {reinterpret_cast<const std::uint64_t*>(mapping_->data() + sizeof(FileHeader)),
                 blocks};
  const std::uint64_t sum = hash_bytes({mapping_->data(), offsetof(FileHeader, check)}) ^
                            hash_bytes({mapping_->data() + sizeof(FileHeader),
                                        static_cast<std::size_t>(payload - sizeof(FileHeader))});
  if (sum != header_.check) damaged();
  payload_ = mapping_->data() + payload;
  checked_ = std::make_unique<std::atomic<bool>[]>(blocks);
  open_sections();
}

MeteorData::~MeteorData() = default;

template <class T>
std::span<const T> MeteorData::section(Section which) const {
  const SectionRange& range = header_.sections[which];
  if (range.offset < header_.payload_offset || range.offset % kAlignment != 0 ||
      range.offset > header_.file_bytes || range.bytes > header_.file_bytes - range.offset ||
      range.bytes % sizeof(T) != 0) {
    damaged();
  }
  return {reinterpret_cast<const T*>(mapping_->data() + range.offset),
          static_cast<std::size_t>(range.bytes / sizeof(T))};
}

void MeteorData::open_sections() {
  const auto starts = [this](Section which, std::uint32_t rows) {
    const std::span<const std::uint32_t> values = section<std::uint32_t>(which);
    if (values.size() != std::size_t{rows} + 1) damaged();
    return values.data();
  };
  if (header_.phrase_words > header_.words || header_.phrase_words > kNoPhraseWord ||
      header_.nodes == 0 || header_.nodes > kMaxNodes) {
    damaged();
  }
  word_slots_ = section<std::uint32_t>(kWordSlots);
  edges_ = section<Edge>(kEdges);
  if (!std::has_single_bit(word_slots_.size()) || !std::has_single_bit(edges_.size()) ||
      word_slots_.size() <= header_.words || edges_.size() < header_.nodes) {
    damaged();
  }
  word_starts_ = starts(kWordStarts, header_.words);
  word_text_ = section<char>(kWordText);
  synset_starts_ = starts(kSynsetStarts, header_.words);
  synsets_ = section<std::uint32_t>(kSynsets);
  base_starts_ = starts(kBaseStarts, header_.words);
  bases_ = section<std::uint32_t>(kBases);
  lists_ = section<std::uint8_t>(kLists);
}

std::uint32_t MeteorData::find_word(std::string_view word) const {
  const std::uint64_t hash = hash_bytes(word);
  const std::uint32_t tag = static_cast<std::uint32_t>(hash >> 56) << 24;
  const std::size_t mask = word_slots_.size() - 1;
  for (std::size_t i = hash & mask, probes = 0; probes <= mask; i = (i + 1) & mask, ++probes) {
    check(&word_slots_[i], sizeof(std::uint32_t));
    const std::uint32_t slot = word_slots_[i];
    if (slot == 0) return kNoIndex;
    if ((slot & 0xFF000000u) != tag) continue;
    const std::uint32_t index = (slot & 0xFFFFFFu) - 1;
    if (index >= header_.words) damaged();
    check(word_starts_ + index, 2 * sizeof(std::uint32_t));
    const std::uint32_t begin = word_starts_[index], end = word_starts_[index + 1];
    if (begin >= end || end > word_text_.size()) damaged();
    check(word_text_.data() + begin, end - begin);
    if (std::string_view(word_text_.data() + begin, end - begin) == word) return index;
  }
  damaged();
}

std::span<const std::uint32_t> MeteorData::rows(const std::uint32_t* starts,
                                                std::span<const std::uint32_t> items,
                                                std::uint32_t row) const {
  if (row >= header_.words) damaged();
  check(starts + row, 2 * sizeof(std::uint32_t));
  const std::uint32_t begin = starts[row], end = starts[row + 1];
  if (begin > end || end > items.size()) damaged();
  if (begin == end) return {};
  check(items.data() + begin, (end - begin) * sizeof(std::uint32_t));
  return items.subspan(begin, end - begin);
}

PhraseNode MeteorData::child(std::uint32_t node, std::uint16_t word) const {
  const std::uint64_t key = edge_key(node, word);
  const std::size_t mask = edges_.size() - 1;
  for (std::size_t i = edge_hash(key) & mask, probes = 0; probes <= mask;
       i = (i + 1) & mask, ++probes) {
    check(&edges_[i], sizeof(Edge));
    const Edge& edge = edges_[i];
    if (edge.key == 0) return {};
    if (edge.key >> 24 != key) continue;
    const std::uint32_t child = static_cast<std::uint32_t>(edge.key & 0xFFFFFFu);
    if (child >= header_.nodes || edge.list_begin > lists_.size() ||
        edge.list_bytes > lists_.size() - edge.list_begin) {
      damaged();
    }
    return {child, {edge.list_begin, edge.list_bytes}};
  }
  damaged();
}

void MeteorData::verify() const {
  for (std::uint64_t block = 0; block < block_sums_.size(); ++block) check_block(block);
}

void MeteorData::check_block(std::uint64_t block) const {
  const std::uint64_t payload_bytes = header_.file_bytes - header_.payload_offset;
  const std::uint64_t begin = block * kBlockBytes;
  const std::size_t bytes = std::min(kBlockBytes, payload_bytes - begin);
  if (hash_bytes({payload_ + begin, bytes}) != block_sums_[block]) damaged();
  checked_[block].store(true, std::memory_order_relaxed);
}

void MeteorData::damaged() const { fail(path_, "is damaged"); }

}  // namespace vernier::meteor
