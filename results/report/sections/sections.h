// The parts of the page, in their order. Each appends HTML.
#pragma once

#include <string>

#include "results/report/findings.h"
#include "results/report/images/embedded_images.h"

namespace vernier::report {

/// Every run's scores with intervals; parts of a score (spice/object) in tables of their own.
void append_scores(std::string& out, const Findings& findings);

/// A histogram of each score's sentence values.
void append_distributions(std::string& out, const Findings& findings);

/// A run against the first: differences with interval and p, sentence scores as scatter plots.
void append_comparison(std::string& out, const Findings& findings, std::size_t pair);

/// Scores by slice; nothing without --by.
void append_slices(std::string& out, const Findings& findings);

/// What captions invent, of what, and where in them, by every probe that left evidence; nothing
/// where none did.
void append_evidence(std::string& out, const Findings& findings);

/// Worst and best samples of one run; of several those that moved most.
void append_cards(std::string& out, const Findings& findings, const Options& options,
                  EmbeddedImages& images);

/// The searchable list, which the script fills, and its data.
void append_sample_list(std::string& out, const Findings& findings, const Options& options);

/// Signatures, statistics, data set.
void append_methods(std::string& out, const Findings& findings, const Options& options);

}  // namespace vernier::report
