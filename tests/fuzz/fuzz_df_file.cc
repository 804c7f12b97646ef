// Any bytes as stored document frequencies: a table or one Error(kResource). A table written and
// read again is the same, and so is the file written from that. The first byte chooses how the file
// is made: of the bytes as they are, of the bytes and their digest, or as a sound file with these
// entries, which must be accepted.
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "metrics/cider/df_file.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/written_file.h"

namespace {

using namespace vernier;
using fuzz::require;
using Entries = std::vector<DocumentFrequencies::Entry>;

std::string_view bytes_of(const auto& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

std::optional<DfFile> read(const std::string& bytes) {
  const fuzz::MemoryFile file(bytes);
  try {
    DfFile read = read_df_file(file.path());
    require(is_df_file(file.path()));
    return read;
  } catch (const Error& error) {
    require(error.code() == ExitCode::kResource);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
    return std::nullopt;
  }
}

std::string write(const DfFile& file) {
  return fuzz::written_file(
      [&file](const std::string& path) { write_df_file(path, *file.frequencies, file.tokenizer); });
}

void require_equal(const Entries& a, const Entries& b) {
  require(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    require(a[i].fingerprint == b[i].fingerprint && a[i].count == b[i].count);
  }
}

void require_round_trip(const DfFile& file) {
  const std::string bytes = write(file);
  const std::optional<DfFile> again = read(bytes);
  require(again.has_value());
  require(again->tokenizer == file.tokenizer);
  require(again->frequencies->documents() == file.frequencies->documents());
  const Entries entries = file.frequencies->entries();
  require_equal(entries, again->frequencies->entries());
  for (const auto& [fingerprint, count] : entries) {
    require(file.frequencies->may_repeat(fingerprint) || count == 1);
    require(again->frequencies->repeated_count(fingerprint) == count);
  }
  require(file.frequencies->repeated_count(0) == 1);  // as the class says
  require(write(*again) == bytes);
}

/// Distinct fingerprints and counts, neither of them 0, from 12 bytes each.
Entries read_entries(std::string_view bytes) {
  std::map<std::uint64_t, std::uint32_t> counts;
  for (; bytes.size() >= 12; bytes.remove_prefix(12)) {
    DocumentFrequencies::Entry entry;
    std::memcpy(&entry.fingerprint, bytes.data(), 8);
    std::memcpy(&entry.count, bytes.data() + 8, 4);
    if (entry.fingerprint != 0 && entry.count != 0) counts[entry.fingerprint] = entry.count;
  }
  Entries entries;
  for (const auto& [fingerprint, count] : counts) entries.push_back({fingerprint, count});
  return entries;
}

void check_sound(std::string_view input) {
  const Entries entries = read_entries(input);
  std::string bytes = "{\"schema\":\"vernier.df/1\",\"tokenizer\":\"ptb-3.4.1\",\"documents\":" +
                      std::to_string(input.size()) +
                      ",\"ngrams\":" + std::to_string(entries.size()) + "}\n";
  for (const auto& [fingerprint, count] : entries) {
    bytes += bytes_of(fingerprint);
    bytes += bytes_of(count);
  }
  bytes += bytes_of(hash_bytes(bytes));
  const std::optional<DfFile> file = read(bytes);
  require(file.has_value());
  require_equal(entries, file->frequencies->entries());
  require(write(*file) == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const int mode = input.byte() % 3;
  if (mode == 2) {
    check_sound(input.rest());
    return 0;
  }
  std::string bytes(input.rest());
  if (mode == 1) bytes += bytes_of(hash_bytes(bytes));
  if (const std::optional<DfFile> file = read(bytes)) require_round_trip(*file);
  return 0;
}
