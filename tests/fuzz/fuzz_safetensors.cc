// Any bytes as a checkpoint in memory, and as an index of shards: tensors that lie inside the bytes
// and cover them, or one Error(kResource).
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "judges/engine/container/file/shard_index.h"
#include "judges/engine/container/tensor_store.h"
#include "judges/engine/container/values/finite.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using namespace vernier::engine;
using fuzz::require;

void read_tensors(std::span<const std::byte> file) {
  const TensorStore store = TensorStore::from_memory(file, "fuzz");
  std::size_t bytes = 0;
  const std::string* before = nullptr;
  for (const TensorStore::Tensor& tensor : store.tensors()) {
    fuzz::require_utf8(tensor.name);
    require(before == nullptr || *before < tensor.name);
    before = &tensor.name;
    require(store.find(tensor.name) == &tensor);
    const auto& view = tensor.view;
    require(view.bytes.empty() || (std::greater_equal<>()(view.bytes.data(), file.data()) &&
                                   std::less_equal<>()(view.bytes.data() + view.bytes.size(),
                                                       file.data() + file.size())));
    require(view.elements() * size_of(view.dtype) == view.bytes.size());
    std::uint64_t elements = 1;
    for (const std::uint64_t extent : view.shape) elements *= extent;
    require(elements == view.elements());
    bytes += view.bytes.size();
    const auto bad = find_not_finite(view);
    require(!bad || *bad < view.elements());
  }
  require(bytes <= file.size());
}

void read_index(std::string_view text) {
  const ShardIndex index = parse_shard_index(text, "fuzz");
  for (const std::string& file : index.files) require(file.find('/') == std::string::npos);
  for (const ShardIndex::Entry& entry : index.entries) require(entry.file < index.files.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  fuzz::answered_or_refused([&] { read_tensors(bytes); }, ExitCode::kResource);
  // The length in front is hard to guess; put there, it leads into the header at once.
  std::string framed(8, '\0');
  const std::size_t header = size == 0 ? 0 : std::min<std::size_t>(size, 1 + data[0] * 4u);
  for (std::size_t n = 0; n < 8; ++n) framed[n] = static_cast<char>(header >> 8 * n & 0xFF);
  framed += fuzz::as_text(data, size).substr(size == 0 ? 0 : 1);
  fuzz::answered_or_refused([&] { read_tensors(std::as_bytes(std::span(framed))); },
                            ExitCode::kResource);
  fuzz::answered_or_refused([&] { read_index(fuzz::as_text(data, size)); }, ExitCode::kResource);
  return 0;
}
