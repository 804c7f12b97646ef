#include "metrics/text/nltk/nltk_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_sink.h"
#include "base/io/byte_source.h"
#include "base/paths/data_files.h"

namespace vernier::text {
namespace {

constexpr std::string_view kMagic = "vernier nltk 1\n";
constexpr std::size_t kMaxBytes = 256 << 20;

class Writer {
 public:
  template <class T>
  void number(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void count(std::size_t n) { number(static_cast<std::uint32_t>(n)); }
  void text(std::string_view text) {
    count(text.size());
    bytes_ += text;
  }
  template <class Texts>
  void sorted(const Texts& texts) {
    std::vector<std::string_view> list(texts.begin(), texts.end());
    std::ranges::sort(list);
    count(list.size());
    for (const std::string_view one : list) text(one);
  }
  template <class Map>
  void sorted_map(const Map& map) {
    using Item = std::pair<std::string_view, typename Map::mapped_type>;
    std::vector<Item> list(map.begin(), map.end());
    std::ranges::sort(list);
    count(list.size());
    for (const auto& [key, value] : list) {
      text(key);
      number(value);
    }
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

class Reader {
 public:
  Reader(std::string_view bytes, const std::string& name) : rest_(bytes), name_(name) {}

  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  std::size_t count() { return number<std::uint32_t>(); }
  std::string text() { return std::string(take(count())); }
  void read(TextSet& texts) {
    for (std::size_t n = count(); n > 0; --n) texts.insert(text());
  }
  template <class Map>
  void read_map(Map& map) {
    for (std::size_t n = count(); n > 0; --n) {
      std::string key = text();
      map.emplace(std::move(key), number<typename Map::mapped_type>());
    }
  }
  bool at_end() const { return rest_.empty(); }
  [[noreturn]] void damaged() const {
    throw Error(ExitCode::kResource,
                fmt::format("{}: is damaged or of another version; make it anew with: vernier data "
                            "import-nltk DIR",
                            name_));
  }

 private:
  std::string_view take(std::size_t n) {
    if (n > rest_.size()) damaged();
    const std::string_view taken = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return taken;
  }
  std::string_view rest_;
  const std::string& name_;
};

std::string payload_of(const NltkData& data) {
  Writer out;
  out.sorted(data.punkt.abbreviations);
  out.sorted(data.punkt.collocations);
  out.sorted(data.punkt.sentence_starters);
  out.sorted_map(data.punkt.contexts);
  out.count(data.tagger.tags.size());
  for (const std::string& tag : data.tagger.tags) out.text(tag);
  out.sorted_map(data.tagger.known);
  std::vector<PerceptronModel::Feature> features;
  for (const auto& feature : data.tagger.features) {
    if (feature.hash != 0) features.push_back(feature);
  }
  std::ranges::sort(features, {}, &PerceptronModel::Feature::hash);
  out.count(features.size());
  for (const auto& feature : features) {
    out.number(feature.hash);
    out.number(static_cast<std::uint8_t>(feature.count));
    for (std::uint32_t i = 0; i < feature.count; ++i) {
      const auto& weight = data.tagger.weights[feature.begin + i];
      out.number(static_cast<std::uint8_t>(weight.tag));
      out.number(weight.value);
    }
  }
  return out.bytes();
}

void read_tagger(Reader& in, PerceptronModel& tagger) {
  for (std::size_t n = in.count(); n > 0; --n) tagger.tags.push_back(in.text());
  in.read_map(tagger.known);
  const std::size_t tags = tagger.tags.size();
  if (tags == 0 || tags > 255) in.damaged();
  for (const auto& [word, tag] : tagger.known) {
    if (tag >= tags) in.damaged();
  }
  std::vector<PerceptronModel::Feature> features;
  for (std::size_t n = in.count(); n > 0; --n) {
    PerceptronModel::Feature& feature = features.emplace_back();
    feature.hash = in.number<std::uint64_t>();
    feature.begin = static_cast<std::uint32_t>(tagger.weights.size());
    feature.count = in.number<std::uint8_t>();
    for (std::uint32_t i = 0; i < feature.count; ++i) {
      const auto tag = in.number<std::uint8_t>();
      if (tag >= tags) in.damaged();
      tagger.weights.push_back({in.number<double>(), tag});
    }
  }
  tagger.index(features);
}

}  // namespace

std::shared_ptr<const NltkData> NltkData::open(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: no such file; make it with: vernier data import-nltk DIR", path));
  }
  const auto source = ByteSource::open(path);
  std::string bytes;
  Reader in(bytes, source->name());
  try {
    bytes = source->read_rest(kMaxBytes);
  } catch (const Error&) {  // begins as a compressed file does, and is none
    in.damaged();
  }
  auto data = std::make_shared<NltkData>();
  if (!std::string_view(bytes).starts_with(kMagic) ||
      bytes.size() < kMagic.size() + sizeof(std::uint64_t)) {
    in.damaged();
  }
  const std::string_view payload =
      std::string_view(bytes).substr(kMagic.size() + sizeof(std::uint64_t));
  Reader head(std::string_view(bytes).substr(kMagic.size()), source->name());
  data->digest = head.number<std::uint64_t>();
  if (data->digest != hash_bytes(payload)) in.damaged();
  Reader body(payload, source->name());
  body.read(data->punkt.abbreviations);
  body.read(data->punkt.collocations);
  body.read(data->punkt.sentence_starters);
  body.read_map(data->punkt.contexts);
  read_tagger(body, data->tagger);
  if (!body.at_end()) body.damaged();
  return data;
}

std::uint64_t nltk_digest(const NltkData& data) { return hash_bytes(payload_of(data)); }

void write_nltk_data(const NltkData& data, const std::string& path) {
  const std::string payload = payload_of(data);
  const std::uint64_t digest = hash_bytes(payload);
  std::string bytes(kMagic);
  bytes.append(reinterpret_cast<const char*>(&digest), sizeof digest);
  bytes += payload;
  std::error_code ignored;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (path != "-" && !folder.empty()) std::filesystem::create_directories(folder, ignored);
  ByteSink out(path);
  out.write(bytes);
  out.commit();
}

std::vector<std::string> nltk_data_paths() {
  std::vector<std::string> paths = data_file_paths(kNltkFile);
  if (std::string path = environment_value("VERNIER_NLTK"); !path.empty()) {
    paths.insert(paths.begin(), std::move(path));
  }
  return paths;
}

}  // namespace vernier::text
