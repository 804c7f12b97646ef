// A folder among the temporary ones that goes with its object.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace vernier {

class ScratchFolder {
 public:
  /// In $TMPDIR (default /tmp). Throws Error(kOutput) where it cannot be made.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  /// The path of `name` in it.
  std::string file(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace vernier
