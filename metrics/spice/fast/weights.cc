#include "metrics/spice/fast/weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "base/hash.h"
#include "base/printable.h"
#include "metrics/spice/fast/word_features.h"

namespace vernier::spice {
namespace {

constexpr std::string_view kMagic = "VSPICE01";
constexpr std::uint32_t kMaxCount = 1 << 20;  // of anything that is counted

/// Numbers in their order; every count is checked against the bytes that are left.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {}

  [[noreturn]] void fail(std::string_view what) const {
    throw Error(ExitCode::kResource, fmt::format("{}: not weights of the fast parser: {}",
                                                 printable(name_, 4096), what));
  }
  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) fail("the file ends too early");
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  std::uint32_t count(std::uint32_t least, std::uint32_t most) {
    const auto value = number<std::uint32_t>();
    if (value < least || value > most) fail(fmt::format("{} is no sensible size", value));
    return value;
  }
  /// A positive number.
  float scale() {
    const auto value = number<float>();
    if (!(value > 1e-6F && value < 1e6F)) fail("a scale is out of range");
    return value;
  }
  template <class T>
  std::vector<T> numbers(std::size_t count) {
    if (count > bytes_.size() / sizeof(T)) fail("the file ends too early");
    std::vector<T> values(count);
    std::memcpy(values.data(), take(count * sizeof(T)).data(), count * sizeof(T));
    return values;
  }
  /// Of sensible size, so that no sum of them overflows.
  std::vector<float> floats(std::size_t count) {
    std::vector<float> values = numbers<float>(count);
    for (const float value : values) {
      if (!(std::abs(value) < 1e6F)) fail("a number is out of range");
    }
    return values;
  }
  std::string text() { return std::string(take(number<std::uint8_t>())); }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
  const std::string& name_;
};

WeightMatrix read_matrix(Reader& in, std::size_t depth, std::size_t columns) {
  WeightMatrix m;
  const float limit = in.scale();
  m.depth = depth;
  m.columns = (columns + kLanes - 1) / kLanes * kLanes;
  m.input_scale = 127.0F / limit;
  const auto entries = in.numbers<std::int8_t>(depth * columns);
  m.factor = in.floats(columns);
  m.bias = in.floats(columns);
  m.factor.resize(m.columns);
  m.bias.resize(m.columns);
  for (float& f : m.factor) f *= limit / 127.0F;
  m.entries.assign(depth * m.columns, 0);
  m.sums.assign(m.columns, 0);
  for (std::size_t k = 0; k < depth; ++k) {
    for (std::size_t c = 0; c < columns; ++c) {
      const std::int8_t entry = entries[k * columns + c];
      if (entry == -128) in.fail("a weight is out of range");
      m.entries[((c / kLanes * depth / 4 + k / 4) * kLanes + c % kLanes) * 4 + k % 4] = entry;
      m.sums[c] += entry;
    }
  }
  return m;
}

template <class Find>
auto read_names(Reader& in, std::uint32_t count, Find find) {
  std::vector<typename decltype(find(""))::value_type> names;
  for (std::uint32_t n = 0; n < count; ++n) {
    const std::string name = in.text();
    const auto found = find(name);
    if (!found) in.fail("unknown name " + printable(name));
    names.push_back(*found);
  }
  return names;
}

}  // namespace

Weights read_weights(std::string_view bytes, const std::string& name) {
  Reader in(bytes, name);
  if (in.take(kMagic.size()) != kMagic) in.fail("it begins otherwise");
  constexpr std::size_t kDigest = sizeof(std::uint64_t);
  if (bytes.size() < kMagic.size() + kDigest) in.fail("the file ends too early");
  std::uint64_t digest = 0;
  std::memcpy(&digest, bytes.data() + bytes.size() - kDigest, kDigest);
  if (digest != hash_bytes(bytes.substr(0, bytes.size() - kDigest))) in.fail("it is damaged");

  Weights w;
  w.digest = digest;
  w.width = in.count(2 * kLanes, Weights::kMaxWidth);
  w.arc = in.count(kLanes, Weights::kMaxWidth);
  w.hidden = in.count(kLanes, Weights::kMaxWidth);
  w.affix_rows = in.count(1, kMaxCount);
  if (w.width % (2 * kLanes) != 0 || w.arc % kLanes != 0 || w.hidden % kLanes != 0) {
    in.fail("a width is no multiple of 16");
  }
  const std::string kinds = in.text();
  const std::uint32_t tags = in.count(1, kTagCount), relations = in.count(1, kRelationCount);
  const std::uint32_t words = in.count(0, kMaxCount);
  w.tags = read_names(in, tags, [&](std::string_view text) {
    const auto label = find_label(text);
    return label && is_tag(*label) ? label : std::nullopt;
  });
  w.relations = read_names(in, relations, find_relation);
  for (std::uint32_t n = 0; n < words; ++n) w.words.emplace(in.text(), n + 2);
  w.table_factor = 1.0F / in.scale();
  w.word_table = in.numbers<std::int8_t>((words + std::size_t{2}) * w.width);
  w.affix_table = in.numbers<std::int8_t>(kAffixes * w.affix_rows * w.width);
  for (const char kind : kinds) {
    if (kind != 'G' && kind != 'C') in.fail("unknown kind of block");
    Weights::Block& block = w.blocks.emplace_back();
    block.kind = kind;
    block.in =
        kind == 'G' ? read_matrix(in, w.width, 2 * w.width) : read_matrix(in, 3 * w.width, w.width);
    if (kind == 'G') block.out = read_matrix(in, w.width, w.width);
  }
  w.heads = read_matrix(in, w.width, tags + 2 * w.arc + 2 * w.hidden);
  w.relation_columns = (relations + kLanes - 1) / kLanes * kLanes;
  const auto relation = in.floats(w.hidden * relations);
  w.relation.assign(w.hidden * w.relation_columns, 0.0F);
  for (std::size_t k = 0; k < w.hidden; ++k) {
    std::copy_n(relation.begin() + static_cast<std::ptrdiff_t>(k * relations), relations,
                w.relation.begin() + static_cast<std::ptrdiff_t>(k * w.relation_columns));
  }
  w.relation_bias = in.floats(relations);
  w.relation_bias.resize(w.relation_columns);
  w.root = in.floats(w.arc);
  in.take(kDigest);
  if (!in.at_end()) in.fail("something follows");
  return w;
}

}  // namespace vernier::spice
