// Compiled METEOR data of a few words, so that fuzzing needs nothing installed.
#pragma once

#include <string>

#include "metrics/meteor/data/data_writer.h"
#include "tests/fuzz/written_file.h"

namespace vernier::fuzz {

/// The bytes of the file. It has words of one and of several synsets, irregular forms with one and
/// two bases, and paraphrases: of words and of phrases, that begin alike (one run of many entries),
/// that repeat a word or hold their own phrase, and that are not ASCII.
inline std::string small_meteor_data() {
  meteor::SynonymTables synonyms;
  synonyms.synsets = {{"dog", {1, 2}},   {"hound", {2}},      {"cat", {3}},
                      {"mouse", {4}},    {"rodent", {4}},     {"run", {5, 9}},
                      {"sprint", {5}},   {"man", {6}},        {"person", {6, 7, 8}},
                      {"guy", {6}},      {"woman", {7}},      {"ride", {10}},
                      {"bike", {11}},    {"bicycle", {11}},   {"see", {12}},
                      {"saw", {12, 13}}, {"caf\u00e9", {14}}, {"restaurant", {14}}};
  synonyms.bases = {{"mice", {"mouse"}},
                    {"ran", {"run"}},
                    {"saw", {"see", "saw"}},
                    {"men", {"man"}},
                    {"rode", {"ride"}}};
  synonyms.digest = 7;
  meteor::DataWriter writer(std::move(synonyms));
  const auto add = [&writer](const char* phrase, std::initializer_list<const char*> paraphrases) {
    for (const char* paraphrase : paraphrases) writer.add_paraphrase(phrase, paraphrase);
  };
  add("in front of", {"before", "ahead of", "before the", "before a", "in the front of"});
  add("a lot of", {"many", "lots of", "a great many"});
  add("many", {"a lot of", "lots of", "lots"});
  add("a", {"the", "an", "one"});
  add("a a", {"a", "a a", "a a a"});
  add("the", {"a", "the the"});
  add("next to", {"beside", "by", "near", "near to", "near the side of"});
  add("sitting", {"is sitting", "sitting down", "sits"});
  add("is sitting", {"sits", "sitting"});
  add("caf\u00e9", {"coffee shop", "\u5496\u5561"});
  add("not", {"n't", "do n't"});
  return written_file([&writer](const std::string& path) { writer.write(path); });
}

}  // namespace vernier::fuzz
