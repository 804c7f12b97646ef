// What judges write in short, in words.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "results/report/judge/reading/judge_note.h"
#include "results/report/judge/sums/judge_sums.h"

namespace vernier::report {

/// "context_truncated" -> "rated with the objects of its context only, as all of it did not fit";
/// unknown ones as they are.
std::string status_words(std::string_view status);
std::string flag_words(std::string_view flag);

/// "98.2 ± 5.3 of 100, likeliest number 100"; empty where there is no score.
std::string score_words(const JudgeNote& note);
/// "preferred to the other caption in both orders"
std::string vote_words(Vote vote);

/// Where the main score of a judge stands among these, if any does.
std::optional<std::size_t> judge_score(std::span<const std::string_view> names);
/// Whether a metric comes from a model that judges or likens captions, not from references.
bool is_of_judge(std::string_view metric);

}  // namespace vernier::report
