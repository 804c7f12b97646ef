#include "runners/score/corpus/store/sample_block.h"

#include <cstring>
#include <type_traits>

namespace vernier {
namespace {

template <class T>
void put(std::string& out, const T* data, std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  const std::uint64_t size = count;
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  if (count > 0) out.append(reinterpret_cast<const char*>(data), count * sizeof(T));
}

template <class Container>
void take(std::string_view& in, Container& container) {
  using T = typename Container::value_type;
  std::uint64_t size = 0;
  std::memcpy(&size, in.data(), sizeof size);
  in.remove_prefix(sizeof size);
  container.resize(size);
  if (size > 0) std::memcpy(container.data(), in.data(), size * sizeof(T));
  in.remove_prefix(size * sizeof(T));
}

}  // namespace

std::size_t SampleBlock::bytes() const {
  std::size_t total =
      arena.size() + samples.size() * sizeof(Sample) + reference_texts.size() * sizeof(TextSpan);
  for (const auto& stream : tokens.streams) {
    total += (stream.words.size() + stream.ends.size()) * sizeof(std::uint32_t);
  }
  return total;
}

std::string SampleBlock::encode() const {
  std::string out;
  out.reserve(bytes() + 64);
  put(out, &first_sample, 1);
  put(out, arena.data(), arena.size());
  put(out, samples.data(), samples.size());
  put(out, reference_texts.data(), reference_texts.size());
  for (const auto& stream : tokens.streams) {
    put(out, stream.words.data(), stream.words.size());
    put(out, stream.ends.data(), stream.ends.size());
  }
  return out;
}

SampleBlock SampleBlock::decode(std::string_view bytes) {
  SampleBlock block;
  std::vector<std::uint64_t> first;
  take(bytes, first);
  block.first_sample = first[0];
  take(bytes, block.arena);
  take(bytes, block.samples);
  take(bytes, block.reference_texts);
  while (!bytes.empty()) {
    TokenBlock::Stream& stream = block.tokens.streams.emplace_back();
    take(bytes, stream.words);
    take(bytes, stream.ends);
  }
  return block;
}

}  // namespace vernier
