// In how many documents (images) each n-gram occurs: what CIDEr's weights are made of.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

namespace vernier {

/// A table from n-gram fingerprint (SampleNgrams) to document count, filled by many threads.
/// Counts are integers, so the result does not depend on the order of arrival.
class DocumentFrequencies {
 public:
  /// One thread's buffer: keys are sorted into parts and handed over in batches, so that an insert
  /// touches a table small enough for the cache.
  class Writer {
   public:
    explicit Writer(DocumentFrequencies& table) : table_(table) {}
    ~Writer() { flush(); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    /// Counts one document with these distinct n-grams.
    void add_document(std::span<const std::uint64_t> fingerprints);
    void flush();

   private:
    DocumentFrequencies& table_;
    std::uint64_t documents_ = 0;
    std::array<std::vector<std::uint64_t>, 64> buffers_;
  };

  std::uint64_t documents() const { return documents_.load(std::memory_order_relaxed); }
  /// Documents that hold the n-gram; 0 when none does. Not while a Writer is at work.
  std::uint32_t operator[](std::uint64_t fingerprint) const {
    const Part& part = parts_[part_of(fingerprint)];
    if (part.slots.empty()) return 0;
    std::size_t i = fingerprint & (part.slots.size() - 1);
    while (part.slots[i].count != 0) {
      if (part.slots[i].fingerprint == fingerprint) return part.slots[i].count;
      i = (i + 1) & (part.slots.size() - 1);
    }
    return 0;
  }
  /// Asks the cache for the slot that operator[] will read first.
  void prefetch(std::uint64_t fingerprint) const {
    const Part& part = parts_[part_of(fingerprint)];
    if (!part.slots.empty()) {
      __builtin_prefetch(part.slots.data() + (fingerprint & (part.slots.size() - 1)));
    }
  }
  /// Number of distinct n-grams.
  std::size_t size() const;

  struct Entry {
    std::uint64_t fingerprint;
    std::uint32_t count;
  };
  /// Everything, sorted by fingerprint: equal tables give equal entries.
  std::vector<Entry> entries() const;
  /// Adds what another table (a stored file, another shard) counted.
  void add(std::span<const Entry> entries, std::uint64_t documents);

 private:
  static constexpr std::size_t kParts = 64;
  static std::size_t part_of(std::uint64_t fingerprint) { return fingerprint >> 58; }

  struct Slot {
    std::uint64_t fingerprint = 0;
    std::uint32_t count = 0;
  };
  struct Part {
    std::mutex mutex;
    std::vector<Slot> slots;
    std::size_t used = 0;
    void add(std::uint64_t fingerprint, std::uint32_t count = 1);
    void grow();
  };
  std::array<Part, kParts> parts_;
  std::atomic<std::uint64_t> documents_{0};
};

}  // namespace vernier
