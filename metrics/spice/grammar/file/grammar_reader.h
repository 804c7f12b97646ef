// Reads the grammar file of the Stanford parser (CoreNLP 3.6.0, englishPCFG.ser.gz): a Java object
// stream, gzipped or not, alone or inside the jar of the models.
#pragma once

#include <string>
#include <string_view>

#include "metrics/spice/grammar/file/grammar_tables.h"

namespace vernier::spice {

/// The bytes of the object stream: `path` is a jar (zip) with the grammar in it, the grammar
/// gzipped, or plain. A jar is not read whole. Throws Error(kResource).
std::string read_grammar_bytes(const std::string& path);

/// What those bytes hold; `name` is that of the file, for messages. Throws Error(kResource) for
/// anything that is not a whole grammar, and for one whose settings ask for what this parser does
/// not do.
GrammarTables read_grammar_tables(std::string_view bytes, const std::string& name);

}  // namespace vernier::spice
