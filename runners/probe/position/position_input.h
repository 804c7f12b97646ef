// Captions and values of images that were shown in groups.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace vernier {

struct GroupedRecord {
  std::uint32_t group = 0, order = 0, image = 0;  ///< numbers
  std::uint32_t position = 0;                     ///< from 0
  std::string id;                                 ///< for messages: line or id
  std::string image_id, caption;
  std::vector<double> values;  ///< as GroupedFile::values; NaN where there is none
};

struct GroupedFile {
  std::string name;  ///< printable path
  std::vector<GroupedRecord> records;
  std::vector<std::string> values;  ///< names of the values
  std::vector<std::string> groups, images;
  std::size_t positions = 0;
  bool from_zero = false;  ///< how the file counts positions
  std::uint64_t repeated = 0;
  std::vector<bool> less_is_better;  ///< of each value, where a run says so
};

/// Reads records {"group", "order", "position", "image_id", ...} or a run of `vernier score` over
/// such records. `values`: fields (scores of the run); empty: "correct" or "score" where the
/// records have them, all scores of a run. Throws Error(kBadInput) for what is missing, positions
/// that are no whole numbers, and two records of one place.
GroupedFile read_grouped(const std::string& path, const std::vector<std::string>& values);

}  // namespace vernier
