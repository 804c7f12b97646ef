// Makes a SenseNet of WordNet's files.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
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
  void count_uses(const std::string& word, std::string_view file, std::string_view id,
                  std::size_t word_class, Sense sense);
  void read_data(std::size_t word_class);
  void read_index(std::size_t word_class);
  void read_counts();
  void find_kinds();
  void find_parts();
  void find_information();
  void find_physical();
  Sense sense_at(std::size_t word_class, std::uint32_t offset) const;
  [[noreturn]] void refuse(std::string_view file, std::string_view line) const;

  using Counts = std::vector<std::pair<Sense, double>>;
  using Offset = std::uint32_t;  // of a synset in its file: what files call it

  std::string folder_;
  std::shared_ptr<SenseNet> net_ = std::make_shared<SenseNet>();
  std::unordered_map<Offset, Sense> by_offset_[3];  // noun, verb, adjective
  std::vector<std::pair<Sense, Offset>> parents_;   // senses ascending: hypernyms
  std::vector<std::pair<Sense, Offset>> wholes_;    // a part and its whole
  std::vector<std::uint8_t> classes_;               // by sense
  TextMap<double> uses_;                            // by key: "dog%1:05:00"
  TextMap<Counts> counts_[2];                       // of nouns and verbs: uses of each sense
  std::string key_;
  std::vector<std::string_view> fields_;
};

}  // namespace vernier::text
