#include "metrics/spice/tuples/tuple_extractor.h"

namespace vernier::spice {

bool TupleExtractor::append(std::span<const std::string_view> words, const ParsedSentence& parse,
                            std::size_t number, TupleList& out) {
  if (!start(words, parse, number, graph_)) return false;
  collapser_.collapse(graph_);
  enhancer_.enhance(graph_);
  rules_.append(graph_, out);
  return true;
}

std::string TupleExtractor::collapsed_edges(std::span<const std::string_view> words,
                                            const ParsedSentence& parse, std::size_t number) {
  if (!start(words, parse, number, graph_)) return {};
  collapser_.collapse(graph_);
  return print_edges(graph_);
}

}  // namespace vernier::spice
