#include "metrics/spice/syntax/tree.h"

namespace vernier::spice {

std::string print_tree(const Tree& tree, std::span<const std::string_view> words) {
  std::string out;
  std::vector<std::uint32_t> open;  // ends of the phrases not yet closed
  for (std::uint32_t at = 0; at < tree.size(); ++at) {
    if (at > 0) out += ' ';
    out += '(';
    out += label_name(tree[at].label);
    if (!is_tag(tree[at].label)) {
      open.push_back(tree[at].end);
      continue;
    }
    out += ' ';
    out += words[tree[at].token];
    out += ')';
    while (!open.empty() && open.back() == at + 1) {
      out += ')';
      open.pop_back();
    }
  }
  return out;
}

std::optional<ReadTree> read_tree(std::string_view text) {
  ReadTree read;
  std::vector<std::uint32_t> open;
  std::size_t at = 0;
  const auto item = [&] {
    const std::size_t end = std::min(text.find_first_of(" ()", at), text.size());
    const std::string_view found = text.substr(at, end - at);
    at = end;
    return found;
  };
  while (at < text.size()) {
    if (!read.tree.empty() && open.empty()) return std::nullopt;  // a second root
    if (text[at] != '(') return std::nullopt;
    ++at;
    const std::optional<Label> label = find_label(item());
    if (!label || at == text.size() || text[at] != ' ') return std::nullopt;
    ++at;
    const auto self = static_cast<std::uint32_t>(read.tree.size());
    read.tree.push_back({*label, static_cast<std::uint16_t>(read.words.size()), self + 1});
    if (!is_tag(*label)) {
      open.push_back(self);
      continue;
    }
    const std::string_view word = item();
    if (word.empty() || at == text.size() || text[at] != ')' || read.words.size() == UINT16_MAX) {
      return std::nullopt;
    }
    ++at;
    read.words.push_back(word);
    while (at < text.size() && text[at] == ')' && !open.empty()) {
      read.tree[open.back()].end = static_cast<std::uint32_t>(read.tree.size());
      open.pop_back();
      ++at;
    }
    if (open.empty()) continue;
    if (at == text.size() || text[at] != ' ') return std::nullopt;
    ++at;
  }
  if (!open.empty() || read.tree.empty()) return std::nullopt;
  return read;
}

}  // namespace vernier::spice
