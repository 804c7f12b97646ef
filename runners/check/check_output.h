// What `vernier check` prints.
#pragma once

#include <string>

#include "runners/check/check_study.h"
#include "runners/output/output_format.h"

namespace vernier {

/// All sentences as JSON; tables show those that are not supported.
std::string check_text(const CheckStudy& study, OutputFormat format);

}  // namespace vernier
