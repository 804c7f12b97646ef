// What CoreNLP 3.6.0 made of captions (spice_parses of the third-party data).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/syntax/parser.h"
#include "tests/support/shared.h"

namespace vernier::tests {

struct ParseBlock {
  struct Sentence {
    std::vector<std::string> words, tags, lemmas, relations;
    std::vector<int> heads;  ///< from 1; 0 the root, -1 not attached
    std::string edges;       ///< after "#e "; only in sets_*
    std::string tree;        ///< after "#t "
  };
  std::string source, caption;
  std::vector<Sentence> sentences;
  std::vector<std::string> tuples;
};

inline std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// All blocks of one file, e.g. "test", "sets_01".
inline std::vector<ParseBlock> read_parse_blocks(const std::string& name) {
  std::vector<ParseBlock> blocks;
  bool inside = false;  // of a sentence
  for (const std::string& line :
       read_lines(shared("data/oracle/spice_parses/" + name + ".txt.gz"))) {
    if (line.starts_with("# ") && !inside && line.find('\t') != std::string::npos) {
      const std::vector<std::string> parts = split(std::string_view(line).substr(2), '\t');
      blocks.push_back({parts.at(0), parts.at(1), {}, {}});
    } else if (line.starts_with("#s") && !inside) {
      if (line.size() > 3) blocks.back().tuples = split(std::string_view(line).substr(3), '\t');
    } else if (line.starts_with("#e ")) {
      blocks.back().sentences.back().edges = line.substr(3);
    } else if (line.starts_with("#t ")) {
      blocks.back().sentences.back().tree = line.substr(3);
    } else if (line.empty()) {
      inside = false;
    } else {
      const std::vector<std::string> parts = split(line, '\t');
      if (!inside) blocks.back().sentences.emplace_back();
      inside = true;
      ParseBlock::Sentence& sentence = blocks.back().sentences.back();
      sentence.words.push_back(parts.at(0));
      sentence.tags.push_back(parts.at(1));
      sentence.lemmas.push_back(parts.at(2));
      sentence.heads.push_back(std::stoi(parts.at(3)));
      sentence.relations.push_back(parts.at(4));
    }
  }
  return blocks;
}

/// The sentence's tags and basic dependencies.
inline spice::ParsedSentence parsed(const ParseBlock::Sentence& sentence) {
  spice::ParsedSentence parse;
  for (std::size_t n = 0; n < sentence.words.size(); ++n) {
    parse.tags.push_back(spice::find_label(sentence.tags[n]).value());
    if (sentence.heads[n] < 0) continue;
    parse.dependencies.push_back({static_cast<std::uint16_t>(sentence.heads[n]),
                                  static_cast<std::uint16_t>(n + 1),
                                  spice::find_relation(sentence.relations[n]).value()});
  }
  return parse;
}

/// The files of held-out captions and those of the caption sets.
inline const std::vector<std::string> kParseFiles = {"dev",     "test",     "sets_01",
                                                     "sets_02", "train_01", "train_02"};

}  // namespace vernier::tests
