// Puts a RatedSet together.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "datasets/objects/object_file.h"
#include "datasets/ratings/rated_set.h"

namespace vernier {

class SetBuilder {
 public:
  /// `several`: ratings of one caption in several records are those of several people. Else a
  /// record that says the same again is counted, and one that says otherwise refused.
  explicit SetBuilder(bool several) : several_(several) {}

  RatedSet set;

  void take_several() { several_ = true; }

  /// The number of a list; equal ones share one. Empty: kNoReferences.
  std::uint32_t references(const std::vector<std::string>& texts);
  /// Adds a caption or, where its image, text and system are there, its ratings.
  void add(RatedCaption caption, const ObjectRecord& record);
  /// Adds two captions of an image and which of them (0 or 1) is preferred.
  void add(const RatedCaption& first, const RatedCaption& second, std::size_t preferred,
           const ObjectRecord& record);

 private:
  bool several_;
  std::unordered_map<std::string, std::uint32_t> lists_;
  std::unordered_map<std::string, std::uint32_t> captions_;
  std::unordered_map<std::string, std::pair<std::uint64_t, std::size_t>> pairs_;  // line, label
};

}  // namespace vernier
