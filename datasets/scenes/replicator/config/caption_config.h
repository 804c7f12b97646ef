// The configuration file of Isaac Sim's captioning extension.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/scenes/replicator/graph.h"

namespace vernier::replicator {

struct CaptionConfig {
  GraphOptions options;
  std::vector<std::string> ignored;  ///< parameters and blocks that mean nothing to vernier
};

/// Reads the block `isaacsim.replicator.caption.core:` of a YAML file: `key: value` lines, the
/// parameters in it or under `caption_configs:`, comments, quoted values; other blocks are left
/// alone. Not all of YAML: no tabs, anchors, texts of several lines. Throws Error(kUsage),
/// FILE:LINE:, for what is none of this, a parameter that the extension does not have or has twice,
/// a value of another type, and files without the block.
CaptionConfig read_caption_config(const std::string& path);
CaptionConfig parse_caption_config(std::string_view text, const std::string& name);

}  // namespace vernier::replicator
