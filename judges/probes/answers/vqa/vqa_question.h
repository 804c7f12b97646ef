// One record of a question file.
#pragma once

#include "judges/probes/answers/vqa/vqa_file.h"

namespace vernier::probes {

/// Whether the record holds right answers under any name.
bool has_answers(const ObjectRecord& record, const VqaFields& fields);

/// Throws Error(kBadInput), FILE:LINE:.
VqaQuestion read_vqa_question(const ObjectRecord& record, const VqaFields& fields);

}  // namespace vernier::probes
