#include "base/paths/data_files.h"
#include "metrics/meteor/meteor.h"

namespace vernier {

std::vector<std::string> meteor_data_paths() { return data_file_paths("meteor-en.bin"); }

std::string default_meteor_data_path() { return first_existing(meteor_data_paths()); }

}  // namespace vernier
