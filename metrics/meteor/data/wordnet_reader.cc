#include "metrics/meteor/data/wordnet_reader.h"

#include <fmt/format.h>
#include <zlib.h>

#include <charconv>
#include <fstream>
#include <iterator>

#include "base/error.h"
#include "base/hash.h"
#include "base/printable.h"

namespace vernier::meteor {
namespace {

struct WordNetFile {
  const char* name;
  std::size_t bytes;
  std::uint32_t crc32;
};

// Debian bookworm's wordnet-base 1:3.0-37.
constexpr WordNetFile kIndexFiles[] = {{"index.noun", 4786655, 0xEE52C879},
                                       {"index.verb", 523980, 0x1FB59EB2},
                                       {"index.adj", 824127, 0x3DEC1DC7},
                                       {"index.adv", 162816, 0xCF3B1CD2}};
constexpr WordNetFile kExceptionFiles[] = {{"adj.exc", 23019, 0xF7AC3976},
                                           {"adv.exc", 85, 0x7F188113},
                                           {"noun.exc", 38301, 0xC9A3AB18},
                                           {"verb.exc", 38033, 0xD3E93967}};

std::string read_file(const std::string& folder, const WordNetFile& file) {
  const std::string path = folder + "/" + file.name;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: WordNet 3.0 file missing; install Debian's package wordnet-base "
                            "or name the folder that holds its files",
                            printable(path)));
  }
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  const auto crc = static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
  if (text.size() != file.bytes || crc != file.crc32) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: {} bytes with CRC-32 {:08x}, but METEOR needs WordNet 3.0 as in "
                            "Debian's wordnet-base 1:3.0-37: {} bytes with CRC-32 {:08x}",
                            printable(path), text.size(), crc, file.bytes, file.crc32));
  }
  return text;
}

std::vector<std::string_view> fields(std::string_view line) {
  std::vector<std::string_view> out;
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    if (end > begin) out.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    visit(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

std::uint32_t number(std::string_view digits) {
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// The offset that the synset had before Debian's edits of glosses.
std::uint32_t original_offset(const WordNetFile& file, std::uint32_t offset) {
  const std::string_view name = file.name;
  if (name == "index.verb" && offset >= 613036 && offset < 2422967) return offset - 18;
  if (name == "index.adj" && offset >= 1681478) return offset - 1;
  return offset;
}

}  // namespace

SynonymTables read_wordnet(const std::string& folder) {
  SynonymTables tables;
  for (const WordNetFile& file : kExceptionFiles) {
    const std::string text = read_file(folder, file);
    tables.digest = mix(tables.digest ^ hash_bytes(text), 0x576F72644E6574u);
    for_each_line(text, [&](std::string_view line) {
      const std::vector<std::string_view> words = fields(line);
      for (std::size_t i = 1; i < words.size(); ++i) {
        tables.bases[std::string(words[0])].emplace_back(words[i]);
      }
    });
  }
  for (const WordNetFile& file : kIndexFiles) {
    const std::string text = read_file(folder, file);
    tables.digest = mix(tables.digest ^ hash_bytes(text), 0x576F72644E6574u);
    for_each_line(text, [&](std::string_view line) {
      if (line.empty() || line[0] == ' ') return;  // the licence
      const std::vector<std::string_view> row = fields(line);
      std::vector<std::uint32_t>& synsets = tables.synsets[std::string(row[0])];
      for (std::size_t i = row.size() - number(row[2]); i < row.size(); ++i) {
        synsets.push_back(original_offset(file, number(row[i])));
      }
    });
  }
  return tables;
}

}  // namespace vernier::meteor
