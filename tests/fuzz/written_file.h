// What a function writes under a path, as bytes.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace vernier::fuzz {

/// The file that `write(path)` makes; nothing is left on disk.
template <class Write>
std::string written_file(Write write) {
  std::string folder = "/tmp/vernier-fuzz-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) std::abort();
  const std::string path = folder + "/file";
  write(path);
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file || ::unlink(path.c_str()) != 0 || ::rmdir(folder.c_str()) != 0) std::abort();
  return bytes;
}

}  // namespace vernier::fuzz
