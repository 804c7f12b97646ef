// Putting the exact parser's grammar where it is found.
#pragma once

#include <cstdint>
#include <string>

namespace vernier::spice {

/// Takes the grammar out of `input` (englishPCFG.ser.gz, or the jar of the CoreNLP 3.6.0 models
/// that holds it), checks all of it and writes it to `output`; the end of that name says whether
/// compressed. Returns its digest, as signatures have it. Throws Error(kResource) for a file that
/// is not the grammar, Error(kOutput) when it cannot be written.
std::uint64_t import_grammar(const std::string& input, const std::string& output);

/// The digest of an installed grammar, which is checked on the way. Throws Error(kResource).
std::uint64_t grammar_digest(const std::string& path);

}  // namespace vernier::spice
