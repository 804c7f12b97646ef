// Which pictures are to be captioned.
#pragma once

#include <string>
#include <vector>

#include "runners/model/picture_folder.h"

namespace vernier {

/// Image ids: all pictures of the folder, or those that a file names, each once, in order. The file
/// holds records of any format (datasets/format.h) or an id a line. Throws Error(kBadInput) when it
/// names none, Error(kUsage) for a folder without pictures.
std::vector<std::string> image_list(const PictureFolder& folder, const std::string& folder_name,
                                    const std::string& file);

}  // namespace vernier
