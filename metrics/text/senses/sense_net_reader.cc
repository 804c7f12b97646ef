#include "metrics/text/senses/sense_net_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.h"
#include "base/hash.h"
#include "metrics/text/lemmas/word_net_file.h"

namespace vernier::text {
namespace {

using View = std::string_view;

constexpr const char* kNames[] = {"noun", "verb", "adj"};
// Every synset counts as used so often besides its counted uses, so that none is without
// information; half a use, as most synsets have none in the counted texts.
constexpr double kUnseen = 0.5;
constexpr std::uint32_t kPhysicalEntity = 1930, kBodyPart = 5220461, kLivingThing = 4258;

std::string lower(View word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

template <class Number>
bool number(View text, int base, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return error == std::errc() && end == text.data() + text.size();
}

/// Fills in the fields of a line.
void split(View line, std::vector<View>& fields) {
  fields.clear();
  for_each_part(line, ' ', [&](View field) {
    if (!field.empty()) fields.push_back(field);
  });
}

}  // namespace

void SenseNetReader::refuse(View file, View line) const {
  throw Error(ExitCode::kResource, fmt::format("{}/{}: not as WordNet 3.0's: \"{}\"", folder_, file,
                                               line.substr(0, 60)));
}

void SenseNetReader::read_synset(View line, std::size_t word_class) {
  std::vector<View>& fields = fields_;
  split(line.substr(0, line.find(" | ")), fields);
  const std::string file = std::string("data.") + kNames[word_class];
  std::size_t words = 0, pointers = 0;
  Offset offset = 0;
  if (fields.size() < 4 || !number(fields[0], 10, offset) || !number(fields[3], 16, words)) {
    refuse(file, line);
  }
  const std::size_t first = 5 + 2 * words;
  if (fields.size() < first || !number(fields[first - 1], 10, pointers) ||
      fields.size() < first + 4 * pointers) {
    refuse(file, line);
  }
  const auto sense = static_cast<Sense>(classes_.size());
  classes_.push_back(static_cast<std::uint8_t>(word_class));
  by_offset_[word_class].emplace(offset, sense);
  for (std::size_t i = 0; i < words && word_class < 2; ++i) {
    count_uses(lower(fields[4 + 2 * i]), fields[1], fields[5 + 2 * i], word_class, sense);
  }
  for (std::size_t i = 0; i < pointers; ++i) {
    const View kind = fields[first + 4 * i];
    const bool parent = kind == "@" || kind == "@i";
    if (!parent && kind != "#p") continue;
    Offset other = 0;
    if (!number(fields[first + 4 * i + 1], 10, other)) refuse(file, line);
    (parent ? parents_ : wholes_).emplace_back(sense, other);
  }
}

/// Notes how often a word is used in a sense; keys are word%class:file:id, the id in two decimal
/// digits, where data files have one hexadecimal.
void SenseNetReader::count_uses(const std::string& word, View file, View id, std::size_t word_class,
                                Sense sense) {
  std::size_t value = 0;
  if (!number(id, 16, value)) return;
  key_ = word;
  key_ += '%';
  key_ += static_cast<char>('1' + word_class);
  key_ += ':';
  key_ += file;
  key_ += ':';
  key_ += static_cast<char>('0' + value / 10);
  key_ += static_cast<char>('0' + value % 10);
  const auto found = uses_.find(key_);
  if (found != uses_.end()) counts_[word_class][word].emplace_back(sense, found->second);
}

void SenseNetReader::read_data(std::size_t word_class) {
  by_offset_[word_class].reserve(std::size_t{1} << 17);
  for_each_word_net_line(fmt::format("{}/data.{}", folder_, kNames[word_class]), [&](View line) {
    net_->digest_ = hash_more(net_->digest_, hash_bytes(line.substr(0, line.find(" | "))));
    read_synset(line, word_class);
  });
}

/// word class synsets pointers SYMBOL... senses tagged OFFSET...
void SenseNetReader::read_index(std::size_t word_class) {
  const std::string file = fmt::format("index.{}", kNames[word_class]);
  for_each_word_net_line(fmt::format("{}/{}", folder_, file), [&](View line) {
    std::vector<View>& fields = fields_;
    split(line, fields);
    std::size_t synsets = 0;
    if (fields.size() < 4 || !number(fields[2], 10, synsets) || fields.size() < 4 + synsets) {
      refuse(file, line);
    }
    SenseNet::Entry entry;
    entry.begin = static_cast<std::uint32_t>(net_->senses_.size());
    for (std::size_t i = fields.size() - synsets; i < fields.size(); ++i) {
      Offset offset = 0;
      if (!number(fields[i], 10, offset)) refuse(file, line);
      net_->senses_.push_back(sense_at(word_class, offset));
    }
    entry.end = static_cast<std::uint32_t>(net_->senses_.size());
    net_->entries_[word_class].emplace(fields[0], entry);
  });
}

/// KEY SENSE_NUMBER USES, KEY being word%class:file:id:head:id.
void SenseNetReader::read_counts() {
  for_each_word_net_line(folder_ + "/cntlist.rev", [&](View line) {
    net_->digest_ = hash_more(net_->digest_, hash_bytes(line));
    split(line, fields_);
    std::size_t uses = 0;
    if (fields_.size() != 3 || !number(fields_[2], 10, uses)) refuse("cntlist.rev", line);
    const std::size_t percent = fields_[0].find('%');
    if (percent == View::npos) refuse("cntlist.rev", line);
    uses_.emplace(fields_[0].substr(0, percent + 8), static_cast<double>(uses));
  });
}

void SenseNetReader::find_kinds() {
  std::vector<std::size_t> begins(classes_.size() + 1);  // of each sense's parents
  for (const auto& [sense, parent] : parents_) ++begins[sense + 1];
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  std::vector<Sense> parents;
  for (const auto& [sense, parent] : parents_) parents.push_back(sense_at(classes_[sense], parent));
  std::vector<Sense> kinds;
  for (Sense sense = 0; sense < classes_.size(); ++sense) {
    kinds.assign(1, sense);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      for (std::size_t p = begins[kinds[i]]; p < begins[kinds[i] + 1]; ++p) {
        if (std::ranges::find(kinds, parents[p]) == kinds.end()) kinds.push_back(parents[p]);
      }
    }
    std::ranges::sort(kinds);
    net_->kinds_.insert(net_->kinds_.end(), kinds.begin(), kinds.end());
    net_->kind_ends_.push_back(static_cast<std::uint32_t>(net_->kinds_.size()));
  }
}

/// Throws as refuse() where WordNet has no such synset.
Sense SenseNetReader::sense_at(std::size_t word_class, Offset offset) const {
  const auto found = by_offset_[word_class].find(offset);
  if (found == by_offset_[word_class].end()) {
    refuse(std::string("data.") + kNames[word_class], fmt::format("no synset {:08}", offset));
  }
  return found->second;
}

void SenseNetReader::find_parts() {
  for (const auto& [part, whole] : wholes_) net_->parts_.emplace_back(part, sense_at(0, whole));
  std::ranges::sort(net_->parts_);
  net_->body_part_ = sense_at(0, kBodyPart);
  net_->living_thing_ = sense_at(0, kLivingThing);
}

void SenseNetReader::find_information() {
  std::vector<double> uses(classes_.size());
  const auto add = [&](Sense sense, double count) {
    for (const Sense kind : net_->kinds(sense)) uses[kind] += count;
  };
  for (const auto& counts : counts_) {
    for (const auto& [word, senses] : counts) {
      for (const auto& [sense, count] : senses) add(sense, count);
    }
  }
  for (Sense sense = 0; sense < classes_.size(); ++sense) add(sense, kUnseen);
  double most[3] = {};
  for (Sense sense = 0; sense < classes_.size(); ++sense) {
    most[classes_[sense]] = std::max(most[classes_[sense]], uses[sense]);
  }
  for (Sense sense = 0; sense < classes_.size(); ++sense) {
    net_->information_.push_back(
        static_cast<float>(-std::log(uses[sense] / most[classes_[sense]])));
  }
}

void SenseNetReader::find_physical() {
  const Sense physical = sense_at(0, kPhysicalEntity);
  for (auto& [word, entry] : net_->entries_[0]) {
    const auto counted = counts_[0].find(word);
    double all = 0, things = 0;
    for (std::uint32_t i = entry.begin; i < entry.end; ++i) {
      const Sense sense = net_->senses_[i];
      double weight = 1.0 / (i - entry.begin + 1);  // senses are in the order of their frequency
      if (counted != counts_[0].end()) {
        for (const auto& [other, count] : counted->second) weight += other == sense ? count : 0;
      }
      all += weight;
      if (net_->is_a(sense, physical)) things += weight;
    }
    entry.physical = static_cast<float>(things / all);
  }
}

std::shared_ptr<const SenseNet> SenseNetReader::read() {
  read_counts();
  for (std::size_t i = 0; i < 3; ++i) read_data(i);
  for (std::size_t i = 0; i < 3; ++i) read_index(i);
  find_kinds();
  find_parts();
  find_information();
  find_physical();
  return net_;
}

}  // namespace vernier::text
