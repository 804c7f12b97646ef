// Reaching the third-party data of `VERNIER_SHARED`, which a fresh clone does not have.
#pragma once

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <string>
#include <vector>

namespace vernier::tests {

inline std::filesystem::path shared(const std::string& path) {
  return std::filesystem::path(VERNIER_SHARED) / path;
}

/// All lines of a text file, gzipped or not.
inline std::vector<std::string> read_lines(const std::filesystem::path& path) {
  std::vector<std::string> lines;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return lines;
  std::string text;
  char buffer[1 << 16];
  for (int n; (n = gzread(file, buffer, sizeof buffer)) > 0;) text.append(buffer, size_t(n));
  gzclose(file);
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    lines.emplace_back(text, begin, end - begin);
    begin = end + 1;
  }
  return lines;
}

}  // namespace vernier::tests

#define VERNIER_REQUIRE_SHARED(path)                          \
  if (!std::filesystem::exists(vernier::tests::shared(path))) \
  GTEST_SKIP() << "needs " << vernier::tests::shared(path) << " (set VERNIER_SHARED)"
