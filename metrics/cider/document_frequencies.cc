#include "metrics/cider/document_frequencies.h"

#include <algorithm>

namespace vernier {
namespace {

constexpr std::size_t kBatch = 2048;

}  // namespace

void DocumentFrequencies::Writer::add_document(std::span<const std::uint64_t> fingerprints) {
  ++documents_;
  for (const std::uint64_t fingerprint : fingerprints) {
    std::vector<std::uint64_t>& buffer = buffers_[part_of(fingerprint)];
    buffer.push_back(fingerprint);
    if (buffer.size() == kBatch) {
      Part& part = table_.parts_[part_of(fingerprint)];
      const std::lock_guard lock(part.mutex);
      for (const std::uint64_t key : buffer) part.add(key);
      buffer.clear();
    }
  }
}

void DocumentFrequencies::Writer::flush() {
  for (std::size_t p = 0; p < kParts; ++p) {
    if (buffers_[p].empty()) continue;
    const std::lock_guard lock(table_.parts_[p].mutex);
    for (const std::uint64_t key : buffers_[p]) table_.parts_[p].add(key);
    buffers_[p].clear();
  }
  table_.documents_.fetch_add(documents_, std::memory_order_relaxed);
  documents_ = 0;
}

void DocumentFrequencies::Part::add(std::uint64_t fingerprint, std::uint32_t count) {
  if ((used + 1) * 3 > slots.size() * 2) grow();
  std::size_t i = fingerprint & (slots.size() - 1);
  while (slots[i].count != 0 && slots[i].fingerprint != fingerprint) {
    i = (i + 1) & (slots.size() - 1);
  }
  if (slots[i].count == 0) {
    slots[i].fingerprint = fingerprint;
    ++used;
  }
  slots[i].count += count;
}

void DocumentFrequencies::Part::grow() {
  std::vector<Slot> bigger(std::max<std::size_t>(1024, slots.size() * 2));
  for (const Slot& slot : slots) {
    if (slot.count == 0) continue;
    std::size_t i = slot.fingerprint & (bigger.size() - 1);
    while (bigger[i].count != 0) i = (i + 1) & (bigger.size() - 1);
    bigger[i] = slot;
  }
  slots.swap(bigger);
}

std::size_t DocumentFrequencies::size() const {
  std::size_t total = 0;
  for (const Part& part : parts_) total += part.used;
  return total;
}

std::vector<DocumentFrequencies::Entry> DocumentFrequencies::entries() const {
  std::vector<Entry> all;
  all.reserve(size());
  for (const Part& part : parts_) {
    for (const Slot& slot : part.slots) {
      if (slot.count != 0) all.push_back({slot.fingerprint, slot.count});
    }
  }
  std::sort(all.begin(), all.end(),
            [](const Entry& a, const Entry& b) { return a.fingerprint < b.fingerprint; });
  return all;
}

void DocumentFrequencies::add(std::span<const Entry> entries, std::uint64_t documents) {
  for (const auto& [fingerprint, count] : entries) {
    Part& part = parts_[part_of(fingerprint)];
    const std::lock_guard lock(part.mutex);
    part.add(fingerprint, count);
  }
  documents_.fetch_add(documents, std::memory_order_relaxed);
}

}  // namespace vernier
