// The layout of METEOR's compiled data file (meteor-en.bin): everything that the reference reads
// from english.synsets, english.exceptions and paraphrase-en.gz, in a form that is mapped into
// memory and used as it lies there.
//
//   FileHeader
//   block sums     u64 for each block of kBlockBytes from `payload_offset` to the end of the file
//   payload        the sections, each at a multiple of 64 bytes of the file:
//     word slots       u32[2^n], open addressing by hash_bytes(word): 0 or tag << 24 | index + 1
//     word starts      u32[words + 1], into the word text
//     word text        bytes; the words of the paraphrase table are the first `phrase_words`
//     synset starts    u32[words + 1]
//     synsets          u32: the synsets of each word, ascending, renumbered densely
//     base starts      u32[words + 1]
//     bases            u32: for an irregular form (exception) the indices of its base words
//     edges            Edge[2^n]: the trie of reference phrases, open addressing by (node, word);
//                      the root is node 0, node ids < 2^24
//     lists            for each phrase its paraphrases in the order of the table
//                      (paraphrase_list.h)
//
// All integers are little-endian. The header and the block sums are checked when the file is
// opened; a block is checked when it is first touched, so that opening costs no pass over the file.
#pragma once

#include <array>
#include <cstdint>

namespace vernier::meteor {

constexpr std::uint64_t kMagic = 0x4E452D5254454D56u;  // "VMETR-EN"
constexpr std::uint32_t kFormatVersion = 3;
constexpr std::uint64_t kBlockBytes = 32 << 10;
constexpr std::uint64_t kAlignment = 64;

constexpr std::uint64_t aligned(std::uint64_t offset) {
  return (offset + kAlignment - 1) / kAlignment * kAlignment;
}

enum Section : std::uint32_t {
  kWordSlots,
  kWordStarts,
  kWordText,
  kSynsetStarts,
  kSynsets,
  kBaseStarts,
  kBases,
  kEdges,
  kLists,
  kSectionCount
};

/// A phrase one word longer and its paraphrases, in one cache line: scoring looks at 15 edges for
/// each text, at random.
struct Edge {
  std::uint64_t key = 0;                         ///< 0 (free), or node << 40 | word << 24 | child
  std::uint32_t list_begin = 0, list_bytes = 0;  ///< of the child; no bytes where no phrase ends
};

struct SectionRange {
  std::uint64_t offset = 0;  ///< from the begin of the file
  std::uint64_t bytes = 0;
};

struct FileHeader {
  std::uint64_t magic = kMagic;
  std::uint32_t version = kFormatVersion;
  std::uint32_t header_bytes = sizeof(FileHeader);
  std::uint64_t file_bytes = 0;
  std::uint64_t payload_offset = 0;
  std::uint64_t wordnet_digest = 0;     ///< of the WordNet files read
  std::uint64_t paraphrase_digest = 0;  ///< of the paraphrase entries; 0: compiled without them
  std::uint64_t paraphrase_entries = 0;
  std::uint32_t words = 0;
  std::uint32_t phrase_words = 0;
  std::uint32_t nodes = 0;
  std::uint32_t reserved = 0;
  std::array<SectionRange, kSectionCount> sections;
  std::uint64_t check = 0;  ///< hash of the header up to here, then of the block sums
};

constexpr std::uint32_t kNoIndex = 0xFFFFFFFF;
/// Paraphrase words are numbered in 16 bits; this one stands for any other word.
constexpr std::uint16_t kNoPhraseWord = 0xFFFF;
constexpr std::uint32_t kMaxNodes = 1u << 24;

}  // namespace vernier::meteor
