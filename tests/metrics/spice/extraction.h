// Tuples and graphs of parses written by hand.
#pragma once

#include <string>
#include <string_view>

#include "metrics/spice/tuples/tuple_extractor.h"
#include "tests/metrics/spice/written_parse.h"

namespace vernier::tests {

/// Fields joined by '|', tuples by ", ".
inline std::string tuples_of(std::string_view parse, std::size_t number = 0) {
  const WrittenParse written(parse);
  spice::TupleExtractor extractor;
  spice::TupleList tuples;
  if (!extractor.append(written.words, written.parse, number, tuples)) return "too long";
  std::string out;
  for (const char c : spice::print_tuples(tuples))
    out += c == '\t' ? std::string(", ") : std::string(1, c);
  return out;
}

inline std::string collapsed(std::string_view parse, std::size_t number = 0) {
  const WrittenParse written(parse);
  return spice::TupleExtractor().collapsed_edges(written.words, written.parse, number);
}

/// The graph behind the steps that follow the collapsing.
inline std::string enhanced(std::string_view parse, std::size_t number = 0) {
  const WrittenParse written(parse);
  spice::SentenceGraph graph;
  if (!spice::start(written.words, written.parse, number, graph)) return "too long";
  spice::Collapser().collapse(graph);
  spice::Enhancer().enhance(graph);
  return spice::print_edges(graph);
}

}  // namespace vernier::tests
