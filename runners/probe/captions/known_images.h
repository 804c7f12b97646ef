// Captions against what is known of their images.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/image_ids.h"
#include "runners/probe/captions/caption_file.h"

namespace vernier {

/// The image of each caption, as the file has it.
std::vector<std::string_view> image_ids(const CaptionFile& file);

struct KnownImages {
  std::vector<std::size_t> images;  ///< by caption that was kept: the number of its image
  std::string id_rule;              ///< how ids were compared
  std::uint64_t extra = 0;          ///< captions of unknown images, left out
};

/// Keeps the captions of images that are known. Throws Error(kBadInput), naming ten, where others
/// are there and `ignore_extra` does not allow it, or where none is left. `known` names what does
/// not have them.
KnownImages keep_known(CaptionFile& file, const MatchedIds& matched, const std::string& known,
                       bool ignore_extra);

}  // namespace vernier
