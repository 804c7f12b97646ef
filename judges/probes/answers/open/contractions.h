// Contractions without their apostrophe, as the VQA challenge's evaluation restores them.
#pragma once

#include <string_view>

namespace vernier::probes {

/// "dont" -> "don't"; any other word as it is. The table is that of GT-Vision-Lab/VQA (vqaEval.py),
/// its oddities included ("somebody'd" loses its apostrophe); words are in lower case, so that its
/// rows with capitals ("Im") never count.
std::string_view restored_contraction(std::string_view word);

}  // namespace vernier::probes
