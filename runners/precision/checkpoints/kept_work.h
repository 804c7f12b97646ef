// Files that were made before by the same work.
#pragma once

#include <string>

namespace vernier {

/// FILE.work says what FILE was made by.
class KeptWork {
 public:
  KeptWork(std::string file, std::string work) : file_(std::move(file)), work_(std::move(work)) {}

  /// FILE is there and was made by this work.
  bool done() const;
  /// FILE is complete now. Throws Error(kOutput).
  void finish() const;

 private:
  std::string file_, work_;
};

}  // namespace vernier
