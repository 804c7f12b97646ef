// What probe ocr prints.
#pragma once

#include <string>

#include "runners/output/output_format.h"
#include "runners/probe/ocr/ocr_study.h"

namespace vernier {

/// A table, Markdown, or JSON of schema vernier.probe.ocr/1.
std::string ocr_text(const OcrStudy& study, OutputFormat format);

std::string ocr_json(const OcrStudy& study);

/// JSON Lines: each transcript and reference as they were compared, the edits between them, the
/// invented and missing words. Places count code points.
std::string ocr_evidence(const OcrStudy& study);

}  // namespace vernier
