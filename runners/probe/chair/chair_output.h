// What `probe chair` writes.
#pragma once

#include <string>

#include "runners/output/output_format.h"
#include "runners/probe/chair/chair_study.h"

namespace vernier {

/// The scores, curves and most invented objects.
std::string chair_text(const ChairStudy& study, std::size_t show, OutputFormat format);

/// One JSON object a line and caption: its mentions, with their places in the caption (characters)
/// and whether the object is in the image.
std::string chair_evidence(const ChairStudy& study);

}  // namespace vernier
