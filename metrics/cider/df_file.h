// Stored document frequencies: CIDEr of a small set with the weights of a large one.
//
// Layout (little-endian, optionally gzip or zstd): one line of JSON
//   {"schema":"vernier.df/1","tokenizer":"ptb-3.4.1","documents":N,"ngrams":M}
// then M entries of 12 bytes sorted by fingerprint (uint64 fingerprint, uint32 count), then a
// uint64 digest of everything before it. Fingerprints are those of SampleNgrams.
#pragma once

#include <memory>
#include <string>

#include "metrics/cider/document_frequencies.h"

namespace vernier {

struct DfFile {
  std::shared_ptr<DocumentFrequencies> frequencies;
  std::string tokenizer;
  std::string digest;  ///< hexadecimal; signatures name it
};

/// Throws Error(kResource) for a file that is missing, damaged or of another kind.
DfFile read_df_file(const std::string& path);
/// Whether the file starts like one, so that `vernier df` can merge without being told.
bool is_df_file(const std::string& path);
/// Writes to a path (.gz and .zst compress). Throws Error(kOutput).
void write_df_file(const std::string& path, const DocumentFrequencies& frequencies,
                   const std::string& tokenizer);

}  // namespace vernier
