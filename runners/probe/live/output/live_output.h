// What `probe live` writes.
#pragma once

#include <string>

#include "runners/output/output_format.h"
#include "runners/probe/live/study/live_study.h"

namespace vernier {

/// A table, Markdown, or JSON of schema vernier.probe.live/1.
std::string live_text(const LiveStudy& study, OutputFormat format);

/// Shares and changes in percent; what is undefined is null with its reason under "undefined".
std::string live_json(const LiveStudy& study);

/// JSON Lines: every question with its label, what was answered with each picture, what was read of
/// that and whether it is right; then every description with what it got wrong.
std::string live_records(const LiveStudy& study);

}  // namespace vernier
