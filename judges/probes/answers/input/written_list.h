// Lists that a spreadsheet or a data frame has turned into texts.
#pragma once

#include <string_view>

#include "datasets/objects/object_file.h"

namespace vernier::probes {

/// Throws Error(kBadInput), FILE:LINE:, where the field holds a list written as one text:
/// "['a', 'b']".
void refuse_written_list(const ObjectRecord& record, std::string_view field);

}  // namespace vernier::probes
