#include "judges/engine/container/fingerprint.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <vector>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/printable.h"
#include "judges/engine/container/values/finite.h"

namespace vernier::engine {

std::string folder_name(const std::string& folder) {
  std::filesystem::path path = std::filesystem::path(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  std::string name = printable(path.filename().string(), 80);
  for (char& c : name) {
    if (c == '|' || c == ' ') c = '_';
  }
  return name;
}

std::uint64_t fingerprint(const TensorStore& store, unsigned threads) {
  const std::vector<TensorStore::Tensor>& tensors = store.tensors();
  std::vector<std::uint64_t> digests(tensors.size());
  parallel_blocks(threads, tensors.size(), 1, [&] {
    return [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const TensorStore::Tensor& tensor = tensors[i];
        check_finite(store.file_of(tensor), tensor.name, tensor.view);
        const std::span<const std::byte> bytes = tensor.view.bytes;
        std::uint64_t digest = hash_bytes(tensor.name);
        digest = hash_more(digest, hash_bytes(name_of(tensor.view.dtype)));
        digest = hash_more(digest, hash_bytes(text_of(tensor.view.shape)));
        digests[i] = hash_more(
            digest, hash_bytes({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
      }
    };
  });
  std::uint64_t all = 0;
  for (const std::uint64_t digest : digests) all = hash_more(all, digest);
  return all;
}

std::string_view main_dtype(const TensorStore& store) {
  std::map<DType, std::size_t> bytes;
  for (const TensorStore::Tensor& tensor : store.tensors()) {
    bytes[tensor.view.dtype] += tensor.view.bytes.size();
  }
  const auto most = std::max_element(
      bytes.begin(), bytes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == bytes.end() ? "none" : name_of(most->first);
}

}  // namespace vernier::engine
