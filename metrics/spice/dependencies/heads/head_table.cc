#include "metrics/spice/dependencies/heads/head_table.h"

#include <algorithm>

#include "base/error.h"
#include "metrics/spice/dependencies/rules/table_reader.h"
#include "metrics/spice/dependencies/rules/tables.h"

namespace vernier::spice {
namespace {

std::size_t index_of(std::string_view label) {
  const std::optional<Label> found = find_label(label);
  if (!found) throw Error(ExitCode::kInternal, "no label " + std::string(label));
  return static_cast<std::size_t>(*found);
}

// Heads take temporal noun phrases for noun phrases.
NodeSet head_label(std::string_view name) {
  NodeSet labels;
  labels.set(index_of(name));
  if (name == "NP") labels.set(static_cast<std::size_t>(Label::kNpTmp));
  return labels;
}

HeadSearch read_search(std::string_view text) {
  HeadSearch search;
  const std::string_view direction = take_word(text);
  search.from_left = direction == "L";
  search.by_place = direction == "RD";
  for (const std::string_view label : split_at_blanks(text)) {
    if (search.by_place && !search.labels.empty()) {
      search.labels[0] |= head_label(label);
    } else {
      search.labels.push_back(head_label(label));
    }
  }
  return search;
}

std::vector<HeadSearch> read_searches(std::string_view text) {
  std::vector<HeadSearch> searches;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    searches.push_back(read_search(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return searches;
}

}  // namespace

HeadTable::HeadTable(const WordLists& words, PatternReader& reader, PatternProgram& program)
    : of_auxiliary(read_search("L VP ADJP")),
      of_passive(read_search("L VP")),
      of_copula(read_search("L VP ADJP NP UCP PP WHADJP WHNP")),
      of_copula_in_question(read_search("R VP ADJP NP UCP PP WHADJP WHNP")),
      time_phrase(program.compile(
          reader.read("VP{has(NP-TMP) !has(V*) !has(NNP|NN|NNPS|NNS|NP|JJ|ADJP|S)}"))),
      auxiliaries(words.list("AUXW")),
      be(words.list("BE")),
      be_or_get(words.list("BEGET")) {
  searches.fill(read_searches("L"));
  for (const TableEntry& entry : read_table(kHeads)) {
    std::string_view line = entry.head;
    std::vector<HeadSearch>& own = searches[index_of(take_word(line))];
    own = line.starts_with("= ") ? searches[index_of(line.substr(2))] : read_searches(line);
  }
  for (const TableEntry& entry : read_table(kHeadPatterns)) {
    for (const std::string& line : entry.lines) {
      patterns[index_of(entry.head)].push_back(program.compile(reader.read(line)));
    }
  }
}

}  // namespace vernier::spice
