// The texts that scene graphs are made of, with what they mean.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "metrics/meteor/data/meteor_data.h"
#include "metrics/spice/scene/attribute_groups.h"

namespace vernier::spice {

using TextId = std::uint32_t;

/// Finds out once per text and thread. One thread at a time.
class ConceptTexts {
 public:
  /// `synonyms` may be null: no text has synsets then, and only equal texts are similar.
  explicit ConceptTexts(std::shared_ptr<const meteor::MeteorData> synonyms)
      : synonyms_(std::move(synonyms)) {}

  TextId find_or_add(std::string_view text);
  std::string_view text(TextId id) const { return texts_[id].text; }
  /// WordNet's synsets of the text, ascending. Valid until the next find_or_add().
  std::span<const std::uint32_t> synsets(TextId id) const {
    const Text& t = texts_[id];
    return {synsets_.data() + t.begin, t.count};
  }
  AttributeGroup group(TextId id) const { return texts_[id].group; }
  /// The text without a leading "be ": what a relation is called.
  TextId without_be(TextId id);

 private:
  struct Text {
    std::string text;
    std::uint32_t begin = 0, count = 0;
    AttributeGroup group = AttributeGroup::kNone;
  };
  std::shared_ptr<const meteor::MeteorData> synonyms_;
  std::deque<Text> texts_;
  std::unordered_map<std::string_view, TextId> index_;  // views of texts_
  std::vector<std::uint32_t> synsets_, found_;
};

}  // namespace vernier::spice
