// Where the data files lie that some metrics need and that are not part of the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vernier {

/// All places where a data file of this name may lie, best first: $VERNIER_DATA,
/// ../share/vernier beside the folder of the running program, and vernier/ in $XDG_DATA_HOME
/// (default ~/.local/share), /usr/local/share and /usr/share.
std::vector<std::string> data_file_paths(std::string_view file);

/// Where a user's own data file of this name goes: in $VERNIER_DATA or $XDG_DATA_HOME/vernier.
std::string user_data_path(std::string_view file);

/// The first that exists, else the first. `paths` is not empty.
std::string first_existing(const std::vector<std::string>& paths);

/// The value of an environment variable; empty where it is not set.
std::string environment_value(const char* name);

}  // namespace vernier
