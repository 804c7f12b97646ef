#include "metrics/cider/document_frequencies.h"

#include <algorithm>

namespace vernier {
namespace {

constexpr std::size_t kBatch = 1024;

// A full table grows to a huge page at once (ZeroedArray), then doubles.
template <class T>
std::size_t grown(const ZeroedArray<T>& table) {
  return std::max(table.size() * 2, (std::size_t{2} << 20) / sizeof(T));
}

}  // namespace

void DocumentFrequencies::Writer::add_document(std::span<const std::uint64_t> fingerprints) {
  ++documents_;
  for (const std::uint64_t fingerprint : fingerprints) {
    std::vector<std::uint64_t>& buffer = buffers_[part_of(fingerprint)];
    buffer.push_back(fingerprint);
    if (buffer.size() == kBatch) hand_over(part_of(fingerprint));
  }
}

// Two rounds, so that the memory of both tables is asked for before it is needed.
void DocumentFrequencies::Writer::hand_over(std::size_t p) {
  constexpr std::size_t ahead = 12;
  std::vector<std::uint64_t>& buffer = buffers_[p];
  Part& part = table_.parts_[p];
  const std::lock_guard lock(part.mutex);
  std::size_t known = 0;
  for (std::size_t i = 0; i < buffer.size(); ++i) {
    if (i + ahead < buffer.size()) part.prefetch_seen(buffer[i + ahead]);
    const std::uint64_t fingerprint = buffer[i];
    if (part.insert(fingerprint)) continue;
    part.prefetch_count(fingerprint);
    buffer[known++] = fingerprint;
  }
  for (std::size_t i = 0; i < known; ++i) part.count(buffer[i], 1, 1);
  buffer.clear();
}

void DocumentFrequencies::Writer::flush() {
  for (std::size_t p = 0; p < kParts; ++p) {
    if (!buffers_[p].empty()) hand_over(p);
  }
  table_.documents_.fetch_add(documents_, std::memory_order_relaxed);
  documents_ = 0;
}

bool DocumentFrequencies::Part::insert(std::uint64_t fingerprint) {
  if (fingerprint == 0) return true;  // not stored: see the class
  if ((seen_used + 1) * 3 > seen.size() * 2) grow_seen();
  std::uint64_t& slot = seen[seen_slot(fingerprint)];
  if (slot != 0) return false;
  slot = fingerprint;
  ++seen_used;
  return true;
}

void DocumentFrequencies::Part::count(std::uint64_t fingerprint, std::uint32_t before,
                                      std::uint32_t more) {
  if ((counts_used + 1) * 3 > counts.size() * 2) grow_counts();
  Slot& slot = counts[count_slot(fingerprint)];
  if (slot.count == 0) {
    slot = {fingerprint, before};
    set_repeated(fingerprint);
    ++counts_used;
  }
  slot.count += more;
}

void DocumentFrequencies::Part::grow_seen() {
  ZeroedArray<std::uint64_t> old(grown(seen));
  std::swap(old, seen);
  for (const std::uint64_t fingerprint : old) {
    if (fingerprint != 0) seen[seen_slot(fingerprint)] = fingerprint;
  }
}

void DocumentFrequencies::Part::grow_counts() {
  ZeroedArray<Slot> old(grown(counts));
  std::swap(old, counts);
  repeated = ZeroedArray<std::uint64_t>(counts.size() / 64);
  for (const Slot& slot : old) {
    if (slot.count == 0) continue;
    counts[count_slot(slot.fingerprint)] = slot;
    set_repeated(slot.fingerprint);
  }
}

std::size_t DocumentFrequencies::size() const {
  std::size_t total = 0;
  for (const Part& part : parts_) total += part.seen_used;
  return total;
}

std::vector<DocumentFrequencies::Entry> DocumentFrequencies::entries() const {
  std::vector<Entry> all;
  all.reserve(size());
  for (const Part& part : parts_) {
    for (const std::uint64_t fingerprint : part.seen) {
      if (fingerprint != 0) all.push_back({fingerprint, repeated_count(fingerprint)});
    }
  }
  std::sort(all.begin(), all.end(),
            [](const Entry& a, const Entry& b) { return a.fingerprint < b.fingerprint; });
  return all;
}

void DocumentFrequencies::add(std::span<const Entry> entries, std::uint64_t documents) {
  for (const auto& [fingerprint, count] : entries) {
    if (fingerprint == 0) continue;  // not stored: see the class
    Part& part = parts_[part_of(fingerprint)];
    const std::lock_guard lock(part.mutex);
    const bool fresh = part.insert(fingerprint);
    if (!fresh || count > 1) part.count(fingerprint, fresh ? 0 : 1, count);
  }
  documents_.fetch_add(documents, std::memory_order_relaxed);
}

}  // namespace vernier
