// Writing inputs to a temporary folder and reading them back as records that own their text.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/io/byte_sink.h"
#include "datasets/reader.h"

namespace vernier::tests {

/// A folder that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "vernier-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path(const std::string& name) const { return (path_ / name).string(); }

  /// Writes a file, compressed when its name ends in .gz or .zst.
  std::string write(const std::string& name, std::string_view content) const {
    ByteSink sink(path(name));
    sink.write(content);
    sink.commit();
    return path(name);
  }

  /// Writes the bytes as they are.
  std::string write_raw(const std::string& name, std::string_view content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
  }

 private:
  std::filesystem::path path_;
};

inline std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

struct OwnedRecord {
  std::string id, image_id, text, meta;
  bool has_text = false, has_references = false;
  std::vector<std::string> references;
  std::uint64_t line = 0;
  bool operator==(const OwnedRecord&) const = default;
};

struct Reading {
  std::vector<OwnedRecord> records;
  ReadCounts counts;
  Format format = Format::kAuto;
  std::size_t blocks = 0;
};

inline Reading read_file(const std::string& path, const ReadOptions& options = {}) {
  Reading reading;
  const auto reader = RecordReader::open(path, options);
  reading.format = reader->format();
  for (RecordBlock block; reader->next(block); ++reading.blocks) {
    reader->parse(block);
    reading.counts += block.counts();
    for (const Record& record : block.records()) {
      OwnedRecord& owned = reading.records.emplace_back();
      owned = {std::string(record.id),
               std::string(record.image_id),
               std::string(record.text),
               std::string(record.meta),
               record.has_text,
               record.has_references,
               {record.references.begin(), record.references.end()},
               record.line};
    }
  }
  reader->check(reading.counts);
  return reading;
}

inline Reading read_text(std::string_view content, const ReadOptions& options = {}) {
  const TemporaryFolder folder;
  return read_file(folder.write_raw("input", content), options);
}

/// The error that reading the text must end in; the path is cut from its message.
inline std::string error_of(std::string_view content, const ReadOptions& options = {},
                            ExitCode code = ExitCode::kBadInput) {
  const TemporaryFolder folder;
  const std::string path = folder.write_raw("input", content);
  try {
    read_file(path, options);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    std::string message = error.what();
    EXPECT_TRUE(message.starts_with(path)) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    return message.substr(path.size());
  }
  ADD_FAILURE() << "no error for: " << content.substr(0, 200);
  return {};
}

}  // namespace vernier::tests
