#include "metrics/text/lemmas/word_net.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/hash.h"
#include "base/io/text_lines.h"
#include "metrics/text/lemmas/word_net_file.h"

namespace vernier::text {
namespace {

using View = std::string_view;

struct SuffixRule {
  View old, now;
};
constexpr std::array<SuffixRule, 9> kNoun = {{{"s", ""},
                                              {"ses", "s"},
                                              {"ves", "f"},
                                              {"xes", "x"},
                                              {"zes", "z"},
                                              {"ches", "ch"},
                                              {"shes", "sh"},
                                              {"men", "man"},
                                              {"ies", "y"}}};
constexpr std::array<SuffixRule, 8> kVerb = {{{"s", ""},
                                              {"ies", "y"},
                                              {"es", "e"},
                                              {"es", ""},
                                              {"ed", "e"},
                                              {"ed", ""},
                                              {"ing", "e"},
                                              {"ing", ""}}};
constexpr std::array<SuffixRule, 4> kAdjective = {
    {{"er", ""}, {"est", ""}, {"er", "e"}, {"est", "e"}}};

std::span<const SuffixRule> rules_of(WordClass word_class) {
  switch (word_class) {
    case WordClass::kNoun:
      return kNoun;
    case WordClass::kVerb:
      return kVerb;
    case WordClass::kAdjective:
      return kAdjective;
    case WordClass::kAdverb:
      break;
  }
  return {};
}

/// The longest word of WordNet 3.0 has 71 bytes; a token of thousands, rules applied to it again
/// and again, would take forever.
constexpr std::size_t kMaxWord = 256;

/// All forms that one application of the rules makes, each once.
std::vector<std::string> forms_by(std::span<const SuffixRule> rules,
                                  const std::vector<std::string>& forms) {
  std::vector<std::string> made;
  for (const std::string& form : forms) {
    for (const SuffixRule& rule : rules) {
      if (!form.ends_with(rule.old)) continue;
      std::string now = form.substr(0, form.size() - rule.old.size());
      now += rule.now;
      if (std::ranges::find(made, now) == made.end()) made.push_back(std::move(now));
    }
  }
  return made;
}

}  // namespace

void WordNet::read_index(const std::string& path, Entries& entries) {
  entries.words.reserve(std::size_t{1} << 14);
  for_each_word_net_line(path, [&](View line) {
    const View word = line.substr(0, line.find(' '));
    digest_ = hash_more(digest_, hash_bytes(word));
    entries.words.emplace(word);
  });
}

void WordNet::read_exceptions(const std::string& path, Entries& entries) {
  for_each_word_net_line(path, [&](View line) {
    digest_ = hash_more(digest_, hash_bytes(line));
    std::vector<std::string> words;
    for_each_part(line, ' ', [&](View word) {
      if (!word.empty()) words.emplace_back(word);
    });
    if (words.size() < 2) return;
    std::string form = std::move(words.front());
    words.erase(words.begin());
    entries.irregular.insert_or_assign(std::move(form), std::move(words));
  });
}

std::shared_ptr<const WordNet> WordNet::open(const std::string& folder) {
  auto net = std::make_shared<WordNet>();
  constexpr const char* kNames[] = {"noun", "verb", "adj", "adv"};
  for (std::size_t i = 0; i < net->entries_.size(); ++i) {
    net->read_index(fmt::format("{}/index.{}", folder, kNames[i]), net->entries_[i]);
    net->read_exceptions(fmt::format("{}/{}.exc", folder, kNames[i]), net->entries_[i]);
  }
  return net;
}

std::vector<std::string> WordNet::forms(View word, WordClass word_class) const {
  std::vector<std::string> found;
  if (word.size() > kMaxWord) return found;
  const Entries& entries = entries_[static_cast<std::size_t>(word_class)];
  const auto consider = [&](View form) {
    if (entries.words.contains(form) && std::ranges::find(found, form) == found.end()) {
      found.emplace_back(form);
    }
  };
  consider(word);
  if (const auto irregular = entries.irregular.find(word); irregular != entries.irregular.end()) {
    for (const std::string& base : irregular->second) consider(base);
    return found;
  }
  const std::span<const SuffixRule> rules = rules_of(word_class);
  for (std::vector<std::string> made = forms_by(rules, {std::string(word)});;
       made = forms_by(rules, made)) {
    for (const std::string& form : made) consider(form);
    if (!found.empty() || made.empty()) break;
  }
  return found;
}

std::string WordNet::lemma(View word, WordClass word_class) const {
  const std::vector<std::string> found = forms(word, word_class);
  if (found.empty()) return std::string(word);
  return *std::ranges::min_element(found, {}, &std::string::size);
}

}  // namespace vernier::text
