#include "metrics/spice/dependencies/rules/rules.h"

#include <numeric>

#include "base/error.h"
#include "metrics/spice/dependencies/rules/table_reader.h"
#include "metrics/spice/dependencies/rules/tables.h"

namespace vernier::spice {
namespace {

EdgeName read_name(std::string_view name) {
  if (name == "rel") return kRelName;
  if (name == "prep") return kPrepName;
  const std::optional<Relation> relation = find_relation(name);
  if (!relation) throw Error(ExitCode::kInternal, "no relation " + std::string(name));
  return edge_name(*relation);
}

}  // namespace

Rules::Rules()
    : words(kWordLists),
      reader(words, kLabelClasses, kMacros),
      before_coordination(read_multiwords(kMultiwords, reader, program)),
      after_coordination(read_changes(kSurgeryAfterCoordination, reader, program)),
      coordination_openers(words.list("PRE")),
      heads(words, reader, program) {
  for (ChangeGroup& group : read_changes(kSurgeryBeforeCoordination, reader, program)) {
    before_coordination.push_back(std::move(group));
  }
  read_relations();
  for (const TableEntry& entry : read_table(kReattachingLemmas)) {
    for (const std::string_view lemma : split_at_blanks(entry.head)) {
      reattaching_lemmas.emplace(lemma);
    }
  }
}

void Rules::read_relations() {
  std::iota(parents.begin(), parents.end(), EdgeName{0});
  for (const TableEntry& entry : read_table(kRelations)) {
    const std::vector<std::string_view> head = split_at_blanks(entry.head);
    const EdgeName name = read_name(head[0]);
    if (head.size() == 3) parents[name] = read_name(head[2]);
    for (const std::string& line : entry.lines) {
      Pattern pattern = program.compile(reader.read(line), "t");
      for (std::size_t label = kTagCount; label < kLabelCount; ++label) {
        if (!pattern.root.labels[label]) continue;
        relations_of[label].push_back(static_cast<std::uint16_t>(relations.size()));
      }
      relations.push_back({name, std::move(pattern)});
    }
  }
}

}  // namespace vernier::spice
