// Makes a SenseNet of WordNet's files.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "metrics/text/senses/sense_net.h"

namespace vernier::text {

class SenseNetReader {
 public:
  explicit SenseNetReader(std::string folder) : folder_(std::move(folder)) {}
  /// See SenseNet::open.
  std::shared_ptr<const SenseNet> read();

 private:
  /// A line of data.NAME: a synset, its words with what tells their senses apart, its hypernyms.
  void read_synset(std::string_view line, std::size_t word_class);
  void read_data(std::size_t word_class);
  void read_index(std::size_t word_class);
  void read_counts();
  void find_kinds();
  void find_parts();
  void find_information();
  void find_physical();
  Sense sense_at(std::string_view offset) const;
  [[noreturn]] void refuse(std::string_view file, std::string_view line) const;

  using Counts = std::vector<std::pair<Sense, double>>;

  std::string folder_;
  std::shared_ptr<SenseNet> net_ = std::make_shared<SenseNet>();
  TextMap<Sense> by_offset_;                           // "n00001740"
  TextMap<Sense> by_key_;                              // "dog%1:05:00"
  std::vector<std::vector<std::string>> parents_;      // by sense: offsets of hypernyms
  std::vector<std::size_t> classes_;                   // by sense
  std::vector<std::pair<Sense, std::string>> wholes_;  // a part and the offset of its whole
  TextMap<Counts> counts_[2];                          // of nouns and verbs: uses of each sense
};

}  // namespace vernier::text
