// The trained weights of the fast parser, as train/export_weights.py writes them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "metrics/spice/fast/kernels/kernels.h"
#include "metrics/spice/syntax/label.h"
#include "metrics/spice/syntax/relation.h"

namespace vernier::spice {

/// A matrix of 8-bit integers with its memory.
struct WeightMatrix {
  std::vector<std::int8_t> entries;
  std::vector<std::int32_t> sums;
  std::vector<float> factor, bias;
  std::size_t depth = 0, columns = 0;  ///< columns with those that fill the last panel
  float input_scale = 0;               ///< an input times it, rounded, is what is multiplied

  PackedMatrix packed() const {
    return {depth, columns, entries.data(), sums.data(), factor.data(), bias.data()};
  }
};

/// Read-only and thread safe.
struct Weights {
  struct Block {
    char kind;  ///< 'G' or 'C', see train/model.py
    WeightMatrix in;
    WeightMatrix out;  ///< of 'G'
  };
  static constexpr std::size_t kMaxWidth = kMaxDepth / 3;

  std::size_t width = 0, arc = 0, hidden = 0;
  std::size_t affix_rows = 0;  ///< of each affix table
  std::vector<Label> tags;
  std::vector<Relation> relations;
  std::unordered_map<std::string, std::uint32_t> words;  ///< rows of word_table
  float table_factor = 0;                                ///< what a table's 1 stands for
  std::vector<std::int8_t> word_table;                   ///< rows: padding, unknown words, words
  std::vector<std::int8_t> affix_table;                  ///< kAffixes tables (word_features.h)
  std::vector<Block> blocks;
  WeightMatrix heads;           ///< tags, then arc, arc, hidden, hidden columns
  std::vector<float> relation;  ///< hidden rows of relation_columns
  std::vector<float> relation_bias;
  std::size_t relation_columns = 0;
  std::vector<float> root;   ///< arc numbers
  std::uint64_t digest = 0;  ///< of the file

  static constexpr std::uint32_t kUnknownWord = 1;
};

/// Throws Error(kResource) for bytes that are not whole weights; `name` is for messages.
Weights read_weights(std::string_view bytes, const std::string& name);

/// Those that are part of the program.
std::string_view embedded_weights();

}  // namespace vernier::spice
