// Parses written by hand.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/syntax/parser.h"

namespace vernier::tests {

/// A sentence from items "word/TAG/head/relation" with blanks between; heads count from 1, 0 is the
/// root, a head "-" stands for none. A word may have several "head/relation".
struct WrittenParse {
  std::vector<std::string> texts;
  std::vector<std::string_view> words;
  spice::ParsedSentence parse;

  explicit WrittenParse(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      if (end > begin) add(text.substr(begin, end - begin));
      begin = end + 1;
    }
    words.assign(texts.begin(), texts.end());
  }
  WrittenParse(const WrittenParse&) = delete;
  WrittenParse& operator=(const WrittenParse&) = delete;

 private:
  void add(std::string_view item) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= item.size();) {
      const std::size_t end = std::min(item.find('/', begin), item.size());
      parts.emplace_back(item.substr(begin, end - begin));
      begin = end + 1;
    }
    texts.push_back(parts.at(0));
    parse.tags.push_back(known(spice::find_label(parts.at(1)), item));
    for (std::size_t i = 2; i < parts.size() && parts[i] != "-"; i += 2) {
      parse.dependencies.push_back({static_cast<std::uint16_t>(std::stoi(parts[i])),
                                    static_cast<std::uint16_t>(texts.size()),
                                    known(spice::find_relation(parts.at(i + 1)), item)});
    }
  }
  template <class T>
  static T known(const std::optional<T>& found, std::string_view item) {
    if (!found) throw std::invalid_argument("no such parse: " + std::string(item));
    return *found;
  }
};

}  // namespace vernier::tests
