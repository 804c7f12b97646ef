// The fast parser: a small network of our own, trained on what the exact parser makes of captions.
#pragma once

#include <memory>
#include <string>

#include "metrics/spice/syntax/parser.h"

namespace vernier::spice {

/// Opens the parser with the weights that are part of the program. It makes no trees. Sentences of
/// more than 500 words are refused (graph/multigraph/graph.h). Its parses are the same bits on
/// every processor.
std::shared_ptr<const Parser> open_fast_parser();

/// The same with weights from a file, for trying out what was trained. Throws Error(kResource) when
/// it cannot be read.
std::shared_ptr<const Parser> open_fast_parser(const std::string& weights_path);

}  // namespace vernier::spice
