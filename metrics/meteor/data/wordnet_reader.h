// Reads what METEOR needs from the WordNet 3.0 files of Debian's package wordnet-base.
#pragma once

#include <string>

#include "metrics/meteor/data/data_writer.h"

namespace vernier::meteor {

/// Reads index.{noun,verb,adj,adv} and {noun,verb,adj,adv}.exc from a folder. The result equals
/// METEOR 1.5's english.synsets and english.exceptions, which were made from the original
/// WordNet 3.0: Debian has since edited glosses, which moved synsets, and the reader moves them
/// back (METEOR takes equal offsets of different parts of speech for one synset, so they matter).
/// Throws Error(kResource) when a file is missing or is not the known one.
SynonymTables read_wordnet(const std::string& folder);

}  // namespace vernier::meteor
