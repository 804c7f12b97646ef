#include "base/paths/scratch_folder.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "base/error.h"

namespace vernier {

ScratchFolder::ScratchFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "vernier-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    throw Error(ExitCode::kOutput, fmt::format("{}: cannot be made: {}", name,
                                               std::generic_category().message(errno)));
  }
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace vernier
