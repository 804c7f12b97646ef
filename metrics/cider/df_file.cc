#include "metrics/cider/df_file.h"

#include <fmt/format.h>

#include <charconv>
#include <cstring>
#include <optional>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_sink.h"
#include "base/io/byte_source.h"

namespace vernier {
namespace {

constexpr std::string_view kSchema = "{\"schema\":\"vernier.df/1\",";
constexpr std::size_t kEntryBytes = 12;
constexpr std::size_t kDigestBytes = 8;

std::string header_line(std::string_view tokenizer, std::uint64_t documents, std::uint64_t ngrams) {
  return fmt::format("{}\"tokenizer\":\"{}\",\"documents\":{},\"ngrams\":{}}}\n", kSchema,
                     tokenizer, documents, ngrams);
}

// The header is our own line, so that plain searching reads it.
std::optional<std::string_view> field(std::string_view header, std::string_view key) {
  const std::string name = fmt::format("\"{}\":", key);
  std::size_t begin = header.find(name);
  if (begin == std::string_view::npos) return std::nullopt;
  begin += name.size();
  return header.substr(begin, header.find_first_of(",}", begin) - begin);
}

std::optional<std::uint64_t> number(std::optional<std::string_view> text) {
  std::uint64_t value = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return value;
}

std::string read_all(const std::string& path) {
  try {
    return ByteSource::open(path)->read_rest();
  } catch (const Error& error) {
    throw Error(ExitCode::kResource, error.what());
  }
}

}  // namespace

DfFile read_df_file(const std::string& path) {
  const std::string bytes = read_all(path);
  const auto refuse = [&](std::string_view why) -> Error {
    return {ExitCode::kResource,
            fmt::format("{}: {}; `vernier df REFERENCES -o FILE` makes such a file", path, why)};
  };
  const std::size_t line = bytes.find('\n');
  const std::string_view header = std::string_view(bytes).substr(0, line);
  if (!header.starts_with(kSchema) || line == std::string::npos) {
    throw refuse("not a file of document frequencies");
  }
  const auto documents = number(field(header, "documents")),
             ngrams = number(field(header, "ngrams"));
  const auto tokenizer = field(header, "tokenizer");
  if (!documents || !ngrams || !tokenizer || tokenizer->size() < 2) throw refuse("damaged header");
  const std::string_view name = tokenizer->substr(1, tokenizer->size() - 2);
  // What plain searching overlooks is no header of ours.
  if (!std::string_view(bytes).starts_with(header_line(name, *documents, *ngrams))) {
    throw refuse("damaged header");
  }
  const std::size_t body = bytes.size() - line - 1;
  if (body < kDigestBytes || (body - kDigestBytes) / kEntryBytes != *ngrams ||
      (body - kDigestBytes) % kEntryBytes != 0) {
    throw refuse("truncated or damaged");
  }
  std::uint64_t stored = 0;
  std::memcpy(&stored, bytes.data() + bytes.size() - kDigestBytes, kDigestBytes);
  const std::uint64_t digest =
      hash_bytes(std::string_view(bytes).substr(0, bytes.size() - kDigestBytes));
  if (stored != digest) throw refuse("damaged: its digest does not match");

  std::vector<DocumentFrequencies::Entry> entries(*ngrams);
  const char* at = bytes.data() + line + 1;
  for (auto& [fingerprint, count] : entries) {
    std::memcpy(&fingerprint, at, sizeof fingerprint);
    std::memcpy(&count, at + sizeof fingerprint, sizeof count);
    at += kEntryBytes;
  }
  DfFile file;
  file.frequencies = std::make_shared<DocumentFrequencies>();
  file.frequencies->add(entries, *documents);
  file.tokenizer = name;
  file.digest = fmt::format("{:016x}", digest);
  return file;
}

bool is_df_file(const std::string& path) {
  const auto source = ByteSource::open(path);
  std::string head(kSchema.size(), '\0');
  std::size_t used = 0;
  while (used < head.size()) {
    const std::size_t n = source->read(head.data() + used, head.size() - used);
    if (n == 0) break;
    used += n;
  }
  return head == kSchema;
}

void write_df_file(const std::string& path, const DocumentFrequencies& frequencies,
                   const std::string& tokenizer) {
  const std::vector<DocumentFrequencies::Entry> entries = frequencies.entries();
  std::string bytes = header_line(tokenizer, frequencies.documents(), entries.size());
  bytes.reserve(bytes.size() + entries.size() * kEntryBytes + kDigestBytes);
  const auto put = [&](const auto& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  for (const auto& [fingerprint, count] : entries) {
    put(fingerprint);
    put(count);
  }
  put(hash_bytes(bytes));
  ByteSink sink(path);
  sink.write(bytes);
  sink.commit();
}

}  // namespace vernier
