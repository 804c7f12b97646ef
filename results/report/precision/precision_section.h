// Checkpoints of one model in several precisions on the report's page.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "results/report/images/embedded_images.h"
#include "results/report/precision/reading/precision_result.h"

namespace vernier::report {

/// Of each result the gate on top, then both checkpoints and what each level says; of several
/// candidates a table and plots, then each one's details, folded away. `shown`: examples of a kind,
/// at most.
void append_precisions(std::string& out, std::span<const PrecisionResult> results,
                       std::size_t shown, EmbeddedImages& images);

/// Anchors of the parts of results with their names, for the page's navigation.
std::vector<std::pair<std::string, std::string>> precision_links(
    std::span<const PrecisionResult> results);

}  // namespace vernier::report
