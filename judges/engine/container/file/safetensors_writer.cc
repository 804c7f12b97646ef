#include "judges/engine/container/file/safetensors_writer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>

#include "base/error.h"
#include "base/json_text.h"
#include "base/printable.h"

namespace vernier::engine {
namespace {

using Plan = SafetensorsWriter::Plan;

[[noreturn]] void fail(std::string_view name, std::string_view what) {
  throw Error(ExitCode::kInternal,
              fmt::format("writing safetensors: tensor {} {}", printable(name), what));
}

std::uint64_t bytes_of(const Plan& tensor) {
  std::uint64_t bytes = size_of(tensor.dtype);
  for (const std::uint64_t extent : tensor.shape) {
    if (__builtin_mul_overflow(bytes, extent, &bytes)) fail(tensor.name, "is too large");
  }
  return bytes;
}

std::vector<Plan> in_order(std::vector<Plan> tensors) {
  std::ranges::sort(tensors, {}, &Plan::name);
  const auto twice = std::ranges::adjacent_find(tensors, {}, &Plan::name);
  if (twice != tensors.end()) fail(twice->name, "is given twice");
  // Wide elements first: every tensor is then aligned to its elements.
  std::ranges::stable_sort(tensors, std::ranges::greater{},
                           [](const Plan& tensor) { return size_of(tensor.dtype); });
  return tensors;
}

std::string header_of(const std::vector<Plan>& tensors,
                      std::vector<std::pair<std::string, std::string>> metadata) {
  std::string json = "{";
  if (!metadata.empty()) {
    std::ranges::sort(metadata);
    append_json_key(json, "__metadata__");
    json += '{';
    for (const auto& [key, value] : metadata) append_json_member(json, key, value);
    json += '}';
  }
  std::uint64_t begin = 0;
  for (const Plan& tensor : tensors) {
    if (tensor.name == "__metadata__") fail(tensor.name, "has a name that the format reserves");
    std::uint64_t end = 0;
    if (__builtin_add_overflow(begin, bytes_of(tensor), &end)) fail(tensor.name, "is too large");
    append_json_key(json, tensor.name);
    json += fmt::format(R"({{"dtype":"{}","shape":[{}],"data_offsets":[{},{}]}})",
                        name_of(tensor.dtype), fmt::join(tensor.shape, ","), begin, end);
    begin = end;
  }
  json += '}';
  json.append((8 - json.size() % 8) % 8, ' ');
  return json;
}

}  // namespace

SafetensorsWriter::SafetensorsWriter(const std::string& path, std::vector<Plan> tensors,
                                     std::vector<std::pair<std::string, std::string>> metadata)
    : sink_(path), tensors_(in_order(std::move(tensors))) {
  static_assert(std::endian::native == std::endian::little, "the format is little-endian");
  const std::string header = header_of(tensors_, std::move(metadata));
  const std::uint64_t size = header.size();
  sink_.write({reinterpret_cast<const char*>(&size), sizeof size});
  sink_.write(header);
}

void SafetensorsWriter::write(std::string_view name, std::span<const std::byte> bytes) {
  if (next_ == tensors_.size()) fail(name, "comes after the last one");
  const Plan& tensor = tensors_[next_];
  if (tensor.name != name) fail(name, fmt::format("comes before {}", printable(tensor.name)));
  if (bytes.size() != bytes_of(tensor)) {
    fail(name, fmt::format("has {} bytes instead of {}", bytes.size(), bytes_of(tensor)));
  }
  sink_.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  ++next_;
}

void SafetensorsWriter::commit() {
  if (next_ < tensors_.size()) fail(tensors_[next_].name, "was not written");
  sink_.commit();
}

}  // namespace vernier::engine
