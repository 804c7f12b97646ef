// What probe vqa prints.
#pragma once

#include <string>

#include "runners/output/output_format.h"
#include "runners/probe/answers/vqa/vqa_study.h"

namespace vernier {

/// A table, Markdown, or JSON of schema vernier.probe.vqa/1.
std::string vqa_text(const VqaStudy& study, OutputFormat format);

std::string vqa_json(const VqaStudy& study);

/// JSON Lines: each answer as it was compared, and its scores.
std::string vqa_evidence(const VqaStudy& study);

}  // namespace vernier
