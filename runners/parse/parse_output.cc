#include "runners/parse/parse_output.h"

#include <fmt/format.h>

#include "base/json_text.h"
#include "metrics/spice/lemmas/lemma.h"

namespace vernier {
namespace {

std::string joined(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

}  // namespace

std::string_view separator(ParseFormat format) {
  return format == ParseFormat::kSpiceParses ? "\n" : "";
}

void ParseWriter::read_tokens(std::span<const std::string_view> words,
                              const spice::ParsedSentence& parsed) {
  tokens_.assign(words.size(), {.word = {}, .lemma = {}, .tag = {}, .relation = "_", .head = -1});
  for (std::size_t n = 0; n < words.size(); ++n) {
    tokens_[n].word = words[n];
    tokens_[n].tag = label_name(parsed.tags[n]);
    spice::append_lemma(words[n], parsed.tags[n], tokens_[n].lemma);
  }
  for (const spice::Dependency& d : parsed.dependencies) {
    Token& token = tokens_[d.dependent - 1U];
    if (token.head >= 0) continue;  // the first governor, should there be several
    token.head = d.governor;
    token.relation = relation_name(d.relation);
  }
}

/// A line a word: whether the lexicon has it, then tags and ln P(word | tag).
void ParseWriter::append_lexicon(std::string& out, std::span<const std::string_view> tokens) {
  if (!layout_.lexicon) return;
  for (const std::string_view token : tokens) {
    const spice::WordTags tags = parser_.tags_of(token);
    out += fmt::format("#l {}\t{}", token, tags.listed ? "listed" : "unlisted");
    for (const auto& [tag, score] : tags.scores) out += fmt::format("\t{} {:.4f}", tag, score);
    out += '\n';
  }
}

/// A line a parse: how much less probable than the first it is (natural logarithm), then tag, head
/// and relation of each word.
void ParseWriter::append_best(std::string& out, std::span<const std::string_view> tokens) {
  if (layout_.best == 0) return;
  const auto parses = parser_.best_parses(tokens, layout_.best);
  for (const spice::ScoredParse& one : parses) {
    read_tokens(tokens, one.parsed);
    out += fmt::format("#b {:.4f}", one.score - parses.front().score);
    for (const Token& t : tokens_) out += fmt::format("\t{} {} {}", t.tag, t.head, t.relation);
    out += '\n';
  }
}

void ParseWriter::append_spice(std::string& out, const std::string& edges,
                               const std::string& tree) const {
  for (const Token& t : tokens_) {
    out += fmt::format("{}\t{}\t{}\t{}\t{}\n", t.word, t.tag, t.lemma, t.head, t.relation);
  }
  if (layout_.edges) out += "#e " + edges + "\n";
  if (!tree.empty()) out += "#t " + tree + "\n";
}

void ParseWriter::append_conllu(std::string& out, std::string_view source,
                                std::size_t number) const {
  out += fmt::format("# sent_id = {}-{}\n# text =", source, number + 1);
  for (const Token& t : tokens_) out += " " + t.word;
  out += '\n';
  for (std::size_t n = 0; n < tokens_.size(); ++n) {
    const Token& t = tokens_[n];
    const std::string head = t.head < 0 ? "_" : std::to_string(t.head);
    out += fmt::format("{}\t{}\t{}\t_\t{}\t_\t{}\t{}\t_\t_\n", n + 1, t.word, t.lemma, t.tag, head,
                       t.relation);
  }
  out += '\n';
}

void ParseWriter::append_json(std::string& out, const std::string& edges,
                              const std::string& tree) const {
  out += "{\"tokens\":[";
  for (const Token& t : tokens_) {
    out += &t == tokens_.data() ? "{" : ",{";
    append_json_member(out, "word", t.word);
    append_json_member(out, "tag", t.tag);
    append_json_member(out, "lemma", t.lemma);
    append_json_key(out, "head");
    out += t.head < 0 ? "null" : std::to_string(t.head);
    append_json_member(out, "relation", t.relation);
    out += '}';
  }
  out += ']';
  if (layout_.edges) append_json_member(out, "edges", edges);
  if (!tree.empty()) append_json_member(out, "tree", tree);
  out += '}';
}

bool ParseWriter::append(std::string& out, std::string_view source,
                         std::span<const std::string_view> words) {
  const std::size_t begin = out.size();
  const std::string text = joined(words);
  if (begin > 0) out += separator(layout_.format);
  if (layout_.format == ParseFormat::kSpiceParses) out += fmt::format("# {}\t{}\n", source, text);
  if (layout_.format == ParseFormat::kJson) {
    out += '{';
    append_json_member(out, "id", source);
    append_json_member(out, "text", text);
    append_json_key(out, "sentences");
    out += '[';
  }
  const auto visit = [&](std::size_t n, std::span<const std::string_view> tokens,
                         const spice::ParsedSentence& parsed) {
    read_tokens(tokens, parsed);
    const std::string edges =
        layout_.edges ? parser_.collapsed_edges(n, tokens, parsed) : std::string();
    const std::string tree = parsed.tree.empty() ? std::string() : print_tree(parsed.tree, tokens);
    switch (layout_.format) {
      case ParseFormat::kSpiceParses:
        append_spice(out, edges, tree);
        append_lexicon(out, tokens);
        append_best(out, tokens);
        out += '\n';
        break;
      case ParseFormat::kConllu:
        append_conllu(out, source, n);
        break;
      case ParseFormat::kJson:
        if (n > 0) out += ',';
        append_json(out, edges, tree);
        break;
    }
  };
  if (!parser_.parse(words, tuples_, visit)) {
    out.resize(begin);
    return false;
  }
  if (layout_.format == ParseFormat::kSpiceParses) {
    out += "#s " + print_tuples(tuples_) + "\n";
  } else if (layout_.format == ParseFormat::kJson) {
    out += "],\"tuples\":[";
    for (const spice::Tuple& tuple : tuples_.tuples()) {
      if (&tuple != tuples_.tuples().data()) out += ',';
      std::vector<std::string> names;
      for (std::size_t i = 0; i < tuple.size(); ++i) {
        names.emplace_back(tuples_.name(tuple.names[i]));
      }
      append_json_strings(out, names);
    }
    out += "]}\n";
  }
  return true;
}

}  // namespace vernier
