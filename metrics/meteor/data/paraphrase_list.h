// How the paraphrases of one phrase are stored: runs of entries that begin with the same word, so
// that a run whose first word does not occur in the other text is passed over in one step. (Average
// list of the English table: 12 entries in 7 runs.)
//
//   run    u16 first word, then either one byte n < kManyEntries and n further words (one entry),
//          or u16 big-endian kManyEntries << 8 | bytes, and that many bytes of entries
//   entry  one byte n, n further words (u16)
//
// The runs stay in the order of the table, as do the entries in them.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace vernier::meteor {

constexpr std::uint8_t kManyEntries = 0x40;
constexpr std::size_t kMaxRunBytes = ((0xFF - kManyEntries) << 8) | 0xFF;
/// A longer phrase cannot be stored; those of the English table have at most 7 words.
constexpr std::size_t kMaxPhraseWords = kManyEntries;

using ListBytes = std::span<const std::uint8_t>;

inline std::uint16_t read_word(const std::uint8_t* p) {
  std::uint16_t word;
  std::memcpy(&word, p, 2);
  return word;
}

/// Calls visit(first word, entries) for every run. False when the bytes are damaged.
template <class Visit>
bool for_each_run(ListBytes list, Visit visit) {
  const std::uint8_t* p = list.data();
  const std::uint8_t* const end = p + list.size();
  while (p != end) {
    if (end - p < 3) return false;
    const std::uint16_t first = read_word(p);
    const std::uint8_t control = p[2];
    std::size_t bytes;
    if (control < kManyEntries) {
      p += 2;
      bytes = 1u + 2u * control;
    } else {
      if (end - p < 4) return false;
      bytes = std::size_t(control - kManyEntries) << 8 | p[3];
      p += 4;
    }
    if (bytes > std::size_t(end - p)) return false;
    visit(first, ListBytes(p, bytes));
    p += bytes;
  }
  return true;
}

/// Calls visit(further words, n) for every entry of a run; the words are unaligned u16 (read_word).
/// False when the bytes are damaged.
template <class Visit>
bool for_each_entry(ListBytes run, Visit visit) {
  const std::uint8_t* p = run.data();
  const std::uint8_t* const end = p + run.size();
  while (p != end) {
    const std::size_t n = *p++;
    if (2 * n > std::size_t(end - p)) return false;
    visit(p, n);
    p += 2 * n;
  }
  return true;
}

/// Writes one list, entry by entry.
class ParaphraseListBuilder {
 public:
  void add(std::span<const std::uint16_t> words);
  /// The list so far; resets the builder.
  std::vector<std::uint8_t> take();

 private:
  void close_run();

  std::vector<std::uint8_t> list_;
  std::uint16_t first_ = 0;
  std::size_t run_entries_ = 0;
  std::vector<std::uint8_t> run_;
};

}  // namespace vernier::meteor
