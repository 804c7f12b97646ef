// The model that comes with vernier.
#pragma once

#include <string>

namespace vernier::chat {

/// Its folder: default-model among the data files (base/paths/data_files.h). Throws
/// Error(kResource), naming the first place, where there is none.
std::string default_model_folder();

}  // namespace vernier::chat
