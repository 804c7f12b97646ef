// Rows and lines into records.
#pragma once

#include "datasets/records/record_sink.h"

namespace vernier::table {

/// Parses all rows of the sink's block. False when the last one is cut off by the end of the input
/// (inside quotes, or before its last column); the sink then stands at its start.
bool parse_rows(RecordSink& sink);

/// Every line is a record with nothing but a text.
void parse_lines(RecordSink& sink);

/// The columns that the header row at the start of `head` names; sets `size` to the bytes it takes.
std::vector<Column> parse_header(std::string_view head, const Layout& layout,
                                 const FieldNames& names, std::size_t& size);

}  // namespace vernier::table
