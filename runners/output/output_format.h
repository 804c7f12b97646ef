// The forms in which commands print what they found.
#pragma once

namespace vernier {

enum class OutputFormat { kTable, kJson, kCsv, kMarkdown };

}  // namespace vernier
