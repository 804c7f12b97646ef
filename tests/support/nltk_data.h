// NLTK's data, compiled once a process.
#pragma once

#include <string>

#include "metrics/text/nltk/nltk_data.h"
#include "tests/support/command.h"
#include "tests/support/shared.h"

namespace vernier::tests {

/// Path of the compiled file. Needs the third-party data.
inline std::string compiled_nltk() {
  static const TemporaryFolder folder;
  static const std::string file = [] {
    std::string path = folder.path("nltk-en.bin");
    text::write_nltk_data(text::read_nltk_folder(shared("data/nlp")), path);
    return path;
  }();
  return file;
}

}  // namespace vernier::tests
