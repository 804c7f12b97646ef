#include "metrics/spice/dependencies/pattern/word_lists.h"

#include <algorithm>

#include "base/error.h"
#include "metrics/spice/dependencies/rules/table_reader.h"

namespace vernier::spice {
namespace {

bool is_upper(char letter) { return letter >= 'A' && letter <= 'Z'; }

bool has_upper(std::string_view text) { return std::any_of(text.begin(), text.end(), is_upper); }

}  // namespace

WordLists::WordLists(std::string_view table) {
  for (const TableEntry& entry : read_table(table)) read_list(entry.head);
}

WordSet WordLists::new_bit() {
  WordSet bit;
  if (bits_ == bit.size()) throw Error(ExitCode::kInternal, "more word lists than bits");
  bit.set(bits_++);
  return bit;
}

void WordLists::read_list(std::string_view line) {
  const std::string name(take_word(line));
  List list{new_bit(), {}};
  for (const std::string_view entry : split_at_blanks(line)) {
    add_entry_of_list(entry, list.bit, list.members);
  }
  lists_.emplace(name, std::move(list));
}

void WordLists::add_entry_of_list(std::string_view entry, const WordSet& bit,
                                  std::vector<std::string>& members) {
  const auto member = [&](std::string word) {
    add(word, bit);
    members.push_back(std::move(word));
  };
  if (entry.front() == '+') {
    const auto found = lists_.find(std::string(entry.substr(1)));
    if (found == lists_.end())
      throw Error(ExitCode::kInternal, "no word list " + std::string(entry));
    for (const std::string& word : found->second.members) member(word);
  } else if (entry.back() == '+') {
    const std::string verb(entry.substr(0, entry.size() - 1));
    const std::string stem = verb.back() == 'e' ? verb.substr(0, verb.size() - 1) : verb;
    for (const std::string& form : {verb, verb + "s", stem + "ed", stem + "ing"}) member(form);
  } else if (entry.ends_with(":s")) {
    const std::string noun(entry.substr(0, entry.size() - 2));
    member(noun);
    member(noun + "s");
  } else {
    member(std::string(entry));
  }
}

void WordLists::add(std::string_view entry, const WordSet& bit) {
  const bool from_start = entry.front() != '*', to_end = entry.back() != '*';
  const bool as_written = has_upper(entry);
  if (from_start && to_end && !as_written) {
    words_[std::string(entry)] |= bit;
    return;
  }
  if (!from_start) entry.remove_prefix(1);
  if (!to_end) entry.remove_suffix(1);
  shapes_.push_back({std::string(entry), from_start, to_end, as_written, bit});
}

WordSet WordLists::list(std::string_view name) const {
  const auto found = lists_.find(std::string(name));
  if (found == lists_.end()) {
    throw Error(ExitCode::kInternal, "no word list " + std::string(name));
  }
  return found->second.bit;
}

WordSet WordLists::quoted(std::string_view entry) {
  const auto [found, added] = quoted_.try_emplace(std::string(entry));
  if (added) {
    found->second = new_bit();
    add(entry, found->second);
  }
  return found->second;
}

WordSet WordLists::lists_of(std::string_view word, std::string& folded) const {
  folded.assign(word);
  for (char& letter : folded) {
    if (is_upper(letter)) letter = static_cast<char>(letter - 'A' + 'a');
  }
  WordSet lists;
  const auto found = words_.find(folded);
  if (found != words_.end()) lists = found->second;
  const bool upper = folded != word;
  for (const Shape& shape : shapes_) {
    if (shape.as_written && !upper) continue;
    const std::string_view text = shape.as_written ? word : std::string_view(folded);
    const bool fits = shape.from_start && shape.to_end ? text == shape.text
                      : shape.from_start               ? text.starts_with(shape.text)
                      : shape.to_end                   ? text.ends_with(shape.text)
                                     : text.find(shape.text) != std::string_view::npos;
    if (fits) lists |= shape.bit;
  }
  return lists;
}

}  // namespace vernier::spice
