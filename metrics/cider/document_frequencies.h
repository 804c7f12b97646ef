// In how many documents (images) each n-gram occurs: what CIDEr's weights are made of.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "base/zeroed_array.h"

namespace vernier {

/// A table from n-gram fingerprint (SampleNgrams) to document count, filled by many threads.
/// Counts are integers, so the result does not depend on the order of arrival. The fingerprint 0
/// marks free slots: an n-gram that has it (1 in 2^64) counts as if it were in one document.
class DocumentFrequencies {
  static constexpr std::size_t kParts = 8;
  static std::size_t part_of(std::uint64_t fingerprint) { return fingerprint >> 61; }

 public:
  /// One thread's buffer: keys are sorted into parts and handed over in batches, which takes each
  /// lock rarely and lets the memory be asked for ahead.
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
    void hand_over(std::size_t part);

    DocumentFrequencies& table_;
    std::uint64_t documents_ = 0;
    std::array<std::vector<std::uint64_t>, kParts> buffers_;
  };

  std::uint64_t documents() const { return documents_.load(std::memory_order_relaxed); }

  /// False only when fewer than two documents hold the n-gram. Answers from a small bitmap: more
  /// than half of all n-grams of captions need no look at the table. None of these while a Writer
  /// is at work.
  bool may_repeat(std::uint64_t fingerprint) const {
    return parts_[part_of(fingerprint)].may_repeat(fingerprint);
  }
  /// Asks the cache for what repeated_count() will read first.
  void prefetch(std::uint64_t fingerprint) const {
    parts_[part_of(fingerprint)].prefetch_count(fingerprint);
  }
  /// Documents that hold the n-gram, or 1 when fewer than two do.
  std::uint32_t repeated_count(std::uint64_t fingerprint) const {
    const Part& part = parts_[part_of(fingerprint)];
    const std::uint32_t count = part.counts[part.count_slot(fingerprint)].count;
    return count == 0 ? 1 : count;
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
  struct Slot {
    std::uint64_t fingerprint;
    std::uint32_t count;  // 0: free
  };
  // Three of four n-grams of captions occur in one document only. They take 8 bytes, as members of
  // `seen`; the others are in `counts` too. Both tables probe linearly and are 2/3 full at most.
  struct Part {
    std::mutex mutex;
    ZeroedArray<std::uint64_t> seen{1024};  // 0: free
    ZeroedArray<Slot> counts{1024};         // of n-grams of several documents
    // One bit for each slot of `counts`, by other bits of the fingerprint: set for those n-grams.
    ZeroedArray<std::uint64_t> repeated{1024 / 64};
    std::size_t seen_used = 0, counts_used = 0;

    /// False when the n-gram was there before.
    bool insert(std::uint64_t fingerprint);
    /// Counts an n-gram of several documents, `before` of which are not counted yet.
    void count(std::uint64_t fingerprint, std::uint32_t before, std::uint32_t more);
    void grow_seen();
    void grow_counts();
    std::size_t seen_slot(std::uint64_t fingerprint) const {
      std::size_t i = fingerprint & (seen.size() - 1);
      while (seen[i] != 0 && seen[i] != fingerprint) i = (i + 1) & (seen.size() - 1);
      return i;
    }
    std::size_t count_slot(std::uint64_t fingerprint) const {
      std::size_t i = fingerprint & (counts.size() - 1);
      while (counts[i].count != 0 && counts[i].fingerprint != fingerprint) {
        i = (i + 1) & (counts.size() - 1);
      }
      return i;
    }
    void prefetch_seen(std::uint64_t fingerprint) const {
      __builtin_prefetch(seen.data() + (fingerprint & (seen.size() - 1)));
    }
    void prefetch_count(std::uint64_t fingerprint) const {
      __builtin_prefetch(counts.data() + (fingerprint & (counts.size() - 1)));
    }
    std::size_t bit_of(std::uint64_t fingerprint) const {
      return fingerprint >> 24 & (counts.size() - 1);
    }
    bool may_repeat(std::uint64_t fingerprint) const {
      const std::size_t bit = bit_of(fingerprint);
      return (repeated[bit / 64] >> bit % 64 & 1) != 0;
    }
    void set_repeated(std::uint64_t fingerprint) {
      const std::size_t bit = bit_of(fingerprint);
      repeated[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
  };
  std::array<Part, kParts> parts_;
  std::atomic<std::uint64_t> documents_{0};
};

}  // namespace vernier
