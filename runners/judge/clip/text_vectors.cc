#include "runners/judge/clip/text_vectors.h"

#include <algorithm>
#include <utility>

namespace vernier {

std::size_t TextVectors::announce(std::string_view text) {
  const auto [place, fresh] = numbers_.try_emplace(text, texts_.size());
  if (fresh) texts_.push_back({text, 0, {}});
  ++texts_[place->second].uses;
  return place->second;
}

void TextVectors::compute(std::span<const std::size_t> numbers) {
  std::vector<std::size_t> open;
  for (const std::size_t number : numbers) {
    if (texts_[number].vector.empty()) open.push_back(number);
  }
  std::ranges::sort(open);
  open.erase(std::unique(open.begin(), open.end()), open.end());
  std::vector<std::string_view> texts;
  texts.reserve(open.size());
  for (const std::size_t number : open) texts.push_back(texts_[number].text);
  std::vector<clip::Embedding> vectors = scorer_.embed_texts(texts);
  for (std::size_t i = 0; i < open.size(); ++i) texts_[open[i]].vector = std::move(vectors[i]);
}

void TextVectors::release(std::size_t number) {
  if (--texts_[number].uses == 0) clip::Embedding().swap(texts_[number].vector);
}

}  // namespace vernier
