#include "metrics/meteor/data/data_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_sink.h"
#include "base/printable.h"
#include "metrics/meteor/data/format.h"
#include "metrics/meteor/data/meteor_data.h"

namespace vernier::meteor {
namespace {

constexpr std::uint64_t kSeed = 0x6D6574656F72u;

template <class T>
std::string_view bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

/// Rows of numbers one behind the other, and where each begins.
struct Rows {
  std::vector<std::uint32_t> starts{0};
  std::vector<std::uint32_t> items;
  void close() { starts.push_back(static_cast<std::uint32_t>(items.size())); }
};

std::vector<std::uint32_t> make_word_slots(const std::vector<std::string_view>& words) {
  std::vector<std::uint32_t> slots(std::bit_ceil(words.size() * 2 + 1));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint64_t hash = hash_bytes(words[i]);
    std::size_t slot = hash & (slots.size() - 1);
    while (slots[slot] != 0) slot = (slot + 1) & (slots.size() - 1);
    slots[slot] = static_cast<std::uint32_t>(hash >> 56) << 24 | static_cast<std::uint32_t>(i + 1);
  }
  return slots;
}

/// `lists`: by node.
std::vector<Edge> make_edge_slots(const std::unordered_map<std::uint64_t, std::uint32_t>& edges,
                                  const std::vector<ListRange>& lists) {
  std::vector<std::uint64_t> sorted;  // so that equal input gives equal bytes
  sorted.reserve(edges.size());
  for (const auto& [key, child] : edges) sorted.push_back(key << 24 | child);
  std::sort(sorted.begin(), sorted.end());
  std::vector<Edge> slots(std::bit_ceil(edges.size() * 3 / 2 + 2));
  for (const std::uint64_t key : sorted) {
    std::size_t slot = edge_hash(key >> 24) & (slots.size() - 1);
    while (slots[slot].key != 0) slot = (slot + 1) & (slots.size() - 1);
    const ListRange list = lists[key & 0xFFFFFFu];
    slots[slot] = {key, list.begin, list.bytes};
  }
  return slots;
}

}  // namespace

DataWriter::DataWriter(SynonymTables synonyms) : synonyms_(std::move(synonyms)) {}

std::size_t DataWriter::TextHash::operator()(std::string_view text) const {
  return hash_bytes(text);
}

std::uint16_t DataWriter::phrase_word(std::string_view word) {
  const auto found = word_index_.find(word);
  if (found != word_index_.end()) return static_cast<std::uint16_t>(found->second);
  if (words_.size() >= kNoPhraseWord) {
    throw Error(ExitCode::kBadInput,
                fmt::format("the paraphrase table has more than {} words", kNoPhraseWord));
  }
  const auto index = static_cast<std::uint32_t>(words_.size());
  words_.push_back(word_index_.emplace(word, index).first->first);
  return static_cast<std::uint16_t>(index);
}

void DataWriter::split(std::string_view phrase, std::vector<std::uint16_t>& words) {
  words.clear();
  for (std::size_t begin = 0; begin < phrase.size();) {
    const std::size_t end = std::min(phrase.find_first_of(" \t\n\f\r", begin), phrase.size());
    if (end > begin) words.push_back(phrase_word(phrase.substr(begin, end - begin)));
    begin = end + 1;
  }
  if (words.empty() || words.size() > kMaxPhraseWords) {
    throw Error(ExitCode::kBadInput,
                fmt::format("paraphrase entry {}: '{}' has {} words (1 to {} expected)",
                            entries_ + 1, printable(phrase, 60), words.size(), kMaxPhraseWords));
  }
}

std::uint32_t DataWriter::insert_phrase(const std::vector<std::uint16_t>& words) {
  std::uint32_t node = 0;
  for (const std::uint16_t word : words) {
    const auto [edge, fresh] = edges_.emplace(edge_key(node, word), nodes_);
    if (fresh && ++nodes_ > kMaxNodes) {
      throw Error(ExitCode::kBadInput, "the paraphrase table has too many phrases");
    }
    node = edge->second;
  }
  return node;
}

void DataWriter::add_paraphrase(std::string_view phrase, std::string_view paraphrase) {
  if (node_ == 0 || phrase != phrase_) {
    close_list();
    split(phrase, scratch_);
    node_ = insert_phrase(scratch_);
    phrase_ = phrase;
    if (lists_.size() < nodes_) lists_.resize(nodes_);
    if (!lists_[node_].empty()) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("paraphrase entry {}: the entries of '{}' do not follow one another",
                              entries_ + 1, printable(phrase, 60)));
    }
  }
  split(paraphrase, scratch_);
  list_.add(scratch_);
  ++entries_;
  digest_ = mix(digest_ ^ hash_bytes(phrase) ^ kSeed, hash_bytes(paraphrase) | 1);
}

void DataWriter::close_list() {
  if (node_ != 0) lists_[node_] = list_.take();
}

void DataWriter::write(const std::string& path) {
  close_list();
  lists_.resize(nodes_);
  FileHeader header;
  header.phrase_words = static_cast<std::uint32_t>(words_.size());

  const auto add_word = [this](const std::string& word) {
    const auto index = static_cast<std::uint32_t>(words_.size());
    const auto [place, fresh] = word_index_.emplace(word, index);
    if (fresh) words_.push_back(place->first);
    return place->second;
  };
  for (const auto& [word, offsets] : synonyms_.synsets) add_word(word);
  for (const auto& [form, bases] : synonyms_.bases) {
    add_word(form);
    for (const std::string& base : bases) add_word(base);
  }
  header.words = static_cast<std::uint32_t>(words_.size());

  // Synset numbers are offsets into WordNet's files; dense numbers hash and compare as well.
  std::vector<std::uint32_t> numbers;
  for (const auto& [word, offsets] : synonyms_.synsets) {
    numbers.insert(numbers.end(), offsets.begin(), offsets.end());
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());

  Rows synsets, bases;
  std::string text;
  std::vector<std::uint32_t> word_starts{0};
  for (const std::string_view view : words_) {
    const std::string word(view);
    text += word;
    word_starts.push_back(static_cast<std::uint32_t>(text.size()));
    if (const auto found = synonyms_.synsets.find(word); found != synonyms_.synsets.end()) {
      const std::size_t first = synsets.items.size();
      for (const std::uint32_t offset : found->second) {
        const auto place = std::lower_bound(numbers.begin(), numbers.end(), offset);
        synsets.items.push_back(static_cast<std::uint32_t>(place - numbers.begin()));
      }
      const auto begin = synsets.items.begin() + static_cast<std::ptrdiff_t>(first);
      std::sort(begin, synsets.items.end());
      synsets.items.erase(std::unique(begin, synsets.items.end()), synsets.items.end());
    }
    synsets.close();
    if (const auto found = synonyms_.bases.find(word); found != synonyms_.bases.end()) {
      for (const std::string& base : found->second) bases.items.push_back(word_index_.at(base));
    }
    bases.close();
  }

  std::vector<ListRange> list_ranges;
  std::vector<std::uint8_t> lists;
  for (const std::vector<std::uint8_t>& list : lists_) {
    list_ranges.push_back(
        {static_cast<std::uint32_t>(lists.size()), static_cast<std::uint32_t>(list.size())});
    lists.insert(lists.end(), list.begin(), list.end());
    if (lists.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw Error(ExitCode::kBadInput, "the paraphrase table is too large");
    }
  }

  const std::vector<std::uint32_t> word_slots = make_word_slots(words_);
  const std::vector<Edge> edges = make_edge_slots(edges_, list_ranges);
  const std::array<std::string_view, kSectionCount> sections = {
      bytes_of(word_slots),     bytes_of(word_starts),   text,
      bytes_of(synsets.starts), bytes_of(synsets.items), bytes_of(bases.starts),
      bytes_of(bases.items),    bytes_of(edges),         bytes_of(lists)};
  std::string payload;
  std::array<std::size_t, kSectionCount> offsets;
  for (std::size_t i = 0; i < kSectionCount; ++i) {
    offsets[i] = payload.size();
    payload.append(sections[i]);
    payload.resize(aligned(payload.size()));
  }
  std::vector<std::uint64_t> sums;  // then zeros up to the payload
  for (std::size_t begin = 0; begin < payload.size(); begin += kBlockBytes) {
    sums.push_back(hash_bytes(std::string_view(payload).substr(begin, kBlockBytes)));
  }
  header.payload_offset = aligned(sizeof(FileHeader) + 8 * sums.size());
  sums.resize((header.payload_offset - sizeof(FileHeader)) / 8);
  header.file_bytes = header.payload_offset + payload.size();
  header.wordnet_digest = synonyms_.digest;
  header.paraphrase_digest = digest_;
  header.paraphrase_entries = entries_;
  header.nodes = nodes_;
  for (std::size_t i = 0; i < kSectionCount; ++i) {
    header.sections[i] = {header.payload_offset + offsets[i], sections[i].size()};
  }
  header.check = hash_bytes({reinterpret_cast<const char*>(&header), offsetof(FileHeader, check)}) ^
                 hash_bytes(bytes_of(sums));
  ByteSink sink(path);
  sink.write({reinterpret_cast<const char*>(&header), sizeof header});
  sink.write(bytes_of(sums));
  sink.write(payload);
  sink.commit();
}

}  // namespace vernier::meteor
