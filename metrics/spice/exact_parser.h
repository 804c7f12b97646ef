// The exact parser: the trees and dependencies of CoreNLP 3.6.0's pipeline, which SPICE 1.0 runs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "metrics/spice/syntax/parser.h"

namespace vernier::spice {

/// Opens the parser with the grammar in a file (Grammar::read). Throws Error(kResource) when it
/// cannot be read. Takes about 0.2 s and 60 MB, a worker little more than its longest sentence
/// needs. Sentences of more than kMostParsedWords words (constituency_parser.h) are refused.
std::shared_ptr<const Parser> open_exact_parser(const std::string& grammar_path);

/// Where the grammar may lie, best first: $VERNIER_SPICE_GRAMMAR, then englishPCFG.ser.gz in the
/// folders of data files (base/paths/data_files.h).
std::vector<std::string> grammar_paths();

/// `chosen`, or the first of the above that exists where it is empty. Throws Error(kResource),
/// saying how to get the grammar, where there is none.
std::string find_grammar(const std::string& chosen);

}  // namespace vernier::spice
