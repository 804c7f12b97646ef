// The folder that a set is written into.
#pragma once

#include <string>

namespace vernier {

/// Makes the folder. Throws Error(kOutput) where it cannot, and for one that holds something
/// already, unless forced.
void open_set_folder(const std::string& path, bool force);
/// Makes a folder in it, and those between. Throws Error(kOutput).
void make_set_folder(const std::string& path, const std::string& folder);

}  // namespace vernier
