#include "judges/chat/local/default_model.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/paths/data_files.h"
#include "base/printable.h"

namespace vernier::chat {

std::string default_model_folder() {
  const std::string config = first_existing(data_file_paths("default-model/config.json"));
  std::string folder = std::filesystem::path(config).parent_path().string();
  std::error_code ignored;
  if (!std::filesystem::exists(config, ignored)) {
    throw Error(ExitCode::kResource,
                fmt::format("the model that comes with vernier is not installed (first place: {}); "
                            "give --model DIR, or install again: make install",
                            printable(folder)));
  }
  return folder;
}

}  // namespace vernier::chat
