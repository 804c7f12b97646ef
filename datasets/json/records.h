// JSON objects into records.
#pragma once

#include "datasets/records/record_sink.h"

namespace vernier::json {

/// Parses all records of the sink's block. False when the last one is cut off by the end of the
/// input; the sink then stands at its start.
bool parse_records(RecordSink& sink);

}  // namespace vernier::json
