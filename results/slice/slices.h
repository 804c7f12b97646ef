// Groups of a run's samples by a field of their meta: --by meta.KEY.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "results/run/run_file.h"

namespace vernier {

struct Slice {
  std::string value;                 ///< as text; empty where the key is missing
  bool missing = false;              ///< the samples without the key, or with null there
  std::vector<std::size_t> samples;  ///< their numbers, ascending

  /// The value for people: printable; "(none)" where the key is missing.
  std::string text() const;
};

struct Slices {
  std::string key;  ///< "meta.KEY"
  /// Numbers ascending, then texts in the order of their bytes, then the samples without the key.
  std::vector<Slice> groups;
};

/// Every sample lies in exactly one group. `key` is "meta." and a key of the sample's meta object;
/// dots go into objects: meta.scene.kind. A key that holds dots itself is found as well. Texts are
/// values as they are, numbers and booleans as JSON writes them (1 and "1" are one group), lists
/// and objects as JSON text. Throws Error(kUsage) for another form of key and when no sample has
/// it, naming those that are there.
Slices slices_by(const Run& run, std::string_view key);

}  // namespace vernier
