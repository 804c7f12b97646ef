// The samples as data for the page's list, search and sample view.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "results/report/findings.h"

namespace vernier::report {

/// One JSON object, safe inside a <script> element; `samples` are numbers in the first run. The
/// reader is page/report.js:
///   runs      [{letter, name}]
///   scores    [{name, title, less}]         main: which of them ranks samples
///   slices    [value or null, ...]          by: "meta.KEY"; both are absent without --by
///   total     samples of the run
///   samples   [[id, image, scores run by run, candidates, references, slice, meta, evidence,
///             question, notes], ...]
///   seen      what judges saw of images; absent without judges
/// A candidate is [level, text, level, text, ...] (samples/matches.h) for every run, with [class,
/// label] in place of the level under a mark (evidence/marked_text.h); candidates and references
/// are 0 in a run without texts. image is 0 where it equals the id. evidence is [[invented], [left
/// out]] or 0 for every run. Notes of judges and `seen` are as judge/html/note_data.h says. What is
/// not there of meta, evidence, question and notes is 0, or absent at the end.
std::string sample_data(const Findings& findings, std::span<const std::size_t> samples);

}  // namespace vernier::report
