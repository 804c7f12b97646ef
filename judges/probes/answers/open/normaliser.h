// Answers brought to the form in which the VQA challenges compare them.
#pragma once

#include <string>
#include <string_view>

namespace vernier::probes {

enum class AnswerNormaliser {
  kVqa,     ///< GT-Vision-Lab/VQA, vqaEval.py: VQAv2, OK-VQA, VizWiz
  kEvalAi,  ///< facebookresearch/mmf, EvalAIAnswerProcessor: TextVQA
};
const char* normaliser_name(AnswerNormaliser normaliser);

/// Line breaks and tabs as blanks, none at either end.
std::string blanks_stripped(std::string_view answer);

/// vqaEval.py's rules, slips included: each of ; / [ ] " { } ( ) = + \ _ - > < @ ` , ? ! becomes a
/// blank, or nothing where it stands beside a blank somewhere or a comma stands between two digits
/// anywhere; the first 32 full stops that no digit follows are removed (a flag of the script is
/// taken for a count). Then lower case, none and zero to ten as digits, without a, an, the,
/// contractions restored. kEvalAi first takes out commas and question marks and parts 's from its
/// word. The text must be valid UTF-8.
std::string normalised_answer(std::string_view answer, AnswerNormaliser normaliser);

}  // namespace vernier::probes
