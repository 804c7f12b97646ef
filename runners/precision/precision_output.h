// What `vernier precision` prints.
#pragma once

#include <string>

#include "results/precision/changes.h"
#include "runners/compare/compared_run.h"
#include "runners/output/output_format.h"

namespace vernier {

/// The whole page: the comparison, then answers, samples and texts.
std::string precision_text(const ComparedRun& compared, const Changes& changes, std::size_t show,
                           OutputFormat format);

}  // namespace vernier
